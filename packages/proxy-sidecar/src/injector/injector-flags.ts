// injector-flags.ts: the command line of `lattice-auth-injector`.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { SidecarError } from '../errors.js';

/** What the command line says. `help` is text to print instead of running. */
export interface InjectorFlags {
  readonly config?: string | undefined;
  readonly image?: string | undefined;
  readonly listen: { readonly host: string; readonly port: number };
  readonly tlsCertFile?: string | undefined;
  readonly tlsKeyFile?: string | undefined;
  /** `namespace/name`. */
  readonly certificateSecret?: string | undefined;
  readonly certificateHost?: string | undefined;
  readonly webhook?: string | undefined;
  readonly drainLingerMs: number;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  readonly patch?: string | undefined;
  readonly namespace: string;
  readonly output: 'yaml' | 'json-patch';
  readonly help?: string | undefined;
}

const AFTER = `
Examples:
  $ lattice-auth-injector --config injector.yaml --tls-cert-file tls.crt --tls-key-file tls.key
  $ lattice-auth-injector --image registry.example.com/lattice-auth:1 --patch pod.yaml`;

/** @throws {SidecarError} `ERR_SIDECAR_CONFIG` for a flag that does not exist or cannot have its value */
export function readInjectorFlags(argv: readonly string[], command: string, version: string): InjectorFlags {
  let printed = '';
  let usage = '';
  const program = new Command(command)
    .description('Adds the sidecar to Pods that ask for it: a mutating admission webhook for Kubernetes.')
    .version(version, '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      outputError: (text) => {
        usage += text;
      },
    })
    .allowExcessArguments(false)
    .option('-c, --config <file>', 'image, resources, defaults of annotations: YAML or JSON')
    .option('--image <reference>', 'image of the sidecar; wins over the file')
    .addOption(
      new Option('--listen <address>', '`host:port` or `port` to listen on')
        .argParser(parseListen)
        .default({ host: '0.0.0.0', port: 8443 }, '0.0.0.0:8443'),
    )
    .option('--tls-cert-file <file>', 'PEM file with the certificate chain; read again when it changes')
    .option('--tls-key-file <file>', 'PEM file with its key')
    .option(
      '--certificate-secret <namespace/name>',
      'instead of files: make certificates, keep them in this Secret, renew them',
    )
    .option('--certificate-host <name>', 'with --certificate-secret: name of the Service, such as injector.mesh.svc')
    .option('--webhook <name>', 'with --certificate-secret: MutatingWebhookConfiguration to tell of them')
    .option('--drain-linger-ms <number>', 'go on answering for so long after SIGTERM', parseMs, 5_000)
    .addOption(new Option('--log-level <level>', 'least severity').choices(LEVELS).default('info'))
    .option('--patch <file>', 'inject the Pods and templates of a file (`-`: standard input), print them, and end')
    .option('--namespace <name>', 'with --patch: namespace of objects that name none', 'default')
    .addOption(new Option('--output <form>', 'with --patch').choices(['yaml', 'json-patch']).default('yaml'))
    .addHelpText('after', AFTER);
  let help: string | undefined;
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw new SidecarError('ERR_SIDECAR_CONFIG', oneLine(usage || error.message));
    help = printed;
  }
  return { ...program.opts<InjectorFlags>(), help };
}

const LEVELS = ['silent', 'error', 'warn', 'info', 'debug'];

const oneLine = (text: string): string =>
  text
    .trim()
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, '; ')
    .replaceAll("'", '`');

function parseListen(text: string): { host: string; port: number } {
  const found = /^(?:(?<host>[^:[\]\s]+|\[[0-9a-fA-F:.]+\]):)?(?<port>\d{1,5})$/.exec(text);
  const port = Number(found?.groups?.port ?? Number.NaN);
  if (!(port <= 65_535)) throw new InvalidArgumentError('must be `host:port` or `port`');
  return { host: found?.groups?.host?.replace(/^\[(.*)\]$/, '$1') ?? '0.0.0.0', port };
}

function parseMs(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('must be a number of milliseconds');
  return Number(text);
}
