// index.ts — the entry: a `fetch` that signs, and a signer for other clients. Exports only.
// The pure core (`signRequest`, `verifyRequest`) is the entry './core'; the interceptor for undici is './undici';
// what a 403 means is read by './denial'.
export { type CredentialSource, createCredentialSource } from './credentials/credential-source.js';
export type { CredentialProvider, CredentialSet, Credentials } from './credentials/credentials.js';
export { SigningError, type SigningErrorCode } from './errors.js';
export type { HostPattern } from './fetch/allowed-hosts.js';
export type { BodyChunk, LatticeBody, LatticeBodyInit } from './fetch/body.js';
export type { ClientOptions, SignerOptions } from './fetch/client.js';
export { createLatticeFetch, type LatticeFetch, type LatticeFetchOptions } from './fetch/create-lattice-fetch.js';
export { createSigner, type SignableRequest, type Signer } from './fetch/create-signer.js';
export type { AccessDenial, Denial, DenialLayer, SignatureDenial, SignatureProblem } from './fetch/denial.js';
export {
  LatticeAccessDeniedError,
  LatticeResponseError,
  LatticeSignatureError,
  LatticeTimeoutError,
} from './fetch/fetch-errors.js';
export type { FetchFunction } from './fetch/fetch-transport.js';
export type {
  AttemptEvent,
  BeforeSignEvent,
  ErrorEvent,
  LatticeHooks,
  ResponseEvent,
  RetryEvent,
  SignEvent,
} from './fetch/observe.js';
export type { HeadersInput } from './fetch/plain-headers.js';
export type { RegionOption } from './fetch/region.js';
export type { LatticeRequestInit } from './fetch/request-input.js';
export type { PresignOptions, SignedRequest } from './fetch/sign-only.js';
export type { SigningSettings } from './fetch/signing-settings.js';
export type { TimeoutOptions } from './fetch/timeouts.js';
export type { LatticeRequestOptions } from './fetch/undici-request.js';
export type { RetryOptions } from './retry/retry-policy.js';
