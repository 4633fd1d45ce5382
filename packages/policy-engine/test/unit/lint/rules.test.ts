// Every lint rule: one document with the finding at the marked place, and one like it without.
import { describe, expect, test } from 'vitest';
import { lintPolicy } from '../../../src/lint/lint-policy.js';
import { RULES } from '../../../src/lint/rules.js';
import { parsePolicy } from '../../../src/parse/parse-policy.js';
import { ACTION_CASES } from './cases/actions.js';
import { CONDITION_KEY_CASES } from './cases/condition-keys.js';
import { CONDITION_VALUE_CASES } from './cases/condition-values.js';
import { ELEMENT_CASES } from './cases/elements.js';
import { LATTICE_CASES } from './cases/lattice.js';
import { PRINCIPAL_CASES } from './cases/principals.js';
import { REDUNDANCY_CASES } from './cases/redundancy.js';
import { RESOURCE_CASES } from './cases/resources.js';
import { render } from './lint-case.js';

const CASES = [
  ...ELEMENT_CASES,
  ...PRINCIPAL_CASES,
  ...ACTION_CASES,
  ...RESOURCE_CASES,
  ...CONDITION_KEY_CASES,
  ...CONDITION_VALUE_CASES,
  ...LATTICE_CASES,
  ...REDUNDANCY_CASES,
];

describe.each(CASES)('$code', ({ code, type = 'auth', bad, pointer, behind, says, good, goodType = type }) => {
  const found = (text: string, policyType: typeof type) =>
    lintPolicy(parsePolicy(text, { type: policyType })).filter((finding) => finding.code === code);

  test('is found where it stands', () => {
    const { text, line, column } = render(bad, type, behind);
    expect(found(text, type)).toEqual([expect.objectContaining({ code, pointer, line, column })]);
    if (says) expect(found(text, type)[0]?.message).toMatch(says);
  });

  test('is not found otherwise', () => {
    expect(found(render(good, goodType).text, goodType)).toEqual([]);
  });
});

test('every rule has a case', () => {
  const covered = new Set(CASES.map(({ code }) => code));
  expect(RULES.map(({ code }) => code).filter((code) => !covered.has(code))).toEqual([]);
});

test('messages are one line in lower case, or start with what they quote, and end without a full stop', () => {
  const messages = CASES.flatMap(({ bad, type = 'auth' }) =>
    lintPolicy(parsePolicy(render(bad, type).text, { type })).map(({ message }) => message),
  );
  const odd = messages.filter((message) => !/^(?:[a-z`\d]|Lattice|AWS|ARNs|TLS|gRPC)[^\n]*[^.\n]$/.test(message));
  expect(odd).toEqual([]);
});
