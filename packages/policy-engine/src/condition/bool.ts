// Reads booleans of Bool and Null conditions (docs/evaluation.md, BOOL-1).
import { type RequestState, UNKNOWN_VALUE } from '../request-state.js';
import { MATCH, NO_MATCH, type OperandTest, UNDECIDED_MATCH, UNREADABLE } from './operand.js';
import { type CompiledPart, constantParts, expandedText, expandTemplate } from './policy-variables.js';

/** `true` or `false` in any casing; `undefined` for any other text. */
export function parseBool(text: string): boolean | undefined {
  if (text === 'true') return true;
  if (text === 'false') return false;
  const folded = text.toLowerCase();
  return folded === 'true' ? true : folded === 'false' ? false : undefined;
}

/** One operand of Bool. A value that is no boolean matches nothing; there is no negated form. */
export function boolOperand(parts: readonly CompiledPart[]): OperandTest {
  const constant = constantParts(parts);
  const constantText = constant === undefined ? undefined : expandedText(constant);
  return (value, state) => {
    const actual = parseBool(value);
    if (actual === undefined) {
      state.assumed.push('value-unparsable');
      return UNREADABLE;
    }
    const wanted = constantText ?? expandedOperand(parts, state);
    if (wanted === UNKNOWN_VALUE) return UNDECIDED_MATCH;
    const operand = parseBool(wanted);
    if (operand === undefined || operand !== actual) return NO_MATCH;
    if (value !== String(actual) || wanted !== String(operand)) state.assumed.push('bool-casing');
    return MATCH;
  };
}

/** The operand with its variables' values put in; without one it is no boolean. */
function expandedOperand(parts: readonly CompiledPart[], state: RequestState): string | typeof UNKNOWN_VALUE {
  const expanded = expandTemplate(parts, state);
  state.assumed.push('variable-bool');
  if (expanded === 'unknown') return UNKNOWN_VALUE;
  return expanded === 'noValue' ? '' : expandedText(expanded);
}
