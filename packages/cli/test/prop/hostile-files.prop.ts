// Whatever is in the files, a command answers or says what is wrong with them; it never ends as a defect of its own.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runs, SEED } from '../arbitraries/runs.js';
import { runCli } from '../support/run-cli.js';

const SHOP = fileURLToPath(new URL('../fixtures/shop/', import.meta.url));
const FILES = ['shop.lattice-test.yaml', 'stack.yaml', 'orders.json', 'network.json', 'invoke.json'] as const;
const texts = new Map(FILES.map((file) => [file, readFileSync(join(SHOP, file), 'utf8')]));

let shop: string;
beforeAll(() => {
  shop = mkdtempSync(join(tmpdir(), 'lattice-auth-hostile-'));
  cpSync(SHOP, shop, { recursive: true });
});
afterAll(() => rmSync(shop, { recursive: true, force: true }));

/** A good file with something cut out, put in, or put twice. */
const damaged = fc.record({
  file: fc.constantFrom(...FILES),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(60),
  put: fc.oneof(
    fc.constantFrom(
      '',
      '[',
      '{',
      '}',
      ': ',
      '\n- ',
      '*',
      '&a ',
      '"',
      '__proto__',
      '${',
      '!!',
      '\t',
      '\u0000',
      '{ a: b }',
      'null',
      '1e999',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  ),
});

function damage({
  file,
  from,
  length,
  put,
}: {
  file: (typeof FILES)[number];
  from: number;
  length: number;
  put: string;
}): void {
  for (const [name, text] of texts) {
    const at = Math.floor(from * text.length);
    writeFileSync(join(shop, name), name === file ? text.slice(0, at) + put + text.slice(at + length) : text);
  }
}

const REQUEST = '{ "principal": "anonymous", "action": "a:b", "resource": "*" }';
const COMMANDS: readonly (readonly string[])[] = [
  ['test', '--table'],
  ['explain', '--stack', 'stack.yaml', '--from', 'web', '--to', 'orders', '/orders'],
  ['lint', ...FILES.slice(1)],
  ['eval', 'orders.json', '-'],
];

describe(`damaged files (seed ${SEED})`, () => {
  test('are answered with 0, 1 or 2, and every complaint has a code', async () => {
    await fc.assert(
      fc.asyncProperty(damaged, fc.constantFrom(...COMMANDS), async (change, argv) => {
        damage(change);
        const { code, stderr } = await runCli(argv, { cwd: shop, stdin: REQUEST });
        expect([0, 1, 2], stderr).toContain(code);
        for (const line of stderr.split('\n').filter(Boolean)) expect(line).toMatch(/: error: .+ \[[A-Z_]+\]$/);
        expect(stderr === '').toBe(code !== 2);
      }),
      runs(150),
    );
  });
});
