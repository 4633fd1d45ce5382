// expectations.ts — what a test says of a call: allowed, or denied and by whom. A call that turns out otherwise fails with
// the explanation of the decision in its message.

import type { Decision } from '@lattice-auth/policy-engine';
import { renderExplanation } from '@lattice-auth/policy-engine';
import { authorizerFor } from '@lattice-auth/stack';
import { LocalLatticeError } from './errors.js';
import type { SeenRequest } from './model.js';

/** A call that a test makes. */
export interface LocalCall {
  /** A principal's name, or `anonymous`. */
  readonly as: string;
  /** A URL; or a service's name, with `path`. */
  readonly to: string;
  readonly path?: string | undefined;
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  readonly vpc?: string | undefined;
}

/** What a denial should be. What is left out doesn't matter. */
export interface ExpectedDenial {
  readonly deniedBy?: Decision['deniedBy'];
  readonly reason?: Decision['reason'];
}

/** The outcome of a call. */
export interface CallOutcome {
  readonly response: Response;
  readonly seen: SeenRequest;
}

/** Throws unless policies let the call through. */
export function checkAllowed({ response, seen }: CallOutcome, call: LocalCall): void {
  if (seen.decision?.decision === 'allow') return;
  throw failed(`${sentence(call)} should have been allowed, and was ${outcomeOf(seen, response)}`, seen);
}

/** Throws unless policies refused the call, and in the way that is expected. */
export function checkDenied({ response, seen }: CallOutcome, call: LocalCall, expected: ExpectedDenial): void {
  const { decision } = seen;
  const { deniedBy, reason } = expected;
  const wanted = [deniedBy === undefined ? '' : ` by ${deniedBy}`, reason === undefined ? '' : ` (${reason})`].join('');
  const fits =
    decision?.decision === 'deny' &&
    (deniedBy === undefined || decision.deniedBy === deniedBy) &&
    (reason === undefined || decision.reason === reason);
  if (fits) return;
  throw failed(`${sentence(call)} should have been denied${wanted}, and was ${outcomeOf(seen, response)}`, seen);
}

/** A call that no answer came to, as with TLS passthrough, where there is nothing to answer in. */
export function unanswered(call: LocalCall, seen: SeenRequest | undefined, cause: unknown): LocalLatticeError {
  const reason = seen?.refusal ?? reasonOf(cause);
  return new LocalLatticeError('ERR_LOCAL_EXPECTATION', `${sentence(call)} got no answer: ${reason}`, { cause });
}

// What went wrong is in the cause of what the platform's fetch throws.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** What stands behind the service in a URL; the first slash may be left out. */
export function pathOf({ path = '' }: LocalCall): string {
  return path === '' || path.startsWith('/') || path.startsWith('?') ? path : `/${path}`;
}

function sentence(call: LocalCall): string {
  const { as, to, method = 'GET', vpc } = call;
  return `${method} ${to}${pathOf(call)} as \`${as}\`${vpc === undefined ? '' : ` from \`${vpc}\``}`;
}

function outcomeOf({ decision, refusal }: SeenRequest, { status }: Response): string {
  if (decision === undefined) return `answered ${status} before any policy was asked: ${refusal ?? 'no reason known'}`;
  if (decision.decision === 'allow') return 'allowed';
  return `denied${decision.deniedBy === undefined ? '' : ` by ${decision.deniedBy}`} (${decision.reason})`;
}

function failed(message: string, { stack, service, serviceNetwork, question }: SeenRequest): LocalLatticeError {
  const asked = question !== undefined && service !== undefined && serviceNetwork !== undefined;
  const explained = asked
    ? `\n\n${renderExplanation(authorizerFor(stack, { service, serviceNetwork }).explain(question))}`
    : '';
  return new LocalLatticeError('ERR_LOCAL_EXPECTATION', `${message}${explained}`);
}
