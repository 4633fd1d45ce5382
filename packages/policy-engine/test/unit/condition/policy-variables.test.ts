// Templates with policy variables (docs/evaluation.md, VAR-1 to VAR-8): what is a variable, an escape, a default, an error.
import { describe, expect, test } from 'vitest';
import { parseTemplate, plainTemplate } from '../../../src/condition/policy-variables.js';

const pattern = (text: string) => ({ kind: 'pattern', text });
const literal = (text: string) => ({ kind: 'literal', text });
const variable = (key: string, fallback?: string) => ({ kind: 'variable', key, fallback });

describe('parseTemplate', () => {
  test.each([
    ['', []],
    ['plain', [pattern('plain')]],
    ['a*b?', [pattern('a*b?')]],
    ['$', [pattern('$')]],
    ['{}', [pattern('{}')]],
    ['$ {a}', [pattern('$ {a}')]],
    ['a}b', [pattern('a}b')]],
  ])('%j has no variable', (text, parts) => {
    expect(parseTemplate(text)).toEqual({ parts, hasVariables: false });
  });

  test.each([
    ['${*}', [literal('*')]],
    ['${?}', [literal('?')]],
    ['${$}', [literal('$')]],
    ['${$}{a}', [literal('$'), pattern('{a}')]],
    ['a${*}b', [pattern('a'), literal('*'), pattern('b')]],
    ['*${*}*', [pattern('*'), literal('*'), pattern('*')]],
  ])('%j holds escapes, which are no variables', (text, parts) => {
    expect(parseTemplate(text)).toEqual({ parts, hasVariables: false });
  });

  test.each([
    ['${aws:username}', [variable('aws:username')]],
    ['${aws:PrincipalTag/team}', [variable('aws:PrincipalTag/team')]],
    ['${AWS:USERNAME}', [variable('AWS:USERNAME')]],
    ['/home/${aws:username}/*', [pattern('/home/'), variable('aws:username'), pattern('/*')]],
    ['${a}${b}', [variable('a'), variable('b')]],
    ['${a}}', [variable('a'), pattern('}')]],
    ['$${a}', [pattern('$'), variable('a')]],
    ['${**}', [variable('**')]],
    ["${a}'}", [variable('a'), pattern("'}")]],
  ])('%j holds variables', (text, parts) => {
    expect(parseTemplate(text)).toEqual({ parts, hasVariables: true });
  });

  test.each([
    ["${a, 'b'}", [variable('a', 'b')]],
    ["${a, ''}", [variable('a', '')]],
    ["${a, 'b c'}", [variable('a', 'b c')]],
    ["${a, 'b, c'}", [variable('a', 'b, c')]],
    ["${a, 'it's'}", [variable('a', "it's")]],
    ["${a, '{b}'}", [variable('a', '{b}')]],
    ["${a, ''}'}", [variable('a', "'}")]],
    ["x${a, 'b'}y${c, 'd'}z", [pattern('x'), variable('a', 'b'), pattern('y'), variable('c', 'd'), pattern('z')]],
    ["${a, 'b'}${c}", [variable('a', 'b'), variable('c')]],
    ["${a, 'b'}'}", [variable('a', "b'}")]],
    ["${a, '*'}", [variable('a', '*')]],
  ])('%j holds defaults', (text, parts) => {
    expect(parseTemplate(text)).toEqual({ parts, hasVariables: true });
  });

  test.each([
    ['${', 'missingBrace', 0],
    ['a${b', 'missingBrace', 1],
    ['${a}${b', 'missingBrace', 4],
    ['${a${b}', 'missingBrace', 0],
    ["${a${b, 'c'}", 'missingBrace', 0],
    ["${a, 'b", 'missingBrace', 0],
    ['${}', 'empty', 0],
    ['x${}', 'empty', 1],
    ["${, 'b'}", 'empty', 0],
    ['${ a}', 'space', 0],
    ['${a b}', 'space', 0],
    ['${a\tb}', 'space', 0],
    ["${a , 'b'}", 'space', 0],
    ["${ a, 'b'}", 'space', 0],
    ["${a,'b'}", 'missingQuote', 0],
    ["${a,  'b'}", 'missingQuote', 0],
    ['${a, b}', 'missingQuote', 0],
    ['${a,}', 'missingQuote', 0],
    ['${a, "b"}', 'missingQuote', 0],
    ["${a, 'b}", 'missingQuote', 0],
    ["${a, '}", 'missingQuote', 0],
    ["${a, 'b}${c, 'd'}", 'missingQuote', 0],
    ["${a, 'b${c}'}", 'missingQuote', 0],
    ["a${b}c${d, 'e}", 'missingQuote', 6],
  ])('%j is malformed', (text, problem, at) => {
    expect(parseTemplate(text)).toEqual({ problem, at });
  });

  test('many unfinished variables are found at once', () => {
    const start = performance.now();
    expect(parseTemplate("${a, 'b'}".repeat(5_000))).toMatchObject({ hasVariables: true });
    expect(parseTemplate('${'.repeat(30_000))).toEqual({ problem: 'missingBrace', at: 0 });
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('plainTemplate', () => {
  test.each([
    ['', []],
    ['a*', [pattern('a*')]],
    ['${aws:username}', [pattern('${aws:username}')]],
    ['${*}', [pattern('${*}')]],
  ])('%j is left as it is', (text, parts) => {
    expect(plainTemplate(text)).toEqual({ parts, hasVariables: false });
  });
});
