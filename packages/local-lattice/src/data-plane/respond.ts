// respond.ts — what a client is told when no target answers, and what of a target's answer is passed on.
import type { TargetFailure } from '../errors.js';

export const TEXT = 'text/plain';

/** Why this data plane answers where Lattice would not: in the header `x-lattice-local`. */
export type LocalReason =
  | 'bad-request'
  | 'internal'
  | 'no-listener'
  | 'no-service'
  | 'no-target'
  | 'no-vpc'
  | 'no-websocket'
  | 'not-connected';

/** Status and text for a target that didn't answer. Lattice documents neither; these are HTTP's own. */
export const FAILURE_ANSWERS: Readonly<Record<TargetFailure, readonly [status: number, text: string]>> = {
  unhealthy: [503, 'Service Unavailable'],
  connect: [502, 'Bad Gateway'],
  reset: [502, 'Bad Gateway'],
  badAnswer: [502, 'Bad Gateway'],
  timeout: [504, 'Gateway Timeout'],
  tooLarge: [413, 'Content Too Large'],
  cancelled: [502, 'Bad Gateway'],
};

const NOT_PASSED_ON = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
  'x-amzn-requestid',
]);
const LENGTHS = new Set([...NOT_PASSED_ON].map((name) => name.length));

/** A target's fields without those of its connection, and with the id of the request. */
export function responseFields(flat: string[], id: string): string[] {
  let to = 0;
  let named: ReadonlySet<string> | undefined;
  for (let i = 0; i < flat.length; i += 2) {
    const name = flat[i] as string;
    if (LENGTHS.has(name.length)) {
      const lower = name.toLowerCase();
      if (lower === 'connection') named = namedIn(flat[i + 1] as string) ?? named;
      if (NOT_PASSED_ON.has(lower)) continue;
    }
    flat[to] = name;
    flat[to + 1] = flat[i + 1] as string;
    to += 2;
  }
  flat.length = to;
  flat.push('x-amzn-requestid', id);
  return named === undefined ? flat : withoutNamed(flat, named);
}

function namedIn(value: string): ReadonlySet<string> | undefined {
  const lower = value.toLowerCase();
  if (lower === 'keep-alive' || lower === 'close') return undefined;
  return new Set(lower.split(',').map((name) => name.trim()));
}

// Never the length or type of the body, whatever `Connection` says.
function withoutNamed(flat: readonly string[], named: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  for (let i = 0; i < flat.length; i += 2) {
    const lower = (flat[i] as string).toLowerCase();
    if (named.has(lower) && !lower.startsWith('content-') && lower !== 'x-amzn-requestid') continue;
    kept.push(flat[i] as string, flat[i + 1] as string);
  }
  return kept;
}
