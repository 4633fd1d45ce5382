// run-proxy.ts: the program: configuration, then listeners, then waiting for the end. Everything that can be wrong with
// the configuration is said before a port is bound.
import cluster from 'node:cluster';
import { answerFor } from './admin/fleet.js';
import { createApp } from './app.js';
import { ConfigError, describeConfigProblem } from './config/config-error.js';
import { type LoadedConfig, loadConfig } from './config/load-config.js';
import { SidecarError } from './errors.js';
import { listenToSignals } from './lifecycle/signals.js';
import { holdYoungGeneration } from './lifecycle/young-generation.js';
import { openLogOutput } from './log/log-output.js';
import { createLogger } from './log/logger.js';
import { Redactor } from './log/redact.js';
import type { Environment } from './outbound/credentials.js';
import { ownVersion } from './version.js';

/** What a program is run with. */
export interface ProxyRun {
  readonly argv: readonly string[];
  readonly env: Environment;
  /** How it is called in its help. */
  readonly command: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** Exit codes: 64 is sysexits' EX_USAGE, 69 its EX_UNAVAILABLE. */
const BAD_CONFIG = 64;
const CANNOT_LISTEN = 69;

/**
 * Runs the sidecar until it is told to stop; resolves to the exit code: 0 when everything in flight was finished, 1 when
 * something was cut, 64 for a configuration that cannot be used, 69 for a port that cannot be had.
 */
export async function runProxy(run: ProxyRun): Promise<number> {
  const loaded = await load(run);
  if (loaded === undefined) return BAD_CONFIG;
  if (loaded.kind === 'help') {
    run.stdout(loaded.text);
    return 0;
  }
  if (loaded.checkOnly) return check(run, loaded);
  const output = openLogOutput();
  const { config } = loaded;
  try {
    if (config.workers > 1 && cluster.isPrimary) {
      const { serveWorkers } = await import('./lifecycle/serve-workers.js');
      return await serveWorkers(config, createLogger(config.log, output, new Redactor()));
    }
    return await serve(run, loaded, output);
  } catch (error) {
    if (!(error instanceof SidecarError)) throw error;
    run.stderr(`${error.message} (${error.code})\n`);
    return error.code === 'ERR_SIDECAR_LISTEN' ? CANNOT_LISTEN : BAD_CONFIG;
  } finally {
    await output.close();
  }
}

async function check(
  { stdout, stderr }: ProxyRun,
  { config, warnings }: LoadedConfig & { kind: 'config' },
): Promise<number> {
  const { unusableFiles } = await import('./policy/check-files.js');
  const problems = await unusableFiles(config);
  for (const problem of problems) stderr(`${problem} (ERR_SIDECAR_CONFIG)\n`);
  for (const warning of warnings) stderr(`warning: ${warning}\n`);
  if (problems.length > 0) return BAD_CONFIG;
  stdout('the configuration is usable\n');
  return 0;
}

async function serve(
  run: ProxyRun,
  { config, warnings }: LoadedConfig & { kind: 'config' },
  output: ReturnType<typeof openLogOutput>,
): Promise<number> {
  holdYoungGeneration(process.execArgv, run.env.NODE_OPTIONS);
  const signals = listenToSignals();
  // With several processes the first one answers operators, for all of them.
  const own = cluster.isWorker ? { ...config, admin: { ...config.admin, enabled: false } } : config;
  const app = createApp({ config: own, env: run.env, output, onShutdown: signals.stop });
  if (cluster.isWorker) answerFor(process, () => app.status());
  const ports = await app.listen();
  for (const warning of warnings) app.logger.warn(warning);
  app.logger.info('listening', { version: ownVersion(), node: process.version, pid: process.pid, ...ports });
  const reason = await signals.asked;
  app.logger.info('stopping', { reason });
  const whole = await app.drain(signals.insisted);
  app.logger.info('stopped', { whole });
  signals.dispose();
  return whole ? 0 : 1;
}

async function load({ argv, env, command, stderr }: ProxyRun): Promise<LoadedConfig | undefined> {
  try {
    return await loadConfig(argv, env, { command, version: ownVersion() });
  } catch (error) {
    if (!(error instanceof SidecarError)) throw error;
    const lines = error instanceof ConfigError ? error.problems.map(describeConfigProblem) : [error.message];
    for (const line of lines) stderr(`${line} (${error.code})\n`);
    return undefined;
  }
}
