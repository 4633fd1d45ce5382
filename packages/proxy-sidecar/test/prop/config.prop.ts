// Configurations come from people and from templates gone wrong: whatever is said, there is a configuration that is whole, or
// an error that says where; and what is said by file, by variable and by flag comes to the same.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConfigError } from '../../src/config/config-error.js';
import { parseConfigFile } from '../../src/config/config-file.js';
import { pointerOf } from '../../src/config/config-layer.js';
import { violationsOf } from '../../src/config/describe-violation.js';
import { loadConfig } from '../../src/config/load-config.js';
import { flagOf, parseSetting, SETTINGS, variableOf } from '../../src/config/settings.js';

const RUNS = Number(process.env.RUNS ?? 300);
const options = { numRuns: RUNS, ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) };
const names = { command: 'lattice-auth-proxy', version: '0' };

async function outcome(argv: readonly string[], env: Record<string, string>): Promise<unknown> {
  try {
    return await loadConfig(argv, env, names);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    return error.problems.map(({ message }) => message);
  }
}

test('any text of a file is a document or a ConfigError', () => {
  const words = fc.constantFrom(
    'outbound',
    'inbound',
    ': ',
    '\n',
    '  ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '&a',
    '*a',
    '"',
    '!!js',
    '0x1',
    '~',
    'listen',
    '<<',
    '? ',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words, { maxLength: 40 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (written) => {
      try {
        const layer = parseConfigFile(written, 'sidecar.yaml');
        for (const { pointer, onKey, message } of violationsOf(layer.document)) {
          expect(message).not.toContain('\n');
          layer.whereIs(pointer, onKey);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
      }
    }),
    options,
  );
});

test('any command line and environment give a configuration, a text, or a ConfigError', async () => {
  const value = fc.oneof(fc.constantFrom('true', '0', '8080', ':8080', 'a=b', '*', ''), fc.string());
  const flag = fc.oneof(
    fc.constantFrom('--name', '--port', '-s', '-v', '--host', '--no-verify-ssl', '--config'),
    fc.constantFrom(...SETTINGS).map(flagOf),
    fc.string(),
  );
  const argv = fc.array(fc.oneof(flag, value), { maxLength: 6 });
  const env = fc.dictionary(fc.constantFrom(...SETTINGS).map(variableOf), value, { maxKeys: 4 });
  await fc.assert(
    fc.asyncProperty(argv, env, async (line, variables) => {
      expect(await outcome(line, variables)).toBeDefined();
    }),
    options,
  );
});

test('a flag, a variable and a line in a file say the same', async () => {
  const setting = fc.constantFrom(...SETTINGS);
  const text = fc.constantFrom(
    '1',
    '2000',
    'true',
    'false',
    'x',
    'http',
    'h2',
    'off',
    'a,b',
    'a=b',
    '10.0.0.1',
    '/p',
    '*',
  );
  await fc.assert(
    fc.asyncProperty(setting, text, async (one, value) => {
      const byFlag = await outcome([`${flagOf(one)}=${value}`], {});
      const byVariable = await outcome([], { [variableOf(one)]: value });
      const strip = (found: unknown) => JSON.stringify(found).replaceAll(`\`${one.path.join('.')}\` `, '');
      expect(strip(byVariable)).toBe(strip(byFlag));
      if (Array.isArray(byFlag)) return;
      const parsed = parseSetting(one.kind, value);
      const layer = parseConfigFile(JSON.stringify(nested(one.path, parsed)), 'sidecar.json');
      expect(violationsOf(layer.document)).toEqual([]);
      expect(layer.whereIs(pointerOf(one.path), false)).toMatch(/^sidecar\.json:1:\d+$/);
    }),
    options,
  );
});

function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, name) => ({ [name]: inner }), value);
}
