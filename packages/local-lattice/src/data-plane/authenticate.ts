// authenticate.ts — who sent a request, by its signature. Lattice authenticates every signed request, whatever the auth
// types: one whose signature does not hold is refused, never taken for anonymous.
import {
  LATTICE_SIGNING_NAME,
  type RawRequest,
  type RejectedVerification,
  type SignedVerification,
  type Verification,
  verifyRequest,
} from '@lattice-auth/sigv4-fetch/core';
import type { CredentialBook, KnownCaller, KnownKey } from '../credential-book.js';
import type { RequestHead } from './request-head.js';

/** The outcome. `caller` is undefined for an unsigned request. */
export type Authenticated =
  | { readonly kind: 'anonymous'; readonly caller: undefined; readonly verification: Verification }
  | { readonly kind: 'signed'; readonly caller: KnownCaller; readonly verification: SignedVerification }
  | {
      readonly kind: 'rejected';
      readonly caller: KnownCaller | undefined;
      readonly verification: RejectedVerification;
    };

const ANONYMOUS: Authenticated = { kind: 'anonymous', caller: undefined, verification: { kind: 'anonymous' } };

/** Verifies a request. */
export function authenticate(head: RequestHead, book: CredentialBook, region: string, now: number): Authenticated {
  // Nothing in it that a signature could stand in.
  if (!head.isSigned) return ANONYMOUS;
  let key: KnownKey | undefined;
  const options = {
    lookup: (accessKeyId: string) => {
      key = book.lookup(accessKeyId);
      return key;
    },
    now,
    service: LATTICE_SIGNING_NAME,
    region,
    diagnose: false,
  };
  const request = { method: head.method, target: head.target, headers: head.signedFields };
  let verification = verifyRequest(request, options);
  if (verification.kind === 'rejected') verification = verifyRequest(asText(request), { ...options, diagnose: true });
  if (verification.kind === 'anonymous') return ANONYMOUS;
  if (verification.kind === 'signed' && key !== undefined) return { kind: 'signed', caller: key.caller, verification };
  // INVARIANT: a signature holds only with a key that was found, so that only rejected ones are left.
  return { kind: 'rejected', caller: key?.caller, verification: verification as RejectedVerification };
}

// Node gives each byte as a character; the verifier takes text. Only worth the copy when there is something to gain.
function asText({ method, target, headers }: RawRequest): RawRequest {
  const text = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8');
  return { method, target: text(target), headers: headers.map(([name, value]) => [name, text(value)]) };
}
