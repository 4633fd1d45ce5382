// docs/kubernetes.md: what it shows can be applied, and its table has every annotation there is.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMPATIBLE_FLAGS } from '../../../src/config/compatible-flags.js';
import { KNOWN_ANNOTATIONS } from '../../../src/injector/annotations.js';
import { patchFile } from '../../../src/injector/patch-file.js';
import { manifests } from '../../support/injector/cluster-tools.js';
import { problemsOf } from '../../support/injector/strict-schema.js';
import { CONFIG } from '../../support/injector/webhook.js';

const text = readFileSync(new URL('../../../../../docs/kubernetes.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);

test.each(examples)('example %#: it is as Kubernetes has it, before and after', (yaml) => {
  const patched = patchFile(yaml, 'shop', CONFIG, 'yaml');
  expect(patched.warnings).toEqual([]);
  expect(patched.text).toContain('lattice-auth-proxy');
  for (const object of [...manifests(yaml), ...manifests(patched.text)]) expect(problemsOf(object)).toEqual([]);
});

test('every annotation is in the table', () => {
  const table = text.slice(text.indexOf('| `lattice-auth.io/…` |')).split('\n\n', 1)[0] ?? '';
  const names = [...table.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name),
  );
  expect(new Set(names)).toEqual(KNOWN_ANNOTATIONS);
});

test('so is every flag of aws-sigv4-proxy', () => {
  const flags = COMPATIBLE_FLAGS.flatMap((one) => [...one.flags.matchAll(/--[a-z.-]+/g)].map(([name]) => name));
  expect([...flags, '--host', '--sign-host'].filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
