// What can be said of one condition without a request: polarity, what it does when its key is absent, and what it says of
// an anonymous caller (docs/evaluation.md, COND-2..6, KEY-7).
import { parseBool } from '../condition/bool.js';
import { OPERATORS, type OperatorFamily } from '../condition/operators.js';
import { compileGlob, matchesGlob } from '../match/wildcard.js';
import type { Condition } from '../model.js';
import { readKey } from './condition-keys.js';

export function familyOf(condition: Condition): OperatorFamily {
  return OPERATORS.get(condition.operator.toLowerCase())?.family ?? 'string';
}

/** Whether the operator is a negated one, such as StringNotEquals. */
export function isNegated(condition: Condition): boolean {
  return OPERATORS.get(condition.operator.toLowerCase())?.negated === true;
}

/** Whether the condition holds for a request that does not have the key. */
export function holdsWhenAbsent(condition: Condition): boolean {
  const { setOperator, operands } = condition;
  if (setOperator !== undefined) return setOperator === 'ForAllValues';
  if (familyOf(condition) === 'null') return operands.some(({ text }) => parseBool(text) === true);
  return condition.ifExists || isNegated(condition);
}

/** Keys that anonymous callers have, and the value. */
const ANONYMOUS: Readonly<Record<string, string>> = {
  'aws:principaltype': 'Anonymous',
  'aws:principalaccount': 'anonymous',
  'aws:userid': 'anonymous',
};

/** Keys that only signed callers have. */
const SIGNED_ONLY = new Set([
  ...['aws:principalarn', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:principaltag', 'aws:username'],
  ...['aws:principalservicename', 'aws:principalservicenameslist', 'aws:tokenissuetime', 'aws:federatedprovider'],
  ...['aws:sourceidentity', 'aws:multifactorauthage', 'aws:multifactorauthpresent'],
]);

/** Whether the condition holds for an anonymous caller; `undefined` when that depends on the rest of the request. */
export function holdsForAnonymous(condition: Condition): boolean | undefined {
  const { folded } = readKey(condition.key.text);
  if (SIGNED_ONLY.has(folded)) return holdsWhenAbsent(condition);
  const value = Object.hasOwn(ANONYMOUS, folded) ? ANONYMOUS[folded] : undefined;
  if (value === undefined) return undefined;
  const family = familyOf(condition);
  if (family === 'null') return condition.setOperator === undefined ? !holdsWhenAbsent(condition) : undefined;
  if (family !== 'string') return undefined;
  return condition.operands.some(({ text }) => matchesOperand(condition, text, value)) !== isNegated(condition);
}

function matchesOperand({ operator }: Condition, operand: string, value: string): boolean {
  if (operator.endsWith('IgnoreCase')) return operand.toLowerCase() === value.toLowerCase();
  return operator.endsWith('Like') ? matchesGlob(compileGlob(operand), value) : operand === value;
}
