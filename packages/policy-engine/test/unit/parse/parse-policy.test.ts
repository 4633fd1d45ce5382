// parse-policy.test.ts — the document as a whole: sources, versions, limits, and how faults are told.
import { describe, expect, test } from 'vitest';
import { PolicyError, type PolicyErrorCode } from '../../../src/errors.js';
import { DOCUMENT_LENGTH_MAX, FINDINGS_MAX, STATEMENTS_MAX } from '../../../src/limits.js';
import { parsePolicy, parsePolicyFindings } from '../../../src/parse/parse-policy.js';
import { documentOf, findingsOf, messagesOf } from './findings-of.js';

/** The error that a source gives; anything else thrown fails the test. */
function errorOf(source: unknown, options: unknown = { type: 'auth' }): PolicyError {
  try {
    parsePolicy(source as string, options as { type: 'auth' });
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('the document', () => {
  test.each<[string, unknown, string[]]>([
    ['a list', [], ['DATA_TYPE_MISMATCH ']],
    ['a string', '"x"', ['DATA_TYPE_MISMATCH ']],
    ['null', 'null', ['DATA_TYPE_MISMATCH ']],
    ['nothing in it', {}, ['MISSING_STATEMENT ']],
    ['an empty list of statements', { Statement: [] }, ['MISSING_STATEMENT /Statement']],
    ['a string as statement', { Statement: 'x' }, ['DATA_TYPE_MISMATCH /Statement']],
    ['null among the statements', { Statement: [null] }, ['DATA_TYPE_MISMATCH /Statement/0']],
    ['a list among the statements', { Statement: [[]] }, ['DATA_TYPE_MISMATCH /Statement/0']],
    ['an unknown version', { ...documentOf({}), Version: '2012-10-18' }, ['INVALID_VERSION /Version']],
    ['a number as version', { ...documentOf({}), Version: 2012 }, ['INVALID_VERSION /Version']],
    ['a number as id', { ...documentOf({}), Id: 1 }, ['DATA_TYPE_MISMATCH /Id']],
    ['an unknown element', { ...documentOf({}), Statements: [] }, ['INVALID_POLICY_ELEMENT /Statements']],
    ['an element in another case', { ...documentOf({}), version: '2012-10-17' }, ['INVALID_POLICY_ELEMENT /version']],
    ['an element of statements', { ...documentOf({}), Effect: 'Allow' }, ['INVALID_POLICY_ELEMENT /Effect']],
  ])('%s', (_, source, expected) => {
    expect(findingsOf(source as object)).toEqual(expected);
  });

  test.each<[string, object | undefined]>([
    ['none', undefined],
    ['another type', { type: 'Auth' }],
    [
      'a type that throws',
      {
        get type() {
          throw new Error('no');
        },
      },
    ],
  ])('options that can not be read: %s', (_, options) => {
    const { policy, findings } = parsePolicyFindings(documentOf({}), options as { type: 'auth' });
    expect([policy, findings.map(({ code }) => code)]).toEqual([undefined, ['INVALID_POLICY_TYPE']]);
  });

  test('findings come in the order of the text, duplicate keys among them', () => {
    const text =
      '{"Version":"1","Statement":{"Effect":"Deny","Effect":"Deny","Action":"x","Principal":"*","Resource":"*"},"X":1}';
    expect(findingsOf(text)).toEqual([
      'INVALID_VERSION /Version',
      'JSON_SYNTAX_ERROR /Statement/Effect',
      'INVALID_ACTION /Statement/Action',
      'INVALID_POLICY_ELEMENT /X',
    ]);
  });

  test('a finding has all that a reader needs', () => {
    expect(parsePolicyFindings('{\n  "Statement": [],\n  "Id": 3\n}', { type: 'auth' })).toEqual({
      policy: undefined,
      findings: [
        {
          code: 'MISSING_STATEMENT',
          severity: 'error',
          message: 'policy without a statement',
          pointer: '/Statement',
          line: 2,
          column: 16,
        },
        {
          code: 'DATA_TYPE_MISMATCH',
          severity: 'error',
          message: 'expected string, found `3`',
          pointer: '/Id',
          line: 3,
          column: 9,
        },
      ],
    });
  });

  test('types are named in messages', () => {
    expect(messagesOf({ Statement: [[]] })).toEqual(['expected object, found array']);
    expect(messagesOf(documentOf({ Action: {} }))).toEqual(['expected string or array, found object']);
  });
});

describe('versions', () => {
  test.each([
    ['2012-10-17', '2012-10-17', true],
    ['2008-10-17', '2008-10-17', true],
    [undefined, '2008-10-17', false],
  ])('%s', (Version, version, versionDeclared) => {
    const policy = parsePolicy({ ...documentOf({}), Version }, { type: 'auth' });
    expect(policy).toMatchObject({ version, versionDeclared });
  });

  test('may stand behind the statements', () => {
    const { Version, ...rest } = documentOf({ Resource: '${' }) as { Version: string };
    expect(findingsOf({ ...rest, Version })).toEqual(['MISSING_BRACE_IN_VARIABLE /Statement/0/Resource']);
  });
});

describe('the policy', () => {
  test('carries type, name, id and its source', () => {
    const text = JSON.stringify({ Id: 'i', ...documentOf({}) });
    const policy = parsePolicy(text, { type: 'auth', name: 'orders' });
    expect(policy).toMatchObject({ type: 'auth', name: 'orders', id: 'i', source: text });
    expect(parsePolicy(text, { type: 'resource' })).toMatchObject({ type: 'resource', name: undefined });
  });

  test('an object is its JSON with two spaces of indentation', () => {
    const policy = parsePolicy(documentOf({}), { type: 'auth' });
    expect(policy.source).toBe(JSON.stringify(documentOf({}), null, 2));
    expect(policy.statements[0]?.span).toMatchObject({ line: 4, column: 5 });
  });

  test('can’t be changed, at any depth', () => {
    const policy = parsePolicy(documentOf({ Condition: { Bool: { 'a:b': [true] } } }), { type: 'auth' });
    const thawed: unknown[] = [];
    const visit = (value: unknown) => {
      if (typeof value !== 'object' || value === null) return;
      if (!Object.isFrozen(value)) thawed.push(value);
      Object.values(value).forEach(visit);
    };
    visit(policy);
    visit(parsePolicyFindings('{}', { type: 'auth' }));
    visit(parsePolicyFindings(documentOf({}), { type: 'auth' }).findings);
    // The outermost answer of parsePolicyFindings is the caller's own.
    expect(thawed).toEqual([{ policy: undefined, findings: expect.any(Array) }]);
  });
});

describe('objects that are no documents', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
  // Each level holds the one below ten times: 10^20 leaves, when unfolded.
  let wide: unknown = 'x';
  for (let level = 0; level < 20; level++) wide = Array.from({ length: 10 }, () => wide);
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();

  test.each<[string, unknown, PolicyErrorCode]>([
    ['undefined', undefined, 'ERR_POLICY_JSON'],
    ['null', null, 'ERR_POLICY_JSON'],
    ['a number', 1, 'ERR_POLICY_JSON'],
    ['a bigint', 1n, 'ERR_POLICY_JSON'],
    ['a boolean', true, 'ERR_POLICY_JSON'],
    ['a symbol', Symbol('x'), 'ERR_POLICY_JSON'],
    ['a function', () => '{}', 'ERR_POLICY_JSON'],
    ['a cycle', cyclic, 'ERR_POLICY_JSON'],
    ['a bigint inside', { Statement: 1n }, 'ERR_POLICY_JSON'],
    ['no JSON form', { toJSON: () => undefined }, 'ERR_POLICY_JSON'],
    ['a toJSON that throws', { toJSON: () => JSON.parse('') }, 'ERR_POLICY_JSON'],
    [
      'a getter that throws',
      {
        get Statement() {
          throw new Error('no');
        },
      },
      'ERR_POLICY_JSON',
    ],
    [
      'a getter that throws nothing',
      {
        get Statement() {
          throw undefined;
        },
      },
      'ERR_POLICY_JSON',
    ],
    ['a revoked proxy', revoked.proxy, 'ERR_POLICY_JSON'],
    ['half a surrogate pair', { Statement: '\ud800' }, 'ERR_POLICY_JSON'],
    ['too deep', deep(40), 'ERR_POLICY_LIMIT'],
    ['far too deep', deep(5_000), 'ERR_POLICY_LIMIT'],
    ['unfolding without end', wide, 'ERR_POLICY_LIMIT'],
    ['one string many times', Array.from({ length: 10_000 }, () => 'x'.repeat(1_000)), 'ERR_POLICY_LIMIT'],
    ['a date', new Date(0), 'ERR_POLICY_ELEMENT'],
    ['a string object', Object('{}'), 'ERR_POLICY_ELEMENT'],
    ['a map', new Map(), 'ERR_POLICY_ELEMENT'],
    ['NaN', { Statement: Number.NaN }, 'ERR_POLICY_ELEMENT'],
  ])('%s', (_, source, code) => {
    expect(errorOf(source).code).toBe(code);
  });

  test.each([null, 'auth', {}, { type: 'lattice' }, { type: 'toString' }, { type: undefined }])(
    'options %j',
    (options) => {
      expect(errorOf(documentOf({}), options)).toMatchObject({ code: 'ERR_POLICY_VALUE', pointer: '' });
    },
  );
});

describe('errors', () => {
  test('name the first fault and list all', () => {
    const error = errorOf('{\n "Statement": {"Effect": "allow"},\n "X": 1}');
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'PolicyError',
      code: 'ERR_POLICY_ELEMENT',
      pointer: '/Statement',
      line: 2,
      column: 15,
    });
    expect(error.message).toBe('statement without `Principal` at `/Statement` (line 2, column 15)');
    expect(error.findings.map(({ code }) => code)).toEqual([
      'MISSING_PRINCIPAL',
      'MISSING_ACTION',
      'MISSING_RESOURCE',
      'INVALID_EFFECT',
      'INVALID_POLICY_ELEMENT',
    ]);
  });

  test.each<[object, PolicyErrorCode]>([
    [{ Effect: 'x' }, 'ERR_POLICY_VALUE'],
    [{ Action: 'x' }, 'ERR_POLICY_VALUE'],
    [{ X: 'x' }, 'ERR_POLICY_ELEMENT'],
    [{ Action: 1 }, 'ERR_POLICY_ELEMENT'],
    [{ Condition: { X: {} } }, 'ERR_POLICY_OPERATOR'],
    [{ Condition: { NullIfExists: {} } }, 'ERR_POLICY_OPERATOR'],
    [{ Resource: '${' }, 'ERR_POLICY_VARIABLE'],
    [{ Condition: { IpAddress: { 'a:b': '${aws:x}' } } }, 'ERR_POLICY_VARIABLE'],
  ])('%j → %s', (changes, code) => {
    expect(errorOf(documentOf(changes)).code).toBe(code);
  });

  test('stay on one line, whatever the document says', () => {
    const { message } = errorOf(documentOf({ 'a\nb\u001b[2J': 1 }));
    expect(message).toContain('`/Statement/0/a\\u{a}b\\u{1b}[2J` (line');
    expect(message).not.toContain('\n');
  });
});

describe('limits', () => {
  const padded = (length: number) => {
    const text = JSON.stringify(documentOf({}));
    return text + ' '.repeat(length - text.length);
  };

  test('length of the document', () => {
    expect(findingsOf(padded(DOCUMENT_LENGTH_MAX))).toEqual([]);
    expect(findingsOf(padded(DOCUMENT_LENGTH_MAX + 1))).toEqual(['LIMIT_EXCEEDED ']);
  });

  test('number of statements', () => {
    const statement = { Effect: 'Deny', Action: '*', Resource: '*' };
    const text = (count: number) => JSON.stringify({ Statement: Array.from({ length: count }, () => statement) });
    expect(findingsOf(text(STATEMENTS_MAX), 'identity')).toEqual([]);
    expect(findingsOf(text(STATEMENTS_MAX + 1), 'identity')).toEqual(['LIMIT_EXCEEDED ']);
  });

  test.each([
    ['duplicate keys', `{${'"a":1,'.repeat(FINDINGS_MAX * 2)}"a":1}`],
    ['unknown elements', `{${Array.from({ length: FINDINGS_MAX * 2 }, (_, i) => `"a${i}":1`).join()}}`],
    ['statements', JSON.stringify({ Statement: Array.from({ length: FINDINGS_MAX }, () => ({})) })],
    [
      'operators',
      JSON.stringify(
        documentOf({ Condition: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`StringLike${i}`, {}])) }),
      ),
    ],
    [
      'operands',
      JSON.stringify(documentOf({ Condition: { StringLike: { a: Array.from({ length: 20_000 }, () => null) } } })),
    ],
    ['actions', JSON.stringify(documentOf({ Action: Array.from({ length: 20_000 }, () => '') }))],
  ])('number of findings: %s', (_, text) => {
    expect(findingsOf(text)).toHaveLength(FINDINGS_MAX);
  });
});
