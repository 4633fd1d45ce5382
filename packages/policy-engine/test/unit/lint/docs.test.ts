// docs/lint.md says of every code what the rules say, and of no other.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RULES } from '../../../src/lint/rules.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const page = read('../../../../../docs/lint.md');
const [rules = '', parsing = ''] = page.split('## Found by parsing');
const rows = (text: string) =>
  [...text.matchAll(/^\| `([A-Z_0-9]+)` \| (\w+) \|/gm)].map(([, code, severity]) => `${code} ${severity}`);
/** Codes that stand in a source as `['CODE', 'severity']` or `code: 'CODE', severity: '…'`. */
const named = (path: string) =>
  [...read(path).matchAll(/'(LATTICE_[A-Z_]+)',\s*(?:severity: )?'(\w+)'/g)].map(
    ([, code, severity]) => `${code} ${severity}`,
  );

test('every code of lint, with its severity', () => {
  const expected = [
    ...RULES.map(({ code, severity }) => `${code} ${severity}`),
    ...named('../../../src/lint/lint-lattice-policies.ts'),
    ...named('../../../src/lint/lint-policy-source.ts'),
  ];
  expect(rows(rules).sort()).toEqual([...new Set(expected)].sort());
});

test('a code has one severity', () => {
  const codes = [...new Set(rows(page))].map((row) => row.split(' ')[0]);
  expect(codes.length).toBe(new Set(codes).size);
});

test('every code of parsing', () => {
  const [table = ''] = /PROBLEMS = \{.*?\} as const/s.exec(read('../../../src/parse/problems.ts')) ?? [];
  const codes = [...table.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => `${code} error`);
  expect(codes.length).toBeGreaterThan(30);
  expect(rows(parsing).sort()).toEqual(codes.sort());
});
