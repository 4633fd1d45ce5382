// signing-key.ts — the signing key of SigV4: four HMACs from the secret to a key for one day, region and service.
import { hmac } from '#hasher';

/** The signing key for a scope (docs/signing.md, SIGN-50). */
export function signingKey(secretAccessKey: string, day: string, region: string, service: string): Uint8Array {
  return hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, day), region), service), 'aws4_request');
}
