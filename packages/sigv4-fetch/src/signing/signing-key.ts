// signing-key.ts — the signing key of SigV4: four HMACs from the secret to a key for one day, region and service.
import { hasher } from '#hasher';

const utf8 = new TextEncoder();

/** The signing key for a scope (docs/signing.md, SIGN-50). */
export function signingKey(secretAccessKey: string, day: string, region: string, service: string): Uint8Array {
  const dayKey = hasher.hmac(utf8.encode(`AWS4${secretAccessKey}`), day);
  return hasher.hmac(hasher.hmac(hasher.hmac(dayKey, region), service), 'aws4_request');
}
