// Operands (docs/evaluation.md, COND-2, COND-8): what several of them say together, and that an operand which could not be
// read never matches, negated or not. Parsing refuses such operands; this is the second line.
import { describe, expect, test } from 'vitest';
import { binaryOperand } from '../../../src/condition/binary.js';
import { dateOperand } from '../../../src/condition/date.js';
import { ipOperand } from '../../../src/condition/ip-address.js';
import { numericOperand } from '../../../src/condition/numeric.js';
import { MATCH, NO_MATCH, UNDECIDED_MATCH, UNREADABLE, verdict } from '../../../src/condition/operand.js';
import { FALSE, TRUE, UNDECIDED } from '../../../src/tri.js';

describe('verdict', () => {
  test.each([
    [NO_MATCH, FALSE, TRUE],
    [MATCH, TRUE, FALSE],
    [UNDECIDED_MATCH, UNDECIDED, UNDECIDED],
    [UNREADABLE, FALSE, FALSE],
    [MATCH | UNDECIDED_MATCH, TRUE, FALSE],
    [MATCH | UNREADABLE, TRUE, FALSE],
    [MATCH | UNDECIDED_MATCH | UNREADABLE, TRUE, FALSE],
    [UNDECIDED_MATCH | UNREADABLE, UNDECIDED, FALSE],
  ])('of outcome %i: %i, negated %i', (outcome, plain, negated) => {
    expect(verdict(outcome, false)).toBe(plain);
    expect(verdict(outcome, true)).toBe(negated);
  });
});

describe('an operand that can not be read', () => {
  test.each([
    ['numeric', numericOperand('NumericNotEquals', 'five'), '5'],
    ['date', dateOperand('DateNotEquals', 'today'), '2026-01-01'],
    ['binary', binaryOperand('?'), 'QQ=='],
    ['IP', ipOperand('10.0.0'), '10.0.0.1'],
  ])('%s', (_family, operand, value) => {
    expect(operand(value, { assumed: [] } as never)).toBe(UNREADABLE);
  });
});
