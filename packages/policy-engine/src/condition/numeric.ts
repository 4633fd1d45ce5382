// Reads and compares the numbers of Numeric conditions as exact decimals (docs/evaluation.md, NUMERIC-1..2): no rounding
// above 2^53, no expansion of exponents.
import type { ConditionOperatorName } from '../model.js';
import { MATCH, NO_MATCH, type OperandTest, orderTest, UNREADABLE } from './operand.js';

/** `negative` × 0.`digits` × 10^`exponent`; `digits` has no zeros at either end and is empty for zero. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,9}))?$/;

/** A decimal number with optional sign, fraction and exponent (at most nine digits); `undefined` for other text. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  const all = whole + fraction;
  const first = all.search(/[1-9]/);
  if (first === -1) return { negative: false, digits: '', exponent: 0 };
  return {
    negative: sign === '-',
    digits: trimZeros(all.slice(first)),
    exponent: whole.length - first + Number(power),
  };
}

function trimZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

/** Negative, zero or positive as `left` is less than, equal to or greater than `right`. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const leftSign = signOf(left);
  const rightSign = signOf(right);
  if (leftSign !== rightSign || leftSign === 0) return leftSign - rightSign;
  return leftSign * compareMagnitudes(left, right);
}

function signOf(value: Decimal): number {
  return value.digits === '' ? 0 : value.negative ? -1 : 1;
}

function compareMagnitudes(left: Decimal, right: Decimal): number {
  if (left.exponent !== right.exponent) return left.exponent - right.exponent;
  return left.digits === right.digits ? 0 : left.digits < right.digits ? -1 : 1;
}

const UNUSUAL = /[+eE]/;

/** One operand of a Numeric operator. */
export function numericOperand(operator: ConditionOperatorName, text: string): OperandTest {
  const operand = parseDecimal(text);
  const holds = orderTest(operator);
  if (operand === undefined) return () => UNREADABLE;
  return (value, state) => {
    const actual = parseDecimal(value);
    if (actual === undefined) {
      state.assumed.push('value-unparsable');
      return UNREADABLE;
    }
    if (UNUSUAL.test(value) || UNUSUAL.test(text)) state.assumed.push('numeric-form');
    return holds(compareDecimals(actual, operand)) ? MATCH : NO_MATCH;
  };
}
