// response-error.ts — turns a response that is not a success into a typed error, once its text is known.
import { explainSignature } from '../core.js';
import { parseDenial } from './denial.js';
import { LatticeAccessDeniedError, LatticeResponseError, LatticeSignatureError } from './fetch-errors.js';
import type { Run } from './run.js';
import { withoutToken } from './signing-settings.js';

/** The error for a response: access denied, signature refused, or just its status. */
export function responseError(
  run: Run,
  status: number,
  requestId: string | undefined,
  text: string,
): LatticeResponseError {
  // Only these statuses carry AWS's texts; elsewhere the same words would be the application's own.
  const denial = status === 403 || status === 401 || status === 400 ? parseDenial(text) : undefined;
  if (denial?.kind === 'access') return new LatticeAccessDeniedError(denial, status, requestId, text);
  if (denial?.kind === 'signature') {
    return new LatticeSignatureError(denial, { status, requestId, text }, canonicalRequest(run));
  }
  return new LatticeResponseError(status, requestId, text);
}

// Worked out again only now: the hot path keeps what went in, not what came out.
function canonicalRequest({ signed }: Run): string | undefined {
  if (signed === undefined) return undefined;
  return withoutToken(explainSignature(signed.raw, signed.options).canonicalRequest);
}
