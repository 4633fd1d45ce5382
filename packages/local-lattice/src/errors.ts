// errors.ts — the errors of this package, told apart by their code.

/** What went wrong, for programs. Codes are API: adding one is a minor change, renaming one a major. */
export type LocalLatticeErrorCode =
  /** A port can't be listened on: it is taken, as a rule. */
  | 'ERR_LOCAL_LISTEN'
  /** The CA's files or the access log can't be written. */
  | 'ERR_LOCAL_FILE'
  /** A module or command in `local.targetGroups` can't be loaded or started. */
  | 'ERR_LOCAL_TARGET'
  /** A name that the stack doesn't have. */
  | 'ERR_LOCAL_REFERENCE'
  /** `expectAllowed` or `expectDenied` found something else. */
  | 'ERR_LOCAL_EXPECTATION'
  /** Used after `close()`. */
  | 'ERR_LOCAL_CLOSED';

/** Thrown by the calls of this package. Match on `code`. */
export class LocalLatticeError extends Error {
  override readonly name = 'LocalLatticeError';
  readonly code: LocalLatticeErrorCode;

  constructor(code: LocalLatticeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** How a target failed to answer: what Lattice makes a 502, 503 or 504 of. */
export type TargetFailure = 'unhealthy' | 'connect' | 'reset' | 'timeout' | 'badAnswer' | 'tooLarge' | 'cancelled';

/** No answer from a target; the status that the caller gets is the data plane's to choose. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly failure: TargetFailure;

  constructor(failure: TargetFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}
