// Relations between wildcard patterns: does one cover another, can both match the same text. Exact or on the safe side,
// and bounded: the steps of one lint run are counted, and when they are used up nothing more is found.
import { compileGlob, matchesGlob } from '../match/wildcard.js';

/** Steps that are left; shared by all comparisons of one run. */
export interface Budget {
  steps: number;
}

/** Character comparisons of one run: a quarter of a million comparisons of ordinary ARNs, half a second at worst. */
const STEPS_MAX = 50_000_000;

/** Patterns whose lengths multiply to less are compared in about linear time when no `?` is involved. */
const SHORT_PRODUCT = 250_000;

export function newBudget(): Budget {
  return { steps: STEPS_MAX };
}

/** Takes a cost off the budget; `false` when there is not enough left. */
export function spend(budget: Budget, cost: number): boolean {
  if (cost > budget.steps) return false;
  budget.steps -= cost;
  return true;
}

/** Whether `wide` matches everything that `narrow` matches. `false` may also mean "not seen to". */
export function patternCovers(wide: string, narrow: string, budget: Budget): boolean {
  if (wide === '*' || wide === narrow) return true;
  const product = (wide.length + 1) * (narrow.length + 1);
  if (wide.includes('?')) return spend(budget, product) && coversByTable([...wide], [...narrow]);
  if (!wide.includes('*')) return false;
  // Without `?`, what `*` takes may as well hold wildcards: `narrow` is matched as if it were a text.
  const cost = product < SHORT_PRODUCT ? wide.length + narrow.length : product;
  return spend(budget, cost) && matchesGlob(compileGlob(wide), narrow);
}

function coversByTable(outer: readonly string[], inner: readonly string[]): boolean {
  // reach[j]: the rest of `outer` covers `inner` from j on. A `?` takes any one character, but never a `*`.
  let reach = inner.map(() => false);
  reach.push(true);
  for (let i = outer.length - 1; i >= 0; i--) {
    const next = new Array<boolean>(inner.length + 1).fill(false);
    for (let j = inner.length; j >= 0; j--) {
      if (outer[i] === '*') next[j] = reach[j] === true || (j < inner.length && next[j + 1] === true);
      else next[j] = accepts(outer[i], inner[j]) && reach[j + 1] === true;
    }
    reach = next;
  }
  return reach[0] === true;
}

function accepts(outer: string | undefined, inner: string | undefined): boolean {
  if (inner === undefined || inner === '*') return false;
  return outer === '?' || outer === inner;
}

/** Whether some text matches both patterns. `true` may also mean "not excluded". */
export function patternsOverlap(left: string, right: string, budget: Budget): boolean {
  if (left === '*' || right === '*' || left === right) return true;
  if (haveOtherStarts(left, right)) return false;
  return !spend(budget, (left.length + 1) * (right.length + 1)) || meetByTable([...left], [...right]);
}

/** Most patterns differ in front of their first wildcard. */
function haveOtherStarts(left: string, right: string): boolean {
  const [one = ''] = left.split(/[*?]/, 1);
  const [other = ''] = right.split(/[*?]/, 1);
  return !one.startsWith(other) && !other.startsWith(one);
}

function meetByTable(first: readonly string[], second: readonly string[]): boolean {
  // meet[j]: the rest of `first` and `second` from j on have a text in common.
  let meet = new Array<boolean>(second.length + 1).fill(true);
  for (let j = second.length - 1; j >= 0; j--) meet[j] = second[j] === '*' && meet[j + 1] === true;
  for (let i = first.length - 1; i >= 0; i--) {
    const next = new Array<boolean>(second.length + 1).fill(false);
    for (let j = second.length; j >= 0; j--) next[j] = meets(first[i], second[j], meet, next, j);
    meet = next;
  }
  return meet[0] === true;
}

function meets(
  first: string | undefined,
  second: string | undefined,
  meet: readonly boolean[],
  next: readonly boolean[],
  j: number,
): boolean {
  if (first === '*') return meet[j] === true || (second !== undefined && next[j + 1] === true);
  if (second === '*') return next[j + 1] === true || meet[j] === true;
  if (second === undefined) return false;
  return (first === '?' || second === '?' || first === second) && meet[j + 1] === true;
}
