// The String operators (docs/evaluation.md, STRING-1).

import { compileGlob, dependsOnCharacterSize, type Glob, matchesGlob } from '../match/wildcard.js';
import type { ConditionOperatorName } from '../model.js';
import type { RequestState } from '../request-state.js';
import { MATCH, NO_MATCH, type OperandTest, type Outcome, UNDECIDED_MATCH } from './operand.js';
import {
  type CompiledPart,
  constantParts,
  type ExpandedPart,
  expandedGlob,
  expandedText,
  expandTemplate,
} from './policy-variables.js';

type Comparison = (parts: readonly ExpandedPart[]) => OperandTest;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  Like: (parts) => {
    const glob = compileGlob(expandedGlob(parts));
    return (value, state) => like(glob, value, state);
  },
  IgnoreCase: (parts) => {
    const text = expandedText(parts);
    const folded = text.toLowerCase();
    return (value, state) => equalsIgnoringCase(text, folded, value, state);
  },
  Equals: (parts) => {
    const text = expandedText(parts);
    return (value) => (value === text ? MATCH : NO_MATCH);
  },
};

export function like(glob: Glob, value: string, state: RequestState): Outcome {
  if (dependsOnCharacterSize(glob, value)) state.assumed.push('wildcard-character');
  return matchesGlob(glob, value) ? MATCH : NO_MATCH;
}

function equalsIgnoringCase(text: string, folded: string, value: string, state: RequestState): Outcome {
  if (value === text) return MATCH;
  if (value.toLowerCase() !== folded) return NO_MATCH;
  if (/[^\0-\x7f]/.test(value)) state.assumed.push('string-case-folding');
  return MATCH;
}

function comparisonOf(operator: ConditionOperatorName): Comparison {
  const name = operator.endsWith('Like') ? 'Like' : operator.endsWith('IgnoreCase') ? 'IgnoreCase' : 'Equals';
  return COMPARISONS[name] as Comparison;
}

/** One operand of a String operator. */
export function stringOperand(operator: ConditionOperatorName, parts: readonly CompiledPart[]): OperandTest {
  const comparison = comparisonOf(operator);
  const constant = constantParts(parts);
  if (constant !== undefined) return comparison(constant);
  return (value, state) => {
    const expanded = expandTemplate(parts, state);
    if (expanded === 'noValue') return NO_MATCH;
    if (expanded === 'unknown') return UNDECIDED_MATCH;
    return comparison(expanded)(value, state);
  };
}
