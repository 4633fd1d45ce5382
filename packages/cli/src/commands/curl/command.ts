// command.ts: the options of `lattice-auth curl`, under curl's names, so that habits and scripts carry over.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Session } from '../../program.js';
import { addSigningOptions, type SigningFlags } from '../signing-flags.js';

/** One `-d`, `--data-…` or `--json`, in the order of the command line. */
export interface DataFlag {
  readonly kind: 'data' | 'raw' | 'binary' | 'urlencode' | 'json';
  readonly value: string;
}

/** What was given on the command line. */
export interface CurlFlags extends SigningFlags {
  readonly request?: string;
  readonly header?: readonly string[];
  readonly data?: readonly DataFlag[];
  readonly get?: boolean;
  readonly uploadFile?: string;
  readonly include?: boolean;
  readonly head?: boolean;
  readonly verbose?: boolean;
  readonly output?: string;
  readonly silent?: boolean;
  readonly showError?: boolean;
  readonly fail?: boolean;
  readonly failWithBody?: boolean;
  readonly location?: boolean;
  readonly maxRedirs: number;
  readonly insecure?: boolean;
  readonly cacert?: string;
  readonly resolve?: readonly string[];
  readonly maxTime?: number;
  readonly connectTimeout?: number;
  readonly retry: number;
  readonly userAgent?: string;
  readonly writeOut?: string;
}

const EXAMPLES = `
Bodies are not signed (VPC Lattice signs none); what --data-binary, --json and -T read from a file or stdin is sent as it
comes, never collected. The host that the URL names is signed for, and a host that a redirect leads to only if its name is
one of VPC Lattice's. A 403 is explained on stderr.

Exit codes are curl's: 0 whatever the status is, 22 for a status of 400 or more under -f, 2 when the request cannot be
made or signed, 3 for a malformed URL, 6, 7, 28, 35, 60 for what happens on the network, 23 and 26 for files.

Examples:
  $ lattice-auth curl https://orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws/orders
  $ lattice-auth curl --region eu-west-1 -i https://orders.example.com/orders         a custom domain
  $ lattice-auth curl -f --json '{"item":1}' https://orders.example.com/orders
  $ tar c . | lattice-auth curl -T - https://archive.example.com/new -o answer.json`;

/** Adds `curl` to the program. */
export function addCurl(program: Command, session: Session): void {
  const command = program
    .command('curl')
    .summary('send a signed request, and say what a 403 means')
    .description('Sends a request signed for VPC Lattice, the way curl would, and says what a 403 means.')
    .argument('<url>', 'https:// is assumed when there is no scheme')
    .option('-X, --request <method>', 'method (default: GET, or what the other options make it)')
    .option('-H, --header <line>', 'header, `Name: value`; `Name:` removes one, @file reads lines', collect)
    .option('-G, --get', 'put the data into the query')
    .option('-T, --upload-file <file>', 'PUT a file, or stdin for -')
    .option('-i, --include', 'print the head of the response too')
    .option('-I, --head', 'HEAD, and print the head of the response')
    .option('-v, --verbose', 'say on stderr what is sent and received; tokens and signatures are left out')
    .option('-o, --output <file>', 'write the body to a file')
    .option('-s, --silent', 'no explanations and no errors')
    .option('-S, --show-error', 'with -s: explanations and errors all the same')
    .option('-f, --fail', 'exit 22 without the body when the status is 400 or more')
    .option('--fail-with-body', 'exit 22 when the status is 400 or more')
    .option('-L, --location', 'follow redirects, each signed anew')
    .option('--max-redirs <n>', 'redirects to follow', integer(0), 50)
    .option('-k, --insecure', "don't check the server's certificate")
    .option('--cacert <file>', 'certificates (PEM) to trust')
    .option('--resolve <host:port:address>', 'connect to this address for that host', collect)
    .option('-m, --max-time <seconds>', 'give up after this time', seconds)
    .option('--connect-timeout <seconds>', 'give up connecting after this time', seconds)
    .option('--retry <n>', 'retries after failures that may pass', integer(0), 0)
    .option('-A, --user-agent <name>', 'User-Agent to send')
    .option('-w, --write-out <format>', 'print this at the end, e.g. %{http_code}');
  addDataOptions(command);
  addSigningOptions(command);
  command.addHelpText('after', EXAMPLES).action(async (url: string, flags: CurlFlags) => {
    const { runCurl } = await import('./run-curl.js');
    session.exitCode = await runCurl(session.io, url, flags);
  });
}

// All of them fill one list, since `-d a --data-binary @b` sends a&b.
function addDataOptions(command: Command): void {
  const all: DataFlag[] = [];
  const add = (flags: string, about: string, kind: DataFlag['kind']) => {
    const option = new Option(flags, about).argParser((value: string) => all.push({ kind, value }));
    command.addOption(option);
  };
  add('-d, --data <data>', 'POST this; @file reads one without its line ends', 'data');
  add('--data-raw <data>', 'POST this, @ or not', 'raw');
  add('--data-binary <data>', 'POST this; @file or @- is sent as it is', 'binary');
  add('--data-urlencode <data>', 'POST this, encoded: `name=text`, `name@file`', 'urlencode');
  add('--json <data>', 'POST this as JSON', 'json');
  command.hook('preAction', (self) => {
    self.setOptionValue('data', all.length > 0 ? all : undefined);
  });
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function integer(min: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || text.trim() === '') {
      throw new InvalidArgumentError(`It takes a whole number from ${min}.`);
    }
    return value;
  };
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0 && value <= 2_000_000 && text.trim() !== '') return value;
  throw new InvalidArgumentError('It takes seconds.');
}
