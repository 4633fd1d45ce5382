// command.ts: the options of `lattice-auth dev`: a Lattice data plane on this machine.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Session } from '../../program.js';

/** What was given on the command line. */
export interface DevFlags {
  readonly stack: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly controlPort: number;
  readonly accessLog?: string;
  readonly caDir?: string;
  readonly time?: Date;
  readonly seed: number;
  readonly json?: boolean;
}

const PORTS = { http: 7080, https: 7443, control: 7090 };

const EXAMPLES = `
Services are reached by their own names: with curl's --connect-to, as an HTTP proxy, or by whatever makes the names point
here. Which VPC a request comes from is told by its source address (127.0.1.1 for the first), by the port or header that the
stack's \`local\` section names, else it is the caller's own. Reloads when the stack or one of its policies changes.

Exit codes: 0 when told to stop by SIGINT or SIGTERM, 2 when the stack cannot be used or a port is taken.

Examples:
  $ lattice-auth dev --stack stack.yaml
  $ lattice-auth dev --http-port 0 --https-port 0 --control-port 0 --json    any free ports, told as JSON
  $ lattice-auth dev --access-log - | jq .authDeniedReason                   what to type goes to stderr then
  $ lattice-auth dev --ca-dir ~/.cache/lattice-auth                          one CA for all runs, to be trusted once`;

/** Adds `dev` to the program. */
export function addDev(program: Command, session: Session): void {
  program
    .command('dev')
    .summary('run a Lattice on this machine, from a stack file')
    .description('Runs a VPC Lattice data plane on loopback: authenticates, authorizes and routes as the stack says.')
    .option('-s, --stack <file>', 'stack file', 'stack.yaml')
    .addOption(portOption('--http-port <port>', 'port for HTTP, and as a proxy; 0 is any', PORTS.http))
    .addOption(portOption('--https-port <port>', 'port for HTTPS and TLS passthrough', PORTS.https))
    .addOption(portOption('--control-port <port>', 'port of the page, STS and health', PORTS.control))
    .option('--access-log <file>', "append an access log in Lattice's format; - for stdout")
    .option('--ca-dir <folder>', 'keep the CA there (default: a new one each time, in a temporary file)')
    .addOption(new Option('--time <time>', 'what to take for now (default: the clock)').argParser(time))
    .addOption(new Option('--seed <number>', 'where turns among weighted targets begin').argParser(whole).default(0))
    .option('--json', 'print what is where as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: DevFlags) => {
      const { runDev } = await import('./run-dev.js');
      session.exitCode = await runDev(session.io, flags);
    });
}

function portOption(flags: string, description: string, byDefault: number): Option {
  return new Option(flags, description).argParser(port).default(byDefault);
}

function port(text: string): number {
  const value = whole(text);
  if (value <= 65_535) return value;
  throw new InvalidArgumentError('It is not a port.');
}

function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It takes a whole number.');
}

function time(text: string): Date {
  const date = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError('It takes a time such as 2026-01-31T12:00:00Z.');
}
