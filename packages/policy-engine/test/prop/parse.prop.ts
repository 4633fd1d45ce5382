// parse.prop.ts — what must hold of parsing for every text and every value: it answers with a policy or with findings,
// agrees with JSON.parse and with the published schema, and every place is where it says.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PolicyError } from '../../src/errors.js';
import { NESTING_MAX } from '../../src/limits.js';
import type { Policy, PolicyType } from '../../src/model.js';
import { type JsonNode, plainValue, readJson } from '../../src/parse/json-reader.js';
import { parsePolicy, parsePolicyFindings } from '../../src/parse/parse-policy.js';
import { type ProblemCode, Stop } from '../../src/parse/problems.js';
import { checkShape } from '../../src/parse/shape.js';
import { anyText, jsonText, mutated, policyLike, policyType, runs } from '../arbitraries/policy-text.js';

/** The policy, or the error; anything else thrown fails the property. */
function parse(source: unknown, type: PolicyType): Policy | PolicyError {
  try {
    return parsePolicy(source as string, { type });
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
}

function read(text: string): { root: JsonNode | undefined; problems: string[] } {
  const problems: string[] = [];
  try {
    return { root: readJson(text, (code, _, message) => problems.push(`${code} ${message}`)), problems };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { root: undefined, problems };
  }
}

function everyNode(root: JsonNode, visit: (node: JsonNode, isKey: boolean) => void): void {
  visit(root, false);
  if (root.kind === 'array') for (const item of root.items) everyNode(item, visit);
  if (root.kind !== 'object') return;
  for (const { key, value } of root.members.values()) {
    visit(key, true);
    everyNode(value, visit);
  }
}

/** The value that a JSON Pointer leads to. */
function resolve(value: unknown, pointer: string): unknown {
  const parts = pointer.split('/').slice(1);
  return parts.reduce<unknown>((inner, part) => {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
      ? (inner as Record<string, unknown>)[key]
      : undefined;
  }, value);
}

describe('total', () => {
  test('any text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, mutated(jsonText)), policyType, (text, type) => {
        expect(parse(text, type)).toBeDefined();
      }),
      runs(1_000),
    );
  });

  test('any value', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      maxDepth: 4,
    });
    fc.assert(
      fc.property(fc.oneof(anything, fc.object(), fc.func(fc.nat())), policyType, (value, type) => {
        expect(parse(value, type)).toBeDefined();
      }),
      runs(500),
    );
  });

  test('almost policies, about a third of them accepted', () => {
    let accepted = 0;
    let all = 0;
    fc.assert(
      fc.property(policyLike, ({ type, document }) => {
        all++;
        if (!(parse(document, type) instanceof PolicyError)) accepted++;
      }),
      runs(1_000),
    );
    expect(accepted / all).toBeGreaterThan(0.2);
    expect(accepted / all).toBeLessThan(0.8);
  });

  test('almost policies as text, with a fault put in', () => {
    const text = policyLike.map(({ document }) => JSON.stringify(document));
    fc.assert(
      fc.property(mutated(text), policyType, (source, type) => {
        expect(parse(source, type)).toBeDefined();
      }),
      runs(1_000),
    );
  });
});

describe('findings', () => {
  test('there is a policy or there are findings, and the error is the first of them', () => {
    fc.assert(
      fc.property(policyLike, ({ type, document }) => {
        const { policy, findings } = parsePolicyFindings(document, { type });
        expect(findings.length === 0).toBe(policy !== undefined);
        const thrown = parse(document, type);
        if (!(thrown instanceof PolicyError)) {
          expect(thrown).toEqual(policy);
          return;
        }
        expect(thrown.findings).toEqual(findings);
        expect(findings[0]).toMatchObject({ pointer: thrown.pointer, line: thrown.line, column: thrown.column });
        expect(thrown.message).not.toMatch(/\n/);
      }),
      runs(),
    );
  });

  test('stand in order, at places that exist', () => {
    fc.assert(
      fc.property(policyLike, ({ type, document }) => {
        const source = JSON.stringify(document, null, 2);
        const lines = source.split('\n');
        const { findings } = parsePolicyFindings(source, { type });
        const places = findings.map(({ line, column }) => line * 1_000_000 + column);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        for (const { line, column, pointer, code } of findings) {
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length);
          if (code !== 'JSON_SYNTAX_ERROR') expect(resolve(JSON.parse(source), pointer)).toBeDefined();
        }
      }),
      runs(),
    );
  });
});

describe('places', () => {
  test('of a policy: each stretch of the source holds what was read there', () => {
    fc.assert(
      fc.property(policyLike, fc.constantFrom(0, 1, 4, '\t'), ({ type, document }, indent) => {
        const source = JSON.stringify(document, null, indent);
        const { policy } = parsePolicyFindings(source, { type });
        const at = ({ span }: { span: { start: number; end: number } }) =>
          JSON.parse(source.slice(span.start, span.end));
        for (const statement of policy?.statements ?? []) {
          expect(at(statement)).toEqual(resolve(JSON.parse(source), statement.pointer));
          const { principal, action, resource, conditions } = statement;
          const entries = [principal, action, resource].flatMap((element) => element?.entries ?? []);
          for (const entry of entries) expect(at(entry)).toBe(entry.text);
          for (const { key, operands } of conditions) {
            expect(at(key)).toBe(key.text);
            for (const operand of operands) expect(String(at(operand))).toBe(operand.text);
          }
          for (const each of [...entries, ...conditions.flatMap(({ key, operands }) => [key, ...operands])]) {
            const before = source.slice(0, each.span.start).split('\n');
            expect([each.span.line, each.span.column]).toEqual([before.length, (before.at(-1) ?? '').length + 1]);
          }
        }
      }),
      runs(),
    );
  });

  test('of JSON: the text of each node is the node, and its pointer leads to it', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        const { root } = read(text);
        if (!root) return;
        const whole = plainValue(root);
        everyNode(root, (node, isKey) => {
          const value = plainValue(node);
          expect(plainValue(read(text.slice(node.start, node.end)).root ?? node)).toEqual(value);
          if (!isKey) expect(resolve(whole, node.pointer)).toEqual(value);
        });
      }),
      runs(),
    );
  });
});

describe('JSON', () => {
  const strict = (text: string) => {
    try {
      return { value: JSON.parse(text) as unknown };
    } catch {
      return undefined;
    }
  };
  const halfPair = /\p{Surrogate}/u;

  test('the reader and JSON.parse accept the same texts, and read the same', () => {
    fc.assert(
      fc.property(fc.oneof(jsonText, mutated(jsonText), anyText), (text) => {
        const { root, problems } = read(text);
        const expected = strict(text);
        if (problems.some((problem) => /duplicate key|half a surrogate|exceeds/.test(problem))) {
          // These are the three things in which the reader is stricter.
          if (problems.some((problem) => problem.includes('half a surrogate'))) {
            expect(halfPair.test(text) || /\\ud[89a-f]/i.test(text)).toBe(true);
          }
          return;
        }
        expect(root !== undefined).toBe(expected !== undefined);
        if (root) expect(plainValue(root)).toEqual(expected?.value);
      }),
      runs(2_000),
    );
  });

  test('nesting is counted, not recursed into', () => {
    fc.assert(
      fc.property(fc.nat(2 * NESTING_MAX), fc.boolean(), (depth, array) => {
        const text = (array ? '[' : '{"a":').repeat(depth) + 1 + (array ? ']' : '}').repeat(depth);
        expect(read(text).root !== undefined).toBe(depth <= NESTING_MAX);
      }),
      runs(100),
    );
  });
});

describe('sources', () => {
  test('an object is read as its JSON', () => {
    fc.assert(
      fc.property(policyLike, ({ type, document }) => {
        const text = JSON.stringify(document, null, 2);
        expect(parsePolicyFindings(document, { type })).toEqual(parsePolicyFindings(text, { type }));
      }),
      runs(),
    );
  });

  test('white space changes places and nothing else', () => {
    const withoutPlaces = (policy: Policy | undefined) =>
      JSON.stringify({ ...policy, source: '' }, (key, value) => (key === 'span' ? undefined : value));
    fc.assert(
      fc.property(policyLike, ({ type, document }) => {
        const compact = parsePolicyFindings(JSON.stringify(document), { type });
        const spaced = parsePolicyFindings(JSON.stringify(document, null, '\t'), { type });
        expect(withoutPlaces(compact.policy)).toEqual(withoutPlaces(spaced.policy));
        const told = ({ findings }: typeof compact) =>
          findings.map(({ code, pointer, message }) => [code, pointer, message]);
        expect(told(compact)).toEqual(told(spaced));
      }),
      runs(),
    );
  });
});

test('the compiled shape says what the published schema says', () => {
  const path = new URL('../../schema/policy.schema.json', import.meta.url);
  const published = new Ajv({ allowUnionTypes: true, strictTypes: false }).compile(
    JSON.parse(readFileSync(path, 'utf8')),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        policyLike.map(({ document }) => document),
        fc.jsonValue(),
      ),
      (document) => {
        const text = JSON.stringify(document);
        const { root } = read(text);
        if (!root) return;
        const codes: ProblemCode[] = [];
        checkShape(root, (code) => codes.push(code));
        expect(codes.length === 0).toBe(published(JSON.parse(text)));
      },
    ),
    runs(1_000),
  );
});
