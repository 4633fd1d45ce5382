// Relations between wildcard patterns: does one cover another, can both match the same text. Exact or on the safe side,
// and bounded: the steps of one lint run are counted, and when they are used up nothing more is found.

/** Steps that are left; shared by all comparisons of one run. */
export interface Budget {
  steps: number;
}

/** Character comparisons of one run; a few hundred statements with ordinary ARNs need under a million. */
const STEPS_MAX = 20_000_000;

export function newBudget(): Budget {
  return { steps: STEPS_MAX };
}

/** Takes the cost of one comparison off the budget; `false` when there is not enough left. */
function spend(budget: Budget, left: string, right: string): boolean {
  const cost = (left.length + 1) * (right.length + 1);
  if (cost > budget.steps) return false;
  budget.steps -= cost;
  return true;
}

/** Whether `wide` matches everything that `narrow` matches. `false` may also mean "not seen to". */
export function patternCovers(wide: string, narrow: string, budget: Budget): boolean {
  if (wide === '*' || wide === narrow) return true;
  if (!/[*?]/.test(wide) || !spend(budget, wide, narrow)) return false;
  const outer = [...wide];
  const inner = [...narrow];
  // reach[j]: the rest of `wide` covers `inner` from j on. A `?` takes any one character, but never a `*`.
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
  if (!spend(budget, left, right)) return true;
  const first = [...left];
  const second = [...right];
  // meet[j]: the rest of `left` and `second` from j on have a text in common.
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
