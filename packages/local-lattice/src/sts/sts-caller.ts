// sts-caller.ts — who calls STS: the request's signature, verified against the same keys as the data plane's.
import { createHash } from 'node:crypto';
import { type RejectionCode, verifyRequest } from '@lattice-auth/sigv4-fetch/core';
import type { CredentialBook, KnownKey } from '../credential-book.js';
import { StsError, type StsErrorCode } from './sts-error.js';

/** A call as it came. */
export interface StsCall {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** The verifier speaks as Lattice does; STS has older names for the same. */
const CODES: Readonly<Record<RejectionCode, StsErrorCode>> = {
  IncompleteSignatureException: 'IncompleteSignature',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  UnrecognizedClientException: 'InvalidClientTokenId',
  ExpiredTokenException: 'ExpiredToken',
  InternalFailure: 'InternalFailure',
};

// A client signs for the region that it is in, and there is one STS here for all of them.
const REGION =
  /(?:Credential=|X-Amz-Credential=)[^/%,]+(?:\/|%2F)\d{8}(?:\/|%2F)([a-z0-9-]{1,32})(?:\/|%2F)sts(?:\/|%2F)/i;

/**
 * The key that a call was signed with.
 *
 * @throws {StsError} when it is not signed, or the signature does not hold
 */
export function callerOfStsCall(call: StsCall, book: CredentialBook, nowMs: number): KnownKey {
  const { method, target, headers, body } = call;
  const authorization = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? target;
  const payloadHash = createHash('sha256').update(body).digest('hex');
  const verification = verifyRequest(
    { method, target, headers },
    {
      lookup: (id) => book.lookup(id),
      now: nowMs,
      service: 'sts',
      region: REGION.exec(authorization)?.[1] ?? 'us-east-1',
      payloadHash,
    },
  );
  if (verification.kind === 'anonymous') {
    throw new StsError('MissingAuthenticationToken', 'Request is missing Authentication Token');
  }
  if (verification.kind === 'rejected') {
    const { reason, hints } = verification.diagnosis;
    const words = hints.map(({ message }) => message);
    throw new StsError(CODES[verification.code], reason, words);
  }
  // What is asked for stands in the body: a signature that leaves it open could be used for something else.
  if (verification.payloadHash !== payloadHash) {
    throw new StsError('SignatureDoesNotMatch', 'The body has to be signed.', ['UNSIGNED-PAYLOAD was signed']);
  }
  const key = book.lookup(verification.accessKeyId);
  if (key === undefined) throw new StsError('InternalFailure', 'The key is gone.');
  return key;
}
