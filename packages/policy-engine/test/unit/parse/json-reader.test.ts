// json-reader.test.ts — strict JSON: what is read, where it stands, and what is said about text that is none.
import { describe, expect, test } from 'vitest';
import { NESTING_MAX, STRING_LENGTH_MAX } from '../../../src/limits.js';
import { type JsonNode, plainValue, readJson } from '../../../src/parse/json-reader.js';
import { type Problem, Stop } from '../../../src/parse/problems.js';

function read(text: string): { root: JsonNode | undefined; problems: Problem[] } {
  const problems: Problem[] = [];
  try {
    const root = readJson(text, (code, { pointer, start }, message) => {
      problems.push({ code, pointer, start, message });
    });
    return { root, problems };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { root: undefined, problems };
  }
}

const plainOf = (text: string) => {
  const { root, problems } = read(text);
  expect(problems).toEqual([]);
  return root && plainValue(root);
};

describe('values', () => {
  test.each([
    ['null'],
    ['true'],
    ['false'],
    ['0'],
    ['-0'],
    ['12.50'],
    ['-1e3'],
    ['1E+2'],
    ['123456789012345678901234567890'],
    ['1e999'],
    ['""'],
    ['"a b"'],
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t"'],
    ['"\\u00e9\\uD83D\\uDE00 \u{1f600} \u2028 \u007f"'],
    ['[]'],
    ['{}'],
    [' \t\r\n[ 1 , "x" , [ ] , { } ] \n'],
    ['{"a":{"b":[{"c":null}]}}'],
    ['{"":0," ":1}'],
  ])('%s', (text) => {
    expect(plainOf(text)).toEqual(JSON.parse(text));
  });

  test('numbers keep their text', () => {
    expect(read('1e3').root).toMatchObject({ kind: 'number', text: '1e3' });
    expect(read('123456789012345678901').root).toMatchObject({ kind: 'number', text: '123456789012345678901' });
  });

  test('names of prototypes are ordinary keys', () => {
    const text = '{"__proto__":{"x":1},"constructor":2,"toString":3,"hasOwnProperty":4}';
    const value = plainOf(text) as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'toString', 'hasOwnProperty']);
    expect(Object.getPrototypeOf(value)).toBe(null);
    expect(({} as { x?: number }).x).toBe(undefined);
  });
});

describe('places', () => {
  test('every value and key has a pointer and its extent', () => {
    const text = ' {"a/b~": [10, {"é": "x"}]}';
    const { root } = read(text);
    const found: [string, string][] = [];
    const visit = (node: JsonNode) => {
      found.push([node.pointer, text.slice(node.start, node.end)]);
      if (node.kind === 'array') for (const item of node.items) visit(item);
      if (node.kind !== 'object') return;
      for (const { key, value } of node.members.values()) {
        found.push([`key ${key.pointer}`, text.slice(key.start, key.end)]);
        visit(value);
      }
    };
    if (root) visit(root);
    expect(found).toEqual([
      ['', '{"a/b~": [10, {"é": "x"}]}'],
      ['key /a~1b~0', '"a/b~"'],
      ['/a~1b~0', '[10, {"é": "x"}]'],
      ['/a~1b~0/0', '10'],
      ['/a~1b~0/1', '{"é": "x"}'],
      ['key /a~1b~0/1/é', '"é"'],
      ['/a~1b~0/1/é', '"x"'],
    ]);
  });
});

// text, offset, pointer, message
const faults: [string, number, string, string][] = [
  ['', 0, '', 'expected a JSON value, found the end of the text'],
  ['  ', 2, '', 'expected a JSON value, found the end of the text'],
  ['{} x', 3, '', 'expected the end of the text, found `x`'],
  ['[1] [2]', 4, '', 'expected the end of the text, found `[`'],
  ['\uFEFF{}', 0, '', 'expected a JSON value, found `\\u{feff}`; remove the byte order mark'],
  ['{"a":1,}', 6, '', 'trailing comma'],
  ['[1,\n]', 2, '', 'trailing comma'],
  ['[,]', 1, '/0', 'expected a JSON value, found `,`'],
  ['[1,,2]', 3, '/1', 'expected a JSON value, found `,`'],
  ['{,}', 1, '', 'expected a key in double quotes, found `,`'],
  ['// policy\n{}', 0, '', 'expected a JSON value, found `/`; JSON has no comments'],
  ['{"a":1 /* one */}', 7, '', 'expected a comma or `}`, found `/`; JSON has no comments'],
  ['{# x\n}', 1, '', 'expected a key in double quotes, found `#`; JSON has no comments'],
  ["{'a':1}", 1, '', "expected a key in double quotes, found `'`; strings and keys need double quotes"],
  ["['a']", 1, '/0', "expected a JSON value, found `'`; strings and keys need double quotes"],
  ['{a:1}', 1, '', 'expected a key in double quotes, found `a`'],
  ['{"a" 1}', 5, '', 'expected a colon after the key, found `1`'],
  ['{"a":1 "b":2}', 7, '', 'expected a comma or `}`, found `"`'],
  ['{"a":}', 5, '/a', 'expected a JSON value, found `}`'],
  ['[1 2]', 3, '', 'expected a comma or `]`, found `2`'],
  ['[1}', 2, '', 'expected a comma or `]`, found `}`'],
  ['{"a":1', 6, '', 'expected a comma or `}`, found the end of the text'],
  ['[', 1, '/0', 'expected a JSON value, found the end of the text'],
  ['{', 1, '', 'expected a key in double quotes, found the end of the text'],
  ['[1,', 3, '/1', 'expected a JSON value, found the end of the text'],
  ['NaN', 0, '', 'expected a JSON value, found `NaN`'],
  ['-Infinity', 0, '', 'expected a JSON value, found `-Infinity`'],
  ['True', 0, '', 'expected a JSON value, found `True`'],
  ['truer', 0, '', 'expected a JSON value, found `truer`'],
  ['nul', 0, '', 'expected a JSON value, found `nul`'],
  ['undefined', 0, '', 'expected a JSON value, found `undefined`'],
  ['01', 0, '', 'expected a JSON value, found `01`'],
  ['-01', 0, '', 'expected a JSON value, found `-01`'],
  ['+1', 0, '', 'expected a JSON value, found `+1`'],
  ['.5', 0, '', 'expected a JSON value, found `.5`'],
  ['1.', 0, '', 'expected a JSON value, found `1.`'],
  ['1e', 0, '', 'expected a JSON value, found `1e`'],
  ['0x1F', 0, '', 'expected a JSON value, found `0x1F`'],
  ['1_000', 0, '', 'expected a JSON value, found `1_000`'],
  ['-', 0, '', 'expected a JSON value, found `-`'],
  ['\u{1f600}', 0, '', 'expected a JSON value, found `\u{1f600}`'],
  ['\u00a0{}', 0, '', 'expected a JSON value, found `\u00a0`'],
  ['\f{}', 0, '', 'expected a JSON value, found `\\u{c}`'],
  ['\u0000', 0, '', 'expected a JSON value, found `\\u{0}`'],
  ['"abc', 0, '', 'string without closing quote'],
  ['"abc\\"', 0, '', 'string without closing quote'],
  ['"a\nb"', 2, '', 'control character `\\u{a}` in a string must be escaped'],
  ['{"k":"\u0000"}', 6, '/k', 'control character `\\u{0}` in a string must be escaped'],
  ['"a\\x41"', 2, '', '`\\x` is no JSON escape'],
  ['"\\u12g4"', 1, '', '`\\u` is no JSON escape'],
  ['"\\', 1, '', '`\\` is no JSON escape'],
  ['"\\\'"', 1, '', "`\\'` is no JSON escape"],
  ['["\uD800"]', 1, '/0', 'string with half a surrogate pair'],
  ['["\\uDC00"]', 1, '/0', 'string with half a surrogate pair'],
  ['["\\uDE00\\uD83D"]', 1, '/0', 'string with half a surrogate pair'],
];

describe('text that is no JSON', () => {
  test.each(faults)('%j', (text, start, pointer, message) => {
    const { root, problems } = read(text);
    expect(root).toBe(undefined);
    expect(problems).toEqual([{ code: 'JSON_SYNTAX_ERROR', start, pointer, message }]);
  });

  test.each(faults)('JSON.parse refuses %j too, or it holds half a pair', (text) => {
    if (text.includes('\uD800') || /\\uD[C-F]/i.test(text)) return;
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });
});

describe('duplicate keys', () => {
  test('are reported where they stand, each one', () => {
    const { root, problems } = read('{"a":1,"b":{"a":2,"a":3},"a":4}');
    expect(root && plainValue(root)).toEqual({ a: 4, b: { a: 3 } });
    expect(problems).toEqual([
      { code: 'JSON_SYNTAX_ERROR', pointer: '/b/a', start: 18, message: 'duplicate key `a`' },
      { code: 'JSON_SYNTAX_ERROR', pointer: '/a', start: 25, message: 'duplicate key `a`' },
    ]);
  });

  test('are compared without escapes, and with case', () => {
    expect(read('{"a":1,"\\u0061":2}').problems).toHaveLength(1);
    expect(read('{"a":1,"A":2}').problems).toHaveLength(0);
    expect(read('{"__proto__":1,"__proto__":2}').problems).toHaveLength(1);
  });
});

describe('limits', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

  test('nesting', () => {
    expect(read(nested(NESTING_MAX)).problems).toEqual([]);
    expect(read(nested(NESTING_MAX + 1)).problems).toMatchObject([{ code: 'LIMIT_EXCEEDED', start: NESTING_MAX }]);
    expect(read('{"a":'.repeat(100_000)).problems).toMatchObject([{ code: 'LIMIT_EXCEEDED' }]);
  });

  test('length of strings, keys and numbers', () => {
    expect(read(`"${'a'.repeat(STRING_LENGTH_MAX)}"`).problems).toEqual([]);
    expect(read(`"${'a'.repeat(STRING_LENGTH_MAX + 1)}"`).problems).toMatchObject([
      { code: 'LIMIT_EXCEEDED', start: 0 },
    ]);
    expect(read(`{"${'a'.repeat(STRING_LENGTH_MAX + 1)}":1}`).problems).toMatchObject([
      { code: 'LIMIT_EXCEEDED', start: 1 },
    ]);
    expect(read('1'.repeat(STRING_LENGTH_MAX + 1)).problems).toMatchObject([{ code: 'LIMIT_EXCEEDED', start: 0 }]);
  });
});
