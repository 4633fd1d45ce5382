// passage-errors.ts: what a request fails by on its way through, when it is our doing: each with its code, and nothing in its
// message that came from outside.
import { SidecarError } from '../errors.js';

/** More body than `limits.bodyBytes` allows. */
export function bodyTooLarge(): SidecarError {
  return new SidecarError('ERR_SIDECAR_BODY_TOO_LARGE', 'the body is larger than allowed');
}

/** A judge that threw: what cannot be decided is denied. */
export function undecided(cause: unknown): SidecarError {
  return new SidecarError('ERR_SIDECAR_DECISION', 'the judge failed', { cause });
}

/** Whatever was thrown, as an error with a code: what has none is a fault of ours. */
export function withCode(problem: unknown): SidecarError {
  if (problem instanceof SidecarError) return problem;
  return new SidecarError('ERR_SIDECAR_INTERNAL', 'an unexpected failure', { cause: problem });
}

/** Nothing happened for as long as it may, in one step or in all. */
export function tooLate(whose: 'caller' | 'upstream', whole: boolean): SidecarError {
  const code = whose === 'caller' ? 'ERR_SIDECAR_REQUEST_TIMEOUT' : 'ERR_SIDECAR_UPSTREAM_TIMEOUT';
  return new SidecarError(code, whole ? 'the whole took too long' : 'nothing came in time');
}
