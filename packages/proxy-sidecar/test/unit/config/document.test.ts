// docs/sidecar.md names every setting, flag, metric and page there is, and its example is a configuration that can be used.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { COMPATIBLE_FLAGS } from '../../../src/config/compatible-flags.js';
import { parseConfigFile } from '../../../src/config/config-file.js';
import { violationsOf } from '../../../src/config/describe-violation.js';
import { SETTINGS } from '../../../src/config/settings.js';
import { createMetrics } from '../../../src/metrics/metrics.js';

const document = readFileSync(fileURLToPath(new URL('../../../../../docs/sidecar.md', import.meta.url)), 'utf8');

test('every setting, by itself or with its group', () => {
  const names = SETTINGS.map(({ path }) => path);
  const missing = names.filter((path) => {
    const groups = path.map((_, length) => `\`${path.slice(0, length).join('.')}.*\``);
    return ![`\`${path.join('.')}\``, ...groups].some((name) => document.includes(name));
  });
  expect(missing).toEqual([]);
});

test('every flag of aws-sigv4-proxy', () => {
  const flags = ['--host', '--sign-host', ...COMPATIBLE_FLAGS.flatMap(({ flags }) => flags.match(/--?[\w.-]+/g) ?? [])];
  expect(flags.filter((flag) => !document.includes(`\`${flag}\``))).toEqual([]);
});

test('every metric', () => {
  const metrics = createMetrics({ version: '0' });
  const names = metrics.families().map(({ name }) => name.replace('lattice_auth_proxy_', ''));
  metrics.close();
  expect(names.length).toBeGreaterThan(25);
  expect(names.filter((name) => !document.includes(`\`${name}\``) && !document.includes(`\`${name}{`))).toEqual([]);
});

test('the example can be used', () => {
  const examples = [...document.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  expect(examples.length).toBeGreaterThan(0);
  for (const text of examples) expect(violationsOf(parseConfigFile(text, 'sidecar.yaml').document)).toEqual([]);
});
