// errors.ts: the one error class of this package and the union of its codes.
// Codes are API: adding one is a minor change, renaming one is a major change. Match on `code`, never on the message.
// A message never holds a secret, a signature, a token, or a header value that may hold one.

/** What went wrong, for programs. What a caller is answered for each is in http/respond.ts. */
export type SidecarErrorCode =
  /** The configuration (file, environment, flags) is malformed or contradicts itself. */
  | 'ERR_SIDECAR_CONFIG'
  /** A policy or stack file cannot be used. */
  | 'ERR_SIDECAR_POLICY'
  /** A listener cannot be opened. */
  | 'ERR_SIDECAR_LISTEN'
  /** The request is not HTTP as it should be, or has no usable host or target. */
  | 'ERR_SIDECAR_REQUEST'
  /** The head of the request is larger than allowed. */
  | 'ERR_SIDECAR_HEADERS_TOO_LARGE'
  /** The body of the request is larger than allowed. */
  | 'ERR_SIDECAR_BODY_TOO_LARGE'
  /** The caller took too long over its request. */
  | 'ERR_SIDECAR_REQUEST_TIMEOUT'
  /** A method that is not forwarded (CONNECT, TRACE). */
  | 'ERR_SIDECAR_METHOD'
  /** The destination is not on the allow-list. */
  | 'ERR_SIDECAR_DESTINATION'
  /** No route of the table fits the request. */
  | 'ERR_SIDECAR_NO_ROUTE'
  /** As much is in flight as may be. */
  | 'ERR_SIDECAR_OVERLOADED'
  /** There are no credentials to sign with. */
  | 'ERR_SIDECAR_CREDENTIALS'
  /** The request cannot be signed as it is. */
  | 'ERR_SIDECAR_SIGNING'
  /** A policy refuses the request. */
  | 'ERR_SIDECAR_DENIED'
  /** Whether the request is allowed could not be decided. */
  | 'ERR_SIDECAR_DECISION'
  /** No connection to the upstream: refused, unreachable, no such name. */
  | 'ERR_SIDECAR_UPSTREAM_CONNECT'
  /** The upstream's certificate or TLS handshake is not acceptable. */
  | 'ERR_SIDECAR_UPSTREAM_TLS'
  /** The upstream closed the connection in the middle. */
  | 'ERR_SIDECAR_UPSTREAM_RESET'
  /** What the upstream sent is not HTTP. */
  | 'ERR_SIDECAR_UPSTREAM_PROTOCOL'
  /** The upstream took too long: to connect, to begin its answer, to go on with it, or in all. */
  | 'ERR_SIDECAR_UPSTREAM_TIMEOUT'
  /** The caller went away before its answer was complete. */
  | 'ERR_SIDECAR_CALLER_GONE'
  /** A fault of ours. */
  | 'ERR_SIDECAR_INTERNAL';

/** Thrown, or handed to a request's end, when the sidecar cannot do what it should. */
export class SidecarError extends Error {
  override readonly name = 'SidecarError';
  readonly code: SidecarErrorCode;
  constructor(code: SidecarErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
