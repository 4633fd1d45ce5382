// command.ts: the options of `lattice-auth sign`: a signature without sending.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Session } from '../../program.js';
import { addSigningOptions, type SigningFlags } from '../signing-flags.js';

/** What was given on the command line. */
export interface SignFlags extends SigningFlags {
  readonly header?: readonly string[];
  readonly presign?: boolean;
  readonly expires?: number;
  readonly json?: boolean;
  readonly curl?: boolean;
  readonly canonical?: boolean;
}

const EXAMPLES = `
What is printed lets whoever has it make this one request until the signature expires (five minutes, or --expires). The
session token is part of it; the secret key is not. VPC Lattice wants the header x-amz-content-sha256 with a presigned URL too.

Exit codes: 0, 2 when nothing can be signed.

Examples:
  $ lattice-auth sign GET https://orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws/orders
  $ lattice-auth sign --curl POST https://orders.example.com/orders --region eu-west-1
  $ lattice-auth sign --presign --expires 60 https://orders.example.com/orders --region eu-west-1
  $ lattice-auth sign --canonical GET 'https://orders.example.com/a b?x=1' --region eu-west-1    what is signed`;

/** Adds `sign` to the program. */
export function addSign(program: Command, session: Session): void {
  const command = program
    .command('sign')
    .summary('print the headers, or the URL, of a signed request')
    .description('Prints what a signed request has to carry. Nothing is sent.')
    .usage('[options] [method] <url>')
    .argument('<method-or-url>', 'method, GET when left out')
    .argument('[url]', 'https:// is assumed when there is no scheme')
    .option('-H, --header <line>', 'header to send along; those that begin with x-amz- are signed', collect)
    .option('--presign', 'put the signature into the query, and print the URL')
    .addOption(
      new Option('--expires <seconds>', 'with --presign: how long it is good (default: 300)').argParser(seconds),
    )
    .addOption(new Option('--json', 'print method, URL and headers as JSON').conflicts(['curl', 'canonical']))
    .addOption(new Option('--curl', 'print a curl command').conflicts(['canonical']))
    .option('--canonical', 'print the canonical request and the string to sign, with the token taken out');
  addSigningOptions(command);
  command.addHelpText('after', EXAMPLES).action(async (first: string, second: string | undefined, flags: SignFlags) => {
    const { runSign } = await import('./run-sign.js');
    session.exitCode = await runSign(session.io, second === undefined ? ['GET', first] : [first, second], flags);
  });
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 604_800) return value;
  throw new InvalidArgumentError('It takes whole seconds, at most 604800.');
}
