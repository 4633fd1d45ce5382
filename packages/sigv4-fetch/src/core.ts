// core.ts — the entry `./core`: signing and verifying, pure and synchronous. No I/O, no clock, no fetch.
export type { PathEncoding } from './canonical/path.js';
export type { RawHeader, RawRequest } from './canonical/raw-request.js';
export { SigningError, type SigningErrorCode } from './errors.js';
export { applySignature, explainSignature } from './signing/explain-signature.js';
export {
  LATTICE_SIGNING_NAME,
  latticeSigningOptions,
  type SignatureExplanation,
  type SignedHeadersOption,
  type SignedParts,
  type SigningAlgorithm,
  type SigningCredentials,
  type SigningOptions,
  UNSIGNED_PAYLOAD,
} from './signing/options.js';
export { signRequest } from './signing/sign-request.js';
export type {
  AnonymousVerification,
  Diagnosis,
  Hint,
  HintCode,
  RejectedVerification,
  RejectionCode,
  Secret,
  SignedVerification,
  Verification,
  VerifyOptions,
} from './verify/verification.js';
export { verifyRequest } from './verify/verify-request.js';
