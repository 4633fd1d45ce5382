// fetch-errors.ts — the errors of a request, with what is known as typed fields. One base class, one code each; match on
// `code`. None holds a secret: texts quoted from a request have the session token taken out.
import { SigningError } from '../errors.js';
import type { AccessDenial, DenialLayer, SignatureDenial, SignatureProblem } from './denial.js';

/** What is known of a response that was refused. */
export interface RefusedResponse {
  readonly status: number;
  readonly requestId: string | undefined;
  /** The beginning of its body. */
  readonly text: string;
}

/** A response that `orThrow` does not let pass. */
export class LatticeResponseError extends SigningError {
  override readonly name: string = 'LatticeResponseError';
  readonly status: number;
  /** `x-amzn-requestid` of the response: what to look for in Lattice's access log. */
  readonly requestId: string | undefined;
  /** The beginning of the body. Not enumerable, so that logging the error does not log the body. */
  declare readonly text: string;

  constructor(
    status: number,
    requestId: string | undefined,
    text: string,
    code: 'ERR_SIGNING_HTTP_STATUS' | 'ERR_SIGNING_ACCESS_DENIED' | 'ERR_SIGNING_REFUSED' = 'ERR_SIGNING_HTTP_STATUS',
    message = `the service answered with status ${status}`,
  ) {
    super(code, message);
    this.status = status;
    this.requestId = requestId;
    Object.defineProperty(this, 'text', { value: text, enumerable: false });
  }
}

/** A policy refused the request (`ERR_SIGNING_ACCESS_DENIED`). */
export class LatticeAccessDeniedError extends LatticeResponseError {
  override readonly name: string = 'LatticeAccessDeniedError';
  /** The caller's ARN as Lattice saw it, or `anonymous`. */
  declare readonly principal: string;
  declare readonly action: string;
  declare readonly resource: string;
  /** Whose policy refused. */
  declare readonly layer: DenialLayer;
  /** True: a statement denies. False: none allows. */
  declare readonly explicitDeny: boolean;

  constructor(denial: AccessDenial, { status, requestId, text }: RefusedResponse) {
    super(status, requestId, text, 'ERR_SIGNING_ACCESS_DENIED', denial.message);
    const { principal, action, resource, layer, explicitDeny } = denial;
    Object.assign(this, { principal, action, resource, layer, explicitDeny });
  }
}

/** The signature was refused (`ERR_SIGNING_REFUSED`). */
export class LatticeSignatureError extends LatticeResponseError {
  override readonly name: string = 'LatticeSignatureError';
  declare readonly kind: SignatureProblem;
  /** What was signed, with the session token taken out: compare it with what the service says it received. */
  declare readonly canonicalRequest: string | undefined;
  /** What is probably wrong. */
  declare readonly hint: string;

  constructor(
    denial: SignatureDenial,
    { status, requestId, text }: RefusedResponse,
    explained: { readonly canonicalRequest: string | undefined; readonly hint: string },
  ) {
    super(status, requestId, text, 'ERR_SIGNING_REFUSED', denial.message);
    Object.assign(this, { kind: denial.problem, ...explained });
  }
}

/** No response in time (`ERR_SIGNING_TIMEOUT`). */
export class LatticeTimeoutError extends SigningError {
  override readonly name: string = 'LatticeTimeoutError';
  readonly scope: 'attempt' | 'total';
  readonly timeoutMs: number;

  constructor(scope: 'attempt' | 'total', timeoutMs: number) {
    super('ERR_SIGNING_TIMEOUT', `no response within ${timeoutMs} ms (${scope} timeout)`);
    this.scope = scope;
    this.timeoutMs = timeoutMs;
  }
}
