// The schema and the typed configuration are two descriptions of one thing: neither may know what the other does not.
import { expect, test } from 'vitest';
import { pathOf, pointerOf } from '../../../src/config/config-layer.js';
import { violationsOf } from '../../../src/config/describe-violation.js';
import { redactConfig } from '../../../src/config/redact-config.js';
import { parseSetting, SETTINGS } from '../../../src/config/settings.js';
import { defaults, type SidecarConfig } from '../../../src/config/sidecar-config.js';

function leavesOf(value: unknown, path: readonly string[] = []): string[] {
  const isMap = path.at(-1) === 'customHeaders';
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isMap) return [path.join('.')];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

test('the defaults pass the schema, and each of them is a setting', () => {
  expect(violationsOf(defaults)).toEqual([]);
  const known = SETTINGS.map(({ path }) => path.join('.'));
  expect(leavesOf(defaults).filter((leaf) => !known.includes(leaf))).toEqual([]);
});

test('a pointer leads back to its path', () => {
  const path = ['a/b', '~', 'c'];
  expect(pathOf(pointerOf(path))).toEqual(path);
});

test('lists from text: spaces around commas, commas behind a backslash', () => {
  expect(parseSetting('list', 'a, b\\,c ,d')).toEqual(['a', 'b,c', 'd']);
  expect(parseSetting('list', '')).toEqual([]);
});

test('what could be a secret is not shown', () => {
  const config: SidecarConfig = {
    ...defaults,
    credentials: { stsEndpoint: 'https://user:geheim@sts.example.com/', externalId: 'geheim' },
    outbound: { ...defaults.outbound, signing: { ...defaults.outbound.signing, customHeaders: { 'x-key': 'geheim' } } },
  };
  const shown = JSON.stringify(redactConfig(config));
  expect(shown).not.toContain('geheim');
  expect(shown).toContain('https://[redacted]@sts.example.com/');
  expect(shown).toContain('x-key');
});
