// response-error.ts — turns a response that is not a success into a typed error, once its text is known.
import type { RawRequest, SigningOptions } from '../core.js';
import type { CredentialSet } from '../credentials/credentials.js';
import { explainSignature } from '../signing/explain-signature.js';
import type { Client } from './client.js';
import { parseDenial, type SignatureProblem } from './denial.js';
import { LatticeAccessDeniedError, LatticeResponseError, LatticeSignatureError } from './fetch-errors.js';
import { makeSignature } from './make-signature.js';
import { readStart } from './read-start.js';
import type { Run } from './run.js';
import type { SignInput } from './sign-only.js';

/** Throws the error for a response of `fetch`. */
export async function refuse(run: Run, { status, headers, body }: Response): Promise<never> {
  throw responseError(run, status, headers.get('x-amzn-requestid') ?? undefined, await readStart(body));
}

/** The error for a response: access denied, signature refused, or just its status. */
export function responseError(
  run: Run,
  status: number,
  requestId: string | undefined,
  text: string,
): LatticeResponseError {
  // Only these statuses carry AWS's texts; elsewhere the same words would be the application's own.
  const denial = status === 403 || status === 401 || status === 400 ? parseDenial(text) : undefined;
  const response = { status, requestId, text };
  if (denial === undefined) return new LatticeResponseError(status, requestId, text);
  const said = oneLine(denial.kind === 'access' ? denial.message : `${denial.exception}: ${denial.message}`);
  if (denial.kind === 'access') return new LatticeAccessDeniedError({ ...denial, message: said }, response);
  const explained = { canonicalRequest: canonicalRequest(run), hint: HINTS[denial.problem] };
  return new LatticeSignatureError({ ...denial, message: said }, response, explained);
}

const HINTS: Readonly<Record<SignatureProblem, string>> = {
  incomplete: 'a header that must be signed is missing or did not arrive; look for a proxy that removes headers',
  invalid: 'what arrived is not what was signed; look for a proxy that changes path, query, host or x-amz-* headers',
  expired: 'the request took longer than five minutes to arrive, or this clock is behind',
  skew: "this clock and the service's differ by more than five minutes",
  payload: 'the service takes unsigned payloads only; do not set x-amz-content-sha256',
  token: 'the credentials expired or were revoked, and the provider gave no new ones',
};

/** What the service says goes into a message: one line of printable text, cut where no text of Lattice's is longer. */
function oneLine(text: string): string {
  let line = '';
  for (const char of text.slice(0, 2_000)) line += char < ' ' || char === '\u007f' ? ' ' : char;
  return line.trim();
}

// Worked out again only now: the hot path keeps what went in, not what came out.
function canonicalRequest({ signed }: Run): string | undefined {
  return signed === undefined ? undefined : explainWithoutToken(signed.raw, signed.options).canonicalRequest;
}

// The steps of a signature, with the session token taken out.
function explainWithoutToken(raw: RawRequest, options: SigningOptions) {
  const { canonicalRequest: text, stringToSign } = explainSignature(raw, options);
  return { canonicalRequest: withoutToken(text), stringToSign };
}

/** The steps of the signature that a request would get. */
export function explain(client: Client, { place, method, headers }: SignInput, credentials: CredentialSet) {
  const { destination, target } = place;
  const signable = { method, target, headers };
  const region = destination.region ?? { region: '' };
  const { raw, options } = makeSignature(client, client.settings, destination, region, signable, credentials);
  return explainWithoutToken(raw, options);
}

// The token is the only secret in a canonical request.
function withoutToken(canonicalRequest: string): string {
  return canonicalRequest
    .replace(/^(x-amz-security-token:).*$/gim, '$1[redacted]')
    .replace(/(x-amz-security-token=)[^&\n]*/gi, '$1[redacted]');
}
