// Action and NotAction (docs/evaluation.md, ACTION-1..3).
import type { ElementList, PolicyType, SourceString } from '../model.js';
import { ALWAYS, anyTest, type Test } from '../request-state.js';
import { not, tri, UNDECIDED } from '../tri.js';
import { compileGlob, matchesGlob } from './wildcard.js';

/** The service prefix of an action pattern in lower case; `undefined` when it has a wildcard or is `*`. */
export function actionPrefix(pattern: string): string | undefined {
  const colon = pattern.indexOf(':');
  const prefix = colon === -1 ? pattern : pattern.slice(0, colon);
  return /[*?]/.test(prefix) ? undefined : prefix.toLowerCase();
}

// Comparing a string with itself takes no look at its characters, and all Lattice requests ask for one of these two.
const LATTICE_ACTIONS = ['vpc-lattice-svcs:invoke', 'vpc-lattice-svcs:connect'];

/** The action in lower case when an element names one, without wildcards; `undefined` for any other element. */
export function exactActionOf({ negated, entries }: ElementList<SourceString>): string | undefined {
  const [only] = entries;
  if (negated || only === undefined || entries.length > 1 || /[*?]/.test(only.text)) return undefined;
  const action = only.text.toLowerCase();
  return LATTICE_ACTIONS.find((known) => known === action) ?? action;
}

export function compileActionEntry(pattern: string): Test {
  if (pattern === '*') return ALWAYS;
  const glob = compileGlob(pattern.toLowerCase());
  if (actionPrefix(pattern) !== undefined) return (state) => tri(matchesGlob(glob, state.action));
  return (state) => {
    if (!matchesGlob(glob, state.action)) return 0;
    state.assumed.push('action-prefix-wildcard');
    return UNDECIDED;
  };
}

/** The test of a whole Action or NotAction element. */
export function compileAction(element: ElementList<SourceString>, tests: readonly Test[], type: PolicyType): Test {
  const [only] = tests;
  if (!element.negated) return tests.length === 1 && only !== undefined ? only : (state) => anyTest(tests, state);
  return (state) => {
    if (type === 'auth') state.assumed.push('not-action-lattice');
    return not(anyTest(tests, state));
  };
}
