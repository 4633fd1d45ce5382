// Resource and NotResource (docs/evaluation.md, RESOURCE-1..5, LATTICE-PATH): one pattern over the whole string.
import {
  type CompiledPart,
  compileTemplate,
  constantParts,
  expandedGlob,
  expandTemplate,
  readTemplate,
} from '../condition/policy-variables.js';
import type { ElementList, PolicyType, PolicyVersion, SourceString } from '../model.js';
import { ALWAYS, anyTest, type RequestState, type Test } from '../request-state.js';
import { FALSE, TRUE, type Tri, tri, UNDECIDED } from '../tri.js';
import { compileGlob, dependsOnCharacterSize, type Glob, hasPrefix, matchesGlob } from './wildcard.js';

/** One entry. `resolvable` is false when a variable in it has no value for this request (RESOURCE-4). */
export interface ResourceEntry {
  readonly test: Test;
  resolvable(state: RequestState): boolean;
}

const IDENTITY_SIDE: readonly PolicyType[] = ['identity', 'permissionsBoundary', 'session', 'scp'];
const isResolvable = () => true;

export function compileResourceEntry(
  text: string,
  options: { type: PolicyType; version: PolicyVersion },
): ResourceEntry {
  if (text === '*') return { test: ALWAYS, resolvable: isResolvable };
  const parts = compileTemplate(
    readTemplate(IDENTITY_SIDE.includes(options.type) ? filledUp(text, options.version) : text, options.version),
  );
  const constant = constantParts(parts);
  if (constant !== undefined) {
    const glob = compileGlob(expandedGlob(constant));
    return { test: constantTest(glob), resolvable: isResolvable };
  }
  const test = variableTest(parts);
  return {
    test: hasEarlyVariable(parts) ? undecided(test) : test,
    // A value that nobody told is a value all the same: such an entry is undecided (KEY-8), so that a Deny applies.
    resolvable: (state) => expandTemplate(parts, state) !== 'noValue',
  };
}

/** `arn:aws:sqs` stands for `arn:aws:sqs:*:*:*` (RESOURCE-2). Colons inside variables are no separators (ARN-1). */
function filledUp(text: string, version: PolicyVersion): string {
  if (!text.startsWith('arn:')) return text;
  const plain = readTemplate(text, version).parts.map((part) => (part.kind === 'pattern' ? part.text : ''));
  const colons = plain.join('').split(':').length - 1;
  return text + ':*'.repeat(Math.max(0, 5 - colons));
}

function constantTest(glob: Glob): Test {
  if (glob.shape !== 'prefix') return (state) => matchesResource(glob, state);
  const hasItsPrefix = prefixTest(glob.text);
  return (state) => withOthers(glob, hasItsPrefix(state), state);
}

/**
 * Most of a prefix is the ARN of a service, and most requests to a policy are for one service: its ARN is compared once, then
 * only the path (bench engine, "all for everybody": a quarter of the time).
 */
function prefixTest(prefix: string): (state: RequestState) => boolean {
  let head: string | undefined;
  let rest: string | undefined;
  return ({ resourceHead, resourceTail }) => {
    if (resourceHead !== head) {
      head = resourceHead;
      rest = restBehind(resourceHead, prefix);
    }
    return rest !== undefined && hasPrefix(resourceTail, rest);
  };
}

/** What must follow `head` in a text that begins with `prefix`; `undefined` when no such text begins with `head`. */
function restBehind(head: string, prefix: string): string | undefined {
  if (hasPrefix(prefix, head)) return prefix.slice(head.length);
  return hasPrefix(head, prefix) ? '' : undefined;
}

function matchesResource(glob: Glob, state: RequestState): Tri {
  const matches = matchesGlob(glob, state.resource);
  if (dependsOnCharacterSize(glob, state.resource)) state.assumed.push('wildcard-character');
  return withOthers(glob, matches, state);
}

/** Notes which other readings of the resource would have given another answer (LATTICE-PATH). */
function withOthers(glob: Glob, matches: boolean, state: RequestState): Tri {
  for (const other of state.otherResources) {
    if (matchesGlob(glob, other.text) !== matches) state.assumed.push(other.assumption);
  }
  return tri(matches);
}

function variableTest(parts: readonly CompiledPart[]): Test {
  return (state) => {
    const expanded = expandTemplate(parts, state);
    if (expanded === 'unknown') return UNDECIDED;
    if (expanded === 'noValue') return FALSE;
    return matchesResource(compileGlob(expandedGlob(expanded)), state);
  };
}

/** A variable before the fifth colon (RESOURCE-3). Patterns such as `*` + variable are no ARNs and have no such place. */
function hasEarlyVariable(parts: readonly CompiledPart[]): boolean {
  let colons = 0;
  const [first] = parts;
  if (first?.kind !== 'pattern' || !first.text.startsWith('arn:')) return false;
  for (const part of parts) {
    if (part.kind === 'variable') return colons < 5;
    colons += part.text.split(':').length - 1;
  }
  return false;
}

function undecided(test: Test): Test {
  return (state) => {
    const value = test(state);
    if (value === FALSE) return FALSE;
    state.assumed.push('resource-early-variable');
    return UNDECIDED;
  };
}

/** The test of a whole Resource or NotResource element. */
export function compileResource(
  element: ElementList<SourceString>,
  entries: readonly ResourceEntry[],
  type: PolicyType,
): Test {
  const tests = entries.map((entry) => entry.test);
  const [only] = tests;
  if (!element.negated) return tests.length === 1 && only !== undefined ? only : (state) => anyTest(tests, state);
  return (state) => {
    if (type === 'auth') state.assumed.push('not-resource-lattice');
    if (!entries.every((entry) => entry.resolvable(state))) {
      state.assumed.push('not-resource-unresolved');
      return FALSE;
    }
    return (TRUE - anyTest(tests, state)) as Tri;
  };
}
