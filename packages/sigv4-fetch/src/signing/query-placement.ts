// query-placement.ts — the query form of a signature (docs/signing.md, SIGN-70..74): parameters of the signature follow
// the request's own, in the order AWS's signers use; leftovers of an earlier signature are taken out first.
import { encodeComponent } from '../canonical/uri-encode.js';
import type { ResolvedOptions } from './resolve-options.js';

const SIGNATURE_PARAMETER =
  /^x-amz-(?:algorithm|credential|date|signedheaders|expires|security-token|region-set|signature)(?:=|$)/i;

/** Whether a raw query carries a SigV4 signature already. */
export function hasSignature(query: string): boolean {
  return /(?:^|&)x-amz-(?:algorithm|signature)=/i.test(query);
}

/** The query to be signed: the request's own parameters, then all of the signature's but the signature itself. */
export function queryToSign(query: string, options: ResolvedOptions, signedHeaders: string): string {
  const pieces = query.split('&').filter((piece) => piece !== '' && !SIGNATURE_PARAMETER.test(piece));
  const parameters = {
    Algorithm: options.algorithm,
    Credential: options.credential,
    Date: options.amzDate,
    SignedHeaders: signedHeaders,
    Expires: String(options.expiresSeconds),
    'Security-Token': options.signSessionToken ? options.credentials.sessionToken : undefined,
    'Region-Set': options.regionSet,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) pieces.push(`X-Amz-${name}=${encodeComponent(value)}`);
  }
  return pieces.join('&');
}

/** The query to be sent: the signature last, but for a token that is not signed. */
export function querySigned(
  toSign: string,
  { credentials, signSessionToken }: ResolvedOptions,
  signature: string,
): string {
  const { sessionToken } = credentials;
  const unsigned = sessionToken && !signSessionToken;
  return `${toSign}&X-Amz-Signature=${signature}${unsigned ? `&X-Amz-Security-Token=${encodeComponent(sessionToken)}` : ''}`;
}
