// sts-error.ts — how STS says no: AWS's codes with their statuses, and texts that its clients know.

const STATUS = {
  AccessDenied: 403,
  ExpiredToken: 403,
  ExpiredTokenException: 400,
  IncompleteSignature: 400,
  InternalFailure: 500,
  InvalidAction: 400,
  InvalidClientTokenId: 403,
  InvalidIdentityToken: 400,
  InvalidParameterValue: 400,
  MalformedPolicyDocument: 400,
  MissingAction: 400,
  MissingAuthenticationToken: 403,
  PackedPolicyTooLarge: 400,
  RequestEntityTooLarge: 413,
  SignatureDoesNotMatch: 403,
  ValidationError: 400,
} as const;

export type StsErrorCode = keyof typeof STATUS;

/** A refusal. It never leaves the handler: it becomes the answer. */
export class StsError extends Error {
  override readonly name = 'StsError';
  readonly code: StsErrorCode;
  readonly status: number;
  /** What to add for the log: never for the caller. */
  readonly hints: readonly string[];

  constructor(code: StsErrorCode, message: string, hints: readonly string[] = []) {
    super(message);
    this.code = code;
    this.status = STATUS[code];
    this.hints = hints;
  }
}

/** A parameter that breaks its constraint, in STS's words. */
export function invalidParameter(value: string | undefined, name: string, constraint: string): StsError {
  const shown = value === undefined ? 'null' : `'${value.slice(0, 128)}'`;
  const detail = `Value ${shown} at '${name}' failed to satisfy constraint: ${constraint}`;
  return new StsError('ValidationError', `1 validation error detected: ${detail}`);
}
