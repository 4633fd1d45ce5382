// Holds docs/evaluation.md, the rule tests and src/assumptions.ts together: every rule has a test whose title starts with
// its id, no test names a rule that isn't there, and the document and the code know the same assumptions.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ASSUMPTIONS } from '../../../src/index.js';

const here = new URL('./', import.meta.url);
const read = (url: URL) => readFileSync(url, 'utf8');
const document = read(new URL('../../../../../docs/evaluation.md', here));

const conformance = read(new URL('../../../../../docs/conformance.md', here));

/** Table rows of the document that state a rule, by id. */
const rules = new Map(
  document
    .split('\n')
    .map((line): [string | undefined, string] => [/^\| ([A-Z]+-[A-Z0-9-]+) \|/.exec(line)?.[1], line])
    .filter((row): row is [string, string] => row[0] !== undefined),
);

const testFiles = readdirSync(here).filter((name) => name.endsWith('.test.ts') && name !== 'rule-ids.test.ts');
const testSources = testFiles.map((name): [string, string] => [name, read(new URL(name, here))]);

/** A title is the first argument of `test` or of what `test.each` returns. */
const TITLE = /(?:\btest|\))\(\s*(['"`])((?:(?!\1).)+)\1/g;
const titles = testSources.flatMap(([, source]) => [...source.matchAll(TITLE)].map((match) => match[2] ?? ''));
const idOf = (title: string) => /^[A-Z]+-[A-Z0-9-]+(?= )/.exec(title)?.[0];
const testsIn = (source: string) => source.match(/^ *test(?:\.each)?[(<]/gm)?.length ?? 0;

describe('rules', () => {
  test('are found in the document', () => {
    expect(rules.size).toBeGreaterThan(100);
    expect(document.match(/^\| [A-Z][A-Z0-9-]+ \|/gm)).toHaveLength(rules.size);
  });

  test('each has a test whose title starts with its id', () => {
    const tested = new Set(titles.map(idOf));
    expect([...rules.keys()].filter((id) => !tested.has(id))).toEqual([]);
  });

  test('each test of this folder names a rule of the document', () => {
    const named = titles.map(idOf).filter((id) => id !== undefined);
    const tests = testSources.reduce((sum, [, source]) => sum + testsIn(source), 0);
    expect(tests).toBeGreaterThan(100);
    expect(named).toHaveLength(tests);
    expect(named.filter((id) => !rules.has(id))).toEqual([]);
  });

  test('each family stands in a row of docs/conformance.md, with the files that test it', () => {
    const rows = new Map(
      [...conformance.matchAll(/^\| ([A-Z, ]+) \| ((?:`[a-z-]+\.test\.ts`(?:, )?)+) \|/gm)].flatMap(
        ([, families = '', files = '']) =>
          families.split(', ').map((family): [string, string[]] => [family, files.match(/[a-z-]+\.test\.ts/g) ?? []]),
      ),
    );
    const expected = new Map<string, string[]>();
    for (const [name, source] of testSources) {
      for (const match of source.matchAll(TITLE)) {
        const family = idOf(match[2] ?? '')?.split('-')[0];
        if (family === undefined) continue;
        expected.set(family, [...new Set([...(expected.get(family) ?? []), name])]);
      }
    }
    const sorted = (map: Map<string, string[]>) =>
      [...map].map(([family, files]) => [family, [...files].sort()]).sort();
    expect(sorted(rows)).toEqual(sorted(expected));
  });

  test('comments in the sources name rules of the document', () => {
    const root = new URL('../../../src/', here);
    const families = new Set([...rules.keys()].map((id) => id.slice(0, id.indexOf('-'))));
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const named = sources.flatMap((name) =>
      [...read(new URL(name, root)).matchAll(/\b([A-Z]+)-(?:([A-Z][A-Z-]*[A-Z])|(\d+)(?:\.\.(\d+))?)\b/g)]
        .filter(([, family = '']) => families.has(family))
        .flatMap(([, family, word, from, to]) => [word ?? from, to ?? word ?? from].map((end) => `${family}-${end}`)),
    );
    expect(named.length).toBeGreaterThan(50);
    expect([...new Set(named)].filter((id) => !rules.has(id))).toEqual([]);
  });
});

describe('assumptions', () => {
  const known = Object.keys(ASSUMPTIONS);
  const documented = new Set(
    [...rules.values()].flatMap((line) =>
      [...line.matchAll(/`([a-z][a-z0-9]*(?:-[a-z0-9]+)+)`/g)].map(([, id]) => id ?? ''),
    ),
  );

  test('of the code are in the document', () => {
    expect(known.filter((id) => !documented.has(id))).toEqual([]);
  });

  test('of the document are in the code', () => {
    expect([...documented].filter((id) => !known.includes(id))).toEqual([]);
  });

  test('each is expected by a rule test', () => {
    const sources = testSources.map(([, source]) => source).join('\n');
    expect(known.filter((id) => !sources.includes(`'${id}'`))).toEqual([]);
  });

  test('each has its meaning in one sentence', () => {
    for (const meaning of Object.values(ASSUMPTIONS)) expect(meaning).toMatch(/^[^.]{20,120}$/);
  });
});
