// command.ts: the options of `lattice-auth explain`.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Session } from '../../program.js';

/** What was given on the command line. */
export interface ExplainFlags {
  readonly stack: string;
  readonly from: string;
  readonly to: string;
  readonly vpc?: string;
  readonly network?: string;
  readonly header?: readonly string[];
  readonly protocol?: 'http' | 'grpc' | 'tls';
  readonly port?: number;
  readonly sourceIp?: string;
  readonly time?: string;
  readonly context?: readonly string[];
  readonly all?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Exit codes: 0 allowed, 1 denied or unreachable, 2 the question cannot be asked.

Examples:
  $ lattice-auth explain --stack stack.yaml --from frontend --to datastore GET /popular
  $ lattice-auth explain --stack stack.yaml --from anonymous --to datastore --vpc vpc-b '/summary?page=2'
  $ lattice-auth explain --stack stack.yaml --from frontend --to ledger -H 'x-tenant: blue' POST /entries
  $ if lattice-auth explain … > /dev/null; then echo allowed; fi`;

/** Adds `explain` to the program. */
export function addExplain(program: Command, session: Session): void {
  program
    .command('explain')
    .summary('say what happens to one request, and why')
    .description('Says whether a request gets through, and which policy, statement and condition decide that.')
    .usage('[options] [method] <path>')
    .argument('<method-or-path>', 'method, GET when left out')
    .argument('[path]', 'path, with the query behind ?')
    .requiredOption('-s, --stack <file>', 'stack file')
    .requiredOption('--from <principal>', "a principal's name in the stack, its ARN, or anonymous")
    .requiredOption('--to <service>', "a service's name, id, ARN or domain")
    .option('--vpc <vpc>', "the VPC it comes from (default: the principal's)")
    .option('--network <network>', 'the service network it comes through, when there are several')
    .option('-H, --header <line>', 'header, `name: value`', collect)
    .addOption(new Option('--protocol <protocol>', 'protocol').choices(['http', 'grpc', 'tls']))
    .option('--port <port>', "port (default: the service's first listener's)", port)
    .option('--source-ip <address>', "the caller's address")
    .option('--time <time>', "when, e.g. 2026-01-31T12:00:00Z (default: the stack's `now`)")
    .option('-C, --context <key=value>', 'further condition key; given twice it has two values', collect)
    .option('--all', 'show every statement, not only those that matter')
    .option('--json', 'print the explanation as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (first: string, second: string | undefined, flags: ExplainFlags) => {
      const { runExplain } = await import('./run-explain.js');
      const [method, path] = second === undefined ? [undefined, first] : [first, second];
      session.exitCode = await runExplain(session.io, method, path, flags);
    });
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function port(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
  throw new InvalidArgumentError('It takes a port.');
}
