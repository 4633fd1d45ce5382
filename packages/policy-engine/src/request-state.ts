// What the tests of a statement may ask about one request. Two kinds exist: a plain RequestContext and a Lattice request
// (evaluate/generic-request.ts, evaluate/lattice-request.ts).
import type { AssumptionLog } from './assumption-log.js';
import type { AssumptionId } from './assumptions.js';
import type { ConditionKey } from './condition/condition-key.js';
import type { Caller } from './match/caller.js';
import type { Tri } from './tri.js';

/** A key that is present but whose value is not known (KEY-8, DATE-5). */
export const UNKNOWN_VALUE = Symbol('unknown value');
/** A key that is present but can't be used (KEY-3). */
export const UNUSABLE_VALUE = Symbol('unusable value');

/** The value of a context key: absent, single, multivalued, or one of the two special cases. */
export type KeyValue = string | readonly string[] | undefined | typeof UNKNOWN_VALUE | typeof UNUSABLE_VALUE;

export interface RequestState {
  readonly caller: Caller;
  /** The caller has a permissions boundary (PRINCIPAL-12). */
  readonly hasBoundary: boolean;
  /** The action in lower case. */
  readonly action: string;
  /** The service prefix of the action: where the statement index files statements without principals. */
  readonly actionKey: string;
  readonly resource: string;
  /** What `resource` begins with in many requests, or nothing; and what follows it. */
  readonly resourceHead: string;
  readonly resourceTail: string;
  /** The same resource written in other ways that AWS may mean, each with the assumption that it is not (LATTICE-PATH). */
  readonly otherResources: readonly OtherResource[];
  /** The assumptions used so far; tests push, readers cut back to where they began. */
  readonly assumed: AssumptionLog;
  read(key: ConditionKey): KeyValue;
}

export interface OtherResource {
  readonly text: string;
  readonly assumption: AssumptionId;
}

/** One test of one element of a statement. */
export type Test = (state: RequestState) => Tri;

/** The test of `"*"`. Compiled statements leave it out. */
export const ALWAYS: Test = () => 2;

/**
 * `or` over tests, keeping the assumptions that the answer rests on (TRI-4): none when one test is true without any; else
 * those of the true tests; else those of all.
 */
export function anyTest(tests: readonly Test[], state: RequestState): Tri {
  const { assumed } = state;
  const start = assumed.length;
  let best: Tri = 0;
  let holding: AssumptionId[] | undefined;
  for (const test of tests) {
    const before = assumed.length;
    const value = test(state);
    if (value === 2) {
      if (assumed.length === before) {
        assumed.length = start;
        return 2;
      }
      holding = [...(holding ?? []), ...assumed.slice(before)];
    }
    if (value > best) best = value;
  }
  if (holding !== undefined) assumed.replace(start, holding);
  return best;
}
