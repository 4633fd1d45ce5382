// The plain manifests and the kustomization: strictly as Kubernetes has them, restricted as they should be, and in step with
// what the injector and the chart make.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.js';
import { injectPod } from '../../src/injector/inject.js';
import { injectorDefaults } from '../../src/injector/injector-config.js';
import type { Pod } from '../../src/injector/pod.js';
import { unusableFiles } from '../../src/policy/check-files.js';
import { DEPLOY, helm, kustomize, type Manifest, manifests, toolsRun } from '../support/injector/cluster-tools.js';
import { type AnyPod, brokenRules, unrestricted } from '../support/injector/pod-rules.js';
import { problemsOf } from '../support/injector/strict-schema.js';

const read = (name: string) => manifests(readFileSync(join(DEPLOY, 'kubernetes', name), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The template of a workload. */
function podOf(objects: readonly Manifest[]): AnyPod {
  const workload = objects.find(({ kind }) => kind === 'Deployment' || kind === 'Job');
  if (workload === undefined) throw new Error('no workload');
  return (workload.spec as { template: AnyPod }).template;
}

const INBOUND = { mode: 'inbound', 'app-port': '8000', policies: 'orders-policies' };
const examples: [string, Record<string, string>][] = [
  ['outbound-irsa.yaml', {}],
  ['outbound-pod-identity.yaml', {}],
  ['job.yaml', {}],
  ['inbound.yaml', INBOUND],
];

/** The sidecar that the injector would add, had the template asked for it. */
function injected(wish: Record<string, string>): unknown {
  const annotations = Object.fromEntries(Object.entries(wish).map(([key, value]) => [`lattice-auth.io/${key}`, value]));
  const pod: Pod = {
    metadata: { annotations: { ...annotations, 'lattice-auth.io/inject': 'true' } },
    spec: { containers: [{ name: 'app' }] },
  };
  const result = injectPod(pod, 'default', { ...injectorDefaults, image: 'registry.example.com/lattice-auth:0.1.0' });
  return result.kind === 'injected' ? result.pod.spec.initContainers?.[0] : result;
}

describe.each(examples)('%s', (file, wish) => {
  const objects = read(file);
  const pod = podOf(objects);

  test('is as Kubernetes has it, and restricted', () => {
    for (const object of objects) expect([object.kind, ...problemsOf(object)]).toEqual([object.kind]);
    expect(brokenRules(pod)).toEqual([]);
    const { securityContext } = pod.spec as { securityContext?: object };
    for (const one of [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]) {
      expect(unrestricted({ ...one, securityContext: { ...securityContext, ...one.securityContext } })).toEqual([]);
    }
  });

  test("has the injector's own sidecar", () => {
    expect(pod.spec.initContainers?.[0]).toEqual(injected(wish));
  });

  test('starts the sidecar with flags that it takes', async () => {
    const [sidecar] = pod.spec.initContainers as unknown as { args: string[] }[];
    const loaded = await loadConfig(sidecar?.args.slice(1) ?? [], {}, { command: 'x', version: '1' });
    // The kubelet's probes come from outside; nothing else is to be wondered at.
    const warnings = [expect.stringMatching(/^admin listens on 0\.0\.0\.0/)];
    expect(loaded).toMatchObject({ kind: 'config', warnings });
  });
});

test('the policies of the inbound example can be used', async () => {
  const map = read('inbound.yaml').find(({ kind }) => kind === 'ConfigMap') as unknown as {
    data: Record<string, string>;
  };
  for (const [name, text] of Object.entries(map.data)) writeFileSync(join(folder, name), text);
  const flags = ['--inbound.enabled=true', `--stack=${folder}/stack.yaml`];
  const loaded = await loadConfig(flags, {}, { command: 'x', version: '1' });
  if (loaded.kind !== 'config') throw new Error('no configuration');
  expect(await unusableFiles(loaded.config)).toEqual([]);
});

describe.skipIf(!toolsRun)('what is made by other programs', () => {
  test('the kustomization adds the sidecar, first', async () => {
    const objects = await kustomize(`${DEPLOY}/kubernetes/kustomize/overlays/shop`);
    for (const object of objects) expect([object.kind, ...problemsOf(object)]).toEqual([object.kind]);
    const pod = podOf(objects);
    expect(pod.spec.initContainers?.map(({ name }) => name)).toEqual(['lattice-auth-proxy', 'migrate']);
    const image = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/lattice-auth:0.1.0';
    expect(pod.spec.initContainers?.[0]).toEqual({ ...(injected({}) as object), image });
    expect(podOf(await kustomize(`${DEPLOY}/kubernetes/kustomize/base`)).spec.initContainers).toHaveLength(1);
  });

  test('injector.yaml is the chart', async () => {
    const sets = ['--set', 'image.repository=registry.example.com/lattice-auth'];
    const rendered = await helm(
      'template',
      'lattice-auth',
      `${DEPLOY}/helm/lattice-auth`,
      '-n',
      'lattice-auth',
      ...sets,
    );
    const plain = rendered.replaceAll(/^ *(?:app\.kubernetes\.io\/managed-by: Helm|helm\.sh\/chart: .*)\n/gm, '');
    const [namespace, ...rest] = read('injector.yaml');
    expect(namespace).toMatchObject({ kind: 'Namespace', metadata: { name: 'lattice-auth' } });
    expect(rest).toEqual(manifests(plain));
  });
});
