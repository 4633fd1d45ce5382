// run-sign.ts: makes the signature and prints it in the form that was asked for.
import { createSigner, type SignedRequest, type Signer } from '@lattice-auth/sigv4-fetch';
import { cliError, EXIT } from '../../errors.js';
import type { Io } from '../../io.js';
import { parseHeader } from '../header-line.js';
import { signerOptions, typedUrl } from '../signing-flags.js';
import type { SignFlags } from './command.js';

/** Runs `lattice-auth sign`. */
export async function runSign(io: Io, [method, typed]: readonly [string, string], flags: SignFlags): Promise<number> {
  if (!/^[!#$%&'*+.^_`|~\w-]{1,64}$/.test(method)) {
    throw cliError('ERR_CLI_USAGE', `\`${method}\` is not a method`, { hint: 'the method comes before the URL' });
  }
  if (flags.expires !== undefined && !flags.presign) {
    throw cliError('ERR_CLI_USAGE', '`--expires` is for presigned URLs', { hint: 'add --presign' });
  }
  const url = typedUrl(typed);
  const headers = (flags.header ?? [])
    .map(parseHeader)
    .filter((pair): pair is [string, string] => pair[1] !== undefined);
  const signer = createSigner(await signerOptions(flags, url));
  io.stdout.write(await printed(io, signer, { url, method, headers }, flags));
  return EXIT.yes;
}

interface ToSign {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
}

async function printed(io: Io, signer: Signer, request: ToSign, flags: SignFlags): Promise<string> {
  if (flags.canonical) {
    const { canonicalRequest, stringToSign } = await signer.explain(request);
    return `canonical request:\n${indented(canonicalRequest)}\n\nstring to sign:\n${indented(stringToSign)}\n`;
  }
  const { url, method, headers, expires } = { ...request, ...flags };
  const signed = flags.presign
    ? await signer.presign(url, { method, headers, ...(expires === undefined ? {} : { expiresSeconds: expires }) })
    : await signer.sign(request);
  if (flags.json) return `${JSON.stringify(signed, null, 2)}\n`;
  if (flags.curl) return `${curlCommand(signed)}\n`;
  if (!flags.presign) return headerLines(signed);
  // On stderr, so that the URL can be taken by a program.
  io.stderr.write(
    headerLines(signed)
      .replace(/^/gm, 'send along: ')
      .replace(/send along: $/, ''),
  );
  return `${signed.url}\n`;
}

function headerLines({ headers }: SignedRequest): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}

/** A command line for a POSIX shell. */
export function curlCommand({ url, method, headers }: SignedRequest): string {
  const words = [
    'curl',
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['-I'] : ['-X', shellWord(method)]),
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', shellWord(`${name}: ${value}`)]),
    shellWord(url),
  ];
  return words.join(' ');
}

function shellWord(text: string): string {
  return /^[\w%+=:,./@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
