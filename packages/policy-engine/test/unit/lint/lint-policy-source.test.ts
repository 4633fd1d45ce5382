// lintPolicySource: text that parses and text that doesn't.
import { expect, test } from 'vitest';
import { lintPolicySource } from '../../../src/lint/lint-policy-source.js';

const STATEMENT = '{"Effect":"Allow","Principal":"*","Action":"vpc-lattice-svcs:Invoke","Resource":"*"}';

test('what keeps a text from parsing comes alone, with its place', () => {
  const findings = lintPolicySource('{"Statement":[{"Effect":"Alow"}]}', { type: 'auth' });
  expect(findings.map(({ code }) => code)).toContain('INVALID_EFFECT');
  expect(findings.every(({ severity }) => severity === 'error')).toBe(true);
  expect(lintPolicySource('{', { type: 'auth' })).toEqual([
    expect.objectContaining({ code: 'JSON_SYNTAX_ERROR', line: 1, column: 2 }),
  ]);
});

test('a text that parses gets the findings of lintPolicy in the order of the text', () => {
  const findings = lintPolicySource(`{"Statement":${STATEMENT}}`, { type: 'auth', name: 'orders' });
  expect(findings.map(({ code }) => code)).toEqual(['MISSING_VERSION', 'LATTICE_OPEN_PRINCIPAL']);
});

test('line breaks are suggested away in auth policies only, once, at the first', () => {
  const text = `{"Version":"2012-10-17",\r\n"Statement":\n${STATEMENT}}`;
  const breaks = lintPolicySource(text, { type: 'auth' }).filter(({ code }) => code === 'LATTICE_LINE_BREAKS');
  expect(breaks).toEqual([expect.objectContaining({ severity: 'suggestion', pointer: '', line: 1, column: 25 })]);
  expect(lintPolicySource(`${text.replaceAll(/[\r\n]/g, '')}\n`, { type: 'auth' }).map(({ code }) => code)).toEqual([
    'LATTICE_OPEN_PRINCIPAL',
  ]);
  expect(lintPolicySource(text.replace('"Principal":"*",', ''), { type: 'identity' })).toEqual([]);
});

test('never throws, whatever it is given', () => {
  for (const text of ['', '\u0000', '[]', 'null', '{"Statement":[]}', '{"__proto__":{}}', undefined, null, 7, [], {}]) {
    expect(lintPolicySource(text as string, { type: 'auth' }).length).toBeGreaterThan(0);
  }
  expect(lintPolicySource('{}', undefined as never).length).toBeGreaterThan(0);
});
