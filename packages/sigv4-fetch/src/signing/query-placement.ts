// query-placement.ts — the query form of a signature (docs/signing.md, SIGN-70..74): parameters of the signature follow
// the request's own, in the order AWS's signers use; leftovers of an earlier signature are taken out first.
import { encodeComponent } from '../canonical/uri-encode.js';
import type { ResolvedOptions } from './resolve-options.js';

const SIGNATURE_PARAMETER =
  /^x-amz-(?:algorithm|credential|date|signedheaders|expires|security-token|region-set|signature)(?:=|$)/i;

/** The query without any parameter of an earlier signature. */
export function withoutSignature(query: string): string {
  if (!/x-amz-/i.test(query)) return query;
  return query
    .split('&')
    .filter((piece) => !SIGNATURE_PARAMETER.test(piece))
    .join('&');
}

/** Whether a raw query carries a SigV4 signature already. */
export function hasSignature(query: string): boolean {
  return /(?:^|&)x-amz-(?:algorithm|signature)=/i.test(query);
}

/** The query to be signed: the request's own parameters, then all of the signature's but the signature itself. */
export function queryToSign(query: string | undefined, options: ResolvedOptions, signedHeaders: string): string {
  const own = withoutSignature(query ?? '');
  const credential = encodeComponent(`${options.accessKeyId}/${options.scope.text}`);
  let text = `${own}${own === '' ? '' : '&'}X-Amz-Algorithm=${options.algorithm}&X-Amz-Credential=${credential}`;
  text += `&X-Amz-Date=${options.amzDate}&X-Amz-SignedHeaders=${encodeComponent(signedHeaders)}`;
  text += `&X-Amz-Expires=${options.expiresSeconds}`;
  if (options.sessionToken !== undefined && options.signSessionToken) text += tokenParameter(options.sessionToken);
  if (options.regionSet !== undefined) text += `&X-Amz-Region-Set=${encodeComponent(options.regionSet)}`;
  return text;
}

/** The query to be sent: the signature last, but for a token that is not signed. */
export function querySigned(toSign: string, options: ResolvedOptions, signature: string): string {
  const unsignedToken = options.sessionToken !== undefined && !options.signSessionToken;
  return `${toSign}&X-Amz-Signature=${signature}${unsignedToken ? tokenParameter(options.sessionToken) : ''}`;
}

function tokenParameter(token: string): string {
  return `&X-Amz-Security-Token=${encodeComponent(token)}`;
}
