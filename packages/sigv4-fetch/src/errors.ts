// errors.ts — the one error class of this package and the union of its codes.
// Codes are API: adding one is a minor change, renaming one is a major change. Match on `code`, never on the message.
// A message never holds a secret, a signature, a token, or a header value that may hold one.

/** What went wrong, for programs. */
export type SigningErrorCode =
  /** An option is missing, malformed, or contradicts another. */
  | 'ERR_SIGNING_OPTION'
  /** The access key id, secret or session token is empty or has characters that none of them can have. */
  | 'ERR_SIGNING_CREDENTIALS'
  /** `date` is not a valid date between the years 0 and 9999. */
  | 'ERR_SIGNING_DATE'
  /** The method is not an HTTP token. */
  | 'ERR_SIGNING_METHOD'
  /** The request-target has a control character or already carries a query signature. */
  | 'ERR_SIGNING_TARGET'
  /** A header name is not a token, or a value has a control character, or a signed value is not ASCII. */
  | 'ERR_SIGNING_HEADER'
  /** The request has no `host` header (nor `:authority`), or more than one. */
  | 'ERR_SIGNING_HOST'
  /** This platform cannot do what was asked (SigV4A without `node:crypto`). */
  | 'ERR_SIGNING_UNSUPPORTED'
  /** No region is known for a host, or the one given is not the name of a region. */
  | 'ERR_SIGNING_REGION'
  /** The host is not on the list of hosts that requests are signed for. */
  | 'ERR_SIGNING_HOST_NOT_ALLOWED'
  /** The request would go over plain http, off this machine, without `allowInsecureHttp`. */
  | 'ERR_SIGNING_INSECURE_HTTP'
  /** A redirect cannot be followed. */
  | 'ERR_SIGNING_REDIRECT'
  /** A body that can be sent once only would have to be sent again. */
  | 'ERR_SIGNING_BODY_NOT_REPLAYABLE'
  /** No response in time. */
  | 'ERR_SIGNING_TIMEOUT'
  /** A policy refused the request. */
  | 'ERR_SIGNING_ACCESS_DENIED'
  /** The service refused the signature. */
  | 'ERR_SIGNING_REFUSED'
  /** The service answered with an error status. */
  | 'ERR_SIGNING_HTTP_STATUS';

/** Thrown when a request cannot be signed or sent signed. */
export class SigningError extends Error {
  override readonly name: string = 'SigningError';
  readonly code: SigningErrorCode;
  constructor(code: SigningErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Throws a {@link SigningError} unless a condition holds. */
export function refuseUnless(holds: boolean, code: SigningErrorCode, message: string): asserts holds {
  if (!holds) throw new SigningError(code, message);
}

/** Throws a {@link SigningError} for what is not text of a form. It names the value and does not show it: it may be a secret. */
export function requireForm(
  value: unknown,
  form: RegExp,
  name: string,
  code: SigningErrorCode = 'ERR_SIGNING_OPTION',
): asserts value is string {
  // `typeof` first: from plain JavaScript anything may come, and a RegExp would take `undefined` for a word.
  refuseUnless(typeof value === 'string' && form.test(value), code, `\`${name}\` is missing or malformed`);
}
