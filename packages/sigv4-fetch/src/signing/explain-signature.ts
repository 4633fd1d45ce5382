// explain-signature.ts — the steps of a signature laid open, and the signature put onto its request.
import { sha256Hex } from '#hasher';
import type { RawRequest } from '../canonical/raw-request.js';
import type { SignatureExplanation, SignedParts, SigningOptions } from './options.js';
import { canonicalHead, frameOf, placeSignature } from './sign-request.js';
import { isOwnedHeader } from './signed-headers.js';

/**
 * Signs a request as `signRequest` does, and shows each step.
 *
 * The steps hold the session token where it is signed: mind where you print them.
 *
 * @throws SigningError `ERR_SIGNING_*`; nothing else.
 */
export function explainSignature(request: RawRequest, options: SigningOptions): SignatureExplanation {
  const frame = frameOf(request.headers, options);
  const head = canonicalHead(frame, request.method, request.target);
  const canonicalRequest = head.text + frame.tail;
  const hash = sha256Hex(canonicalRequest);
  const signature = frame.options.scope.sign(frame.head, hash);
  return {
    canonicalRequest,
    stringToSign: frame.head + hash,
    signature,
    signedHeaders: frame.signedHeaders,
    ...placeSignature(frame, head, signature),
  };
}

/** The request with a signature's target and headers in place, and without leftovers of an earlier signature. */
export function applySignature(request: RawRequest, parts: SignedParts): RawRequest {
  // With query placement `authorization` is free for the target application's own use, so it is kept.
  const keepsAuthorization = !parts.headers.some(([name]) => name === 'authorization');
  const kept = request.headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return !isOwnedHeader(lower) || (lower === 'authorization' && keepsAuthorization);
  });
  return { method: request.method, target: parts.target, headers: [...kept, ...parts.headers] };
}
