// run-injector.ts: the injector as a program: configuration, certificate, listener, then waiting for the end; or, with --patch,
// one file and no listener. What is wrong with the configuration is said before a port is bound.
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { SidecarError } from '../errors.js';
import { listenToSignals } from '../lifecycle/signals.js';
import { openLogOutput } from '../log/log-output.js';
import { createLogger } from '../log/logger.js';
import { Redactor } from '../log/redact.js';
import type { ProxyRun } from '../run-proxy.js';
import { ownVersion } from '../version.js';
import { certificateOf } from './certificates/certificate-source.js';
import { type InjectorConfig, injectorDefaults, parseInjectorConfig } from './injector-config.js';
import { type InjectorFlags, readInjectorFlags } from './injector-flags.js';
import { InjectorServer } from './injector-server.js';
import { patchFile } from './patch-file.js';

/** Exit codes: 64 is sysexits' EX_USAGE, 69 its EX_UNAVAILABLE. */
const BAD_CONFIG = 64;
const CANNOT_LISTEN = 69;

/** How long requests may still take after the listener is closed. The apiserver waits no longer than this by default. */
const DRAIN_DEADLINE_MS = 10_000;

/**
 * Runs the injector until it is told to stop; resolves to the exit code: 0, 64 for a configuration or a file that cannot be
 * used, 69 for a port that cannot be had.
 */
export async function runInjector(run: ProxyRun): Promise<number> {
  try {
    const flags = readInjectorFlags(run.argv, run.command, ownVersion());
    if (flags.help !== undefined) {
      run.stdout(flags.help);
      return 0;
    }
    const config = await readConfig(flags);
    if (flags.patch !== undefined) return await patch(run, flags.patch, flags, config);
    return await serve(run, flags, config);
  } catch (error) {
    if (!(error instanceof SidecarError)) throw error;
    run.stderr(`${error.message} (${error.code})\n`);
    return error.code === 'ERR_SIDECAR_LISTEN' ? CANNOT_LISTEN : BAD_CONFIG;
  }
}

async function readConfig(flags: InjectorFlags): Promise<InjectorConfig> {
  const { config: file, image } = flags;
  const fromFile = file === undefined ? injectorDefaults : parseInjectorConfig(await read(file), file);
  const config = image === undefined ? fromFile : { ...fromFile, image };
  if (config.image === '')
    throw new SidecarError('ERR_SIDECAR_CONFIG', '`image` is missing: set it in --config, or --image');
  return config;
}

async function read(file: string): Promise<string> {
  try {
    return await (file === '-' ? text(process.stdin) : readFile(file, 'utf8'));
  } catch (cause) {
    throw new SidecarError('ERR_SIDECAR_CONFIG', `cannot read \`${file}\``, { cause });
  }
}

async function patch(run: ProxyRun, file: string, flags: InjectorFlags, config: InjectorConfig): Promise<number> {
  const patched = patchFile(await read(file), flags.namespace, config, flags.output);
  for (const warning of patched.warnings) run.stderr(`warning: ${warning}\n`);
  run.stdout(patched.text);
  return 0;
}

async function serve(run: ProxyRun, flags: InjectorFlags, config: InjectorConfig): Promise<number> {
  const { listen, drainLingerMs, logLevel } = flags;
  const output = openLogOutput();
  const logger = createLogger({ level: logLevel, access: 'off', signing: false }, output, new Redactor());
  try {
    // Before all else: as the first process of a container, nobody but ourselves ends it.
    const signals = listenToSignals();
    const certificate = await Promise.race([certificateOf(run, flags, logger), signals.asked]);
    if (typeof certificate === 'string') return 0;
    const server = new InjectorServer({ config, listen, tls: certificate.tls, logger });
    const port = await server.listen();
    const stopFollowing = certificate.follow((tls) => server.renew(tls));
    logger.info('injecting', { version: ownVersion(), host: listen.host, port, image: config.image });
    const reason = await signals.asked;
    logger.info('stopping', { reason });
    await Promise.race([server.drain(drainLingerMs, DRAIN_DEADLINE_MS), signals.insisted]);
    logger.info('stopped');
    stopFollowing();
    signals.dispose();
    return 0;
  } finally {
    await output.close();
  }
}
