// verification.ts — what the verifier takes and gives back (docs/signing.md, VERIFY-1..).
import type { PathEncoding } from '../canonical/path.js';
import type { SigningAlgorithm } from '../signing/options.js';

/** What is stored of an access key. With `sessionToken` set, the request must carry exactly that token. */
export interface Secret {
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** From this moment on the credentials are refused. */
  readonly expiration?: Date | undefined;
}

/** How to verify. The same options give the same answer, whatever was asked before. */
export interface VerifyOptions {
  /**
   * The secret of an access key id; undefined for a key that is not known, which fails the request. For one key give one
   * object: what is derived from it is kept with it.
   */
  readonly lookup: (accessKeyId: string) => Secret | undefined;
  readonly now: Date | number;
  /** Signing name that the signature must be scoped to. */
  readonly service: string;
  /** Region that the signature must be scoped to; with SigV4A, one that its region set must cover. */
  readonly region: string;
  /** How far the signer's clock may be off. Default 300000, AWS's five minutes. */
  readonly clockSkewMs?: number | undefined;
  /** Default `double`. */
  readonly pathEncoding?: PathEncoding | undefined;
  /** Default true. */
  readonly normalizePath?: boolean | undefined;
  /**
   * What must have been signed for the body: its lower-case hex SHA-256, as received. Not needed for VPC Lattice, which
   * does not sign bodies. For other services, without it, a hash that the request states is taken and returned, for the
   * caller to compare; when it states none, that of an empty body and `UNSIGNED-PAYLOAD` are accepted.
   */
  readonly payloadHash?: string | undefined;
  /** False: leave out the search for what would have matched. Default true. */
  readonly diagnose?: boolean | undefined;
}

/** AWS's names for what is wrong with a signature. */
export type RejectionCode =
  | 'IncompleteSignatureException'
  | 'InvalidSignatureException'
  | 'UnrecognizedClientException'
  | 'ExpiredTokenException'
  | 'InternalFailure';

/** One thing that explains a rejection. */
export type HintCode =
  | 'clock-off'
  | 'path-encoded-once'
  | 'path-encoded-twice'
  | 'path-not-encoded'
  | 'path-not-normalized'
  | 'path-normalized'
  | 'plus-as-space'
  | 'query-left-out'
  | 'query-as-sent'
  | 'host-without-port'
  | 'host-with-port'
  | 'body-hash'
  | 'unsigned-payload'
  | 'empty-body-hash'
  | 'token-not-signed'
  | 'other-region'
  | 'other-service'
  | 'wrong-secret';

/** A hint in words, without secrets. */
export interface Hint {
  readonly code: HintCode;
  readonly message: string;
}

/** Why a request was rejected. For logs and developers: not for the one who sent the request. */
export interface Diagnosis {
  /** What is wrong, in one line. */
  readonly reason: string;
  /** What would have matched, or what is off; empty when there is nothing to add. */
  readonly hints: readonly Hint[];
  /** How far the signer's clock is ahead of ours, once a date could be read. */
  readonly clockOffsetSeconds?: number | undefined;
  /** What we made of the request, tokens redacted; absent when it could not be read that far. */
  readonly canonicalRequest?: string | undefined;
  readonly stringToSign?: string | undefined;
}

/** A request whose signature holds. */
export interface SignedVerification {
  readonly kind: 'signed';
  readonly accessKeyId: string;
  readonly algorithm: SigningAlgorithm;
  readonly placement: 'header' | 'query';
  /** When it says it was signed. */
  readonly date: Date;
  readonly region: string;
  readonly service: string;
  /** SigV4A: the region set as signed. */
  readonly regionSet?: string | undefined;
  readonly signedHeaders: readonly string[];
  /** What was signed for the body: `UNSIGNED-PAYLOAD`, or a hash that says nothing until it is compared with the body. */
  readonly payloadHash: string;
  readonly sessionToken: boolean;
}

/** A request that carries no SigV4 signature at all. */
export interface AnonymousVerification {
  readonly kind: 'anonymous';
}

/** A request that carries a signature that does not hold. It must be refused: it is not an anonymous one. */
export interface RejectedVerification {
  readonly kind: 'rejected';
  readonly code: RejectionCode;
  /** What AWS answers with: `<code>: <text>`. Names no secret and no signature. */
  readonly message: string;
  readonly diagnosis: Diagnosis;
}

/** The outcome of {@link verifyRequest}. */
export type Verification = SignedVerification | AnonymousVerification | RejectedVerification;
