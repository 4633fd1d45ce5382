// Whatever a Pod looks like: the injector answers, its patch applies, what comes out is a Pod that an apiserver takes, nothing of
// the app's is lost, and a second round changes nothing.
import fc from 'fast-check';
import type fastJsonPatch from 'fast-json-patch';
import { expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load-config.js';
import { KNOWN_ANNOTATIONS } from '../../../src/injector/annotations.js';
import { injectPod } from '../../../src/injector/inject.js';
import { jsonPatch } from '../../../src/injector/json-patch.js';
import { isPod, type Pod } from '../../../src/injector/pod.js';
import { patched } from '../../support/injector/apply-patch.js';
import { type AnyPod, brokenRules, unrestricted } from '../../support/injector/pod-rules.js';
import { IRSA, POD_IDENTITY, podWith } from '../../support/injector/pods.js';
import { problemsOf } from '../../support/injector/strict-schema.js';
import { CONFIG } from '../../support/injector/webhook.js';

/** What all modes that need something need. */
const REQUIRED = {
  'lattice-auth.io/inject': 'true',
  'lattice-auth.io/app-port': '8080',
  'lattice-auth.io/policies': 'orders',
  'lattice-auth.io/caller': 'web',
};

interface Container {
  readonly name: string;
  readonly args?: readonly string[];
}

const RUNS = Number(process.env.RUNS ?? 300);
const SEED = process.env.SEED === undefined ? {} : { seed: Number(process.env.SEED) };

/** Values that fit an annotation of their name more often than not. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  mode: ['outbound', 'inbound', 'both'],
  host: ['orders.example.com', 'orders.example.com:8443'],
  region: ['eu-west-1', '*', 'eu-west-1,eu-west-2'],
  'app-port': ['8080'],
  port: ['9000', '9901', '80'],
  transparent: ['true', 'false'],
  native: ['true', 'false'],
  policies: ['orders'],
  config: ['orders'],
  caller: ['web'],
  preflight: ['off', 'shadow'],
  'cpu-limit': ['', '2'],
  'memory-limit': ['1Gi'],
  'inbound-policies': ['a.json,b.json'],
  'log-level': ['debug'],
};

const wish = fc
  .record(Object.fromEntries(Object.entries(VALUES).map(([name, values]) => [name, fc.constantFrom(...values)])), {
    requiredKeys: [],
  })
  .map((values) => Object.fromEntries(Object.entries(values).map(([key, value]) => [`lattice-auth.io/${key}`, value])));

const annotations = fc
  .tuple(
    fc.constantFrom<Record<string, string>>(
      {},
      { 'lattice-auth.io/inject': 'true' },
      { 'lattice-auth.io/inject': 'true', 'lattice-auth.io/status': 'injected' },
      { 'vpc-lattices-svcs.amazonaws.com/agent-inject': 'true' },
      { 'sidecar.aws.signing-proxy/inject': 'true', 'sidecar.aws.signing-proxy/host': 'orders.example.com' },
    ),
    wish,
    fc.dictionary(fc.constantFrom('team', 'a/b', 'a~b', 'constructor'), fc.string()),
  )
  .map((parts) => Object.assign({}, ...parts) as Record<string, string>);

const container = (name: string) =>
  fc.record(
    {
      name: fc.constant(name),
      image: fc.constant('app'),
      ports: fc.array(fc.record({ containerPort: fc.constantFrom(80, 8080, 9900) }), { maxLength: 1 }),
      securityContext: fc.record({ runAsUser: fc.constantFrom(0, 101, 65_411) }),
      resources: fc.constant({ limits: { cpu: '1' } }),
    },
    { requiredKeys: ['name', 'image'] },
  );

const identity = fc.constantFrom({ app: {}, spec: { volumes: [] } }, IRSA, POD_IDENTITY);

const pod = fc
  .tuple(
    fc.option(annotations, { nil: undefined, freq: 10 }),
    fc.tuple(container('app'), identity),
    fc.subarray(['other', 'third']).chain((names) => fc.tuple(...names.map(container))),
    fc.option(fc.subarray(['migrate', 'wait']).chain((names) => fc.tuple(...names.map(container)))),
    fc.record(
      {
        hostNetwork: fc.boolean(),
        terminationGracePeriodSeconds: fc.constantFrom(0, 5, 30, 600),
        securityContext: fc.constant({ runAsNonRoot: true }),
        restartPolicy: fc.constantFrom('Never', 'Always'),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([given, [app, { app: env, spec }], more, initContainers, rest]) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'a-', ...(given && { annotations: given }) },
    spec: { ...rest, ...spec, containers: [{ ...app, ...env }, ...more], ...(initContainers && { initContainers }) },
  }));

const own = (name: string) => name.startsWith('lattice-auth-');
const apps = ({ spec }: AnyPod) =>
  [...spec.containers, ...(spec.initContainers ?? [])].filter(({ name }) => !own(name));

test('a patch is right, loses nothing, and is needed once', () => {
  let injected = 0;
  const check = (before: object) => {
    if (!isPod(before)) throw new Error('the generator makes Pods only');
    const result = injectPod(before, 'shop', CONFIG);
    if (result.kind !== 'injected') return;
    injected++;
    const after = patched(before, jsonPatch(before, result.pod) as fastJsonPatch.Operation[]);
    expect(problemsOf(after)).toEqual([]);
    expect(brokenRules(after)).toEqual([]);
    expect(apps(after)).toEqual(apps(before as unknown as AnyPod));
    const sidecar = [...after.spec.containers, ...(after.spec.initContainers ?? [])].find(({ name }) => own(name));
    expect(sidecar).toBeDefined();
    for (const one of [...after.spec.containers, ...(after.spec.initContainers ?? [])]) {
      if (one.name === 'lattice-auth-proxy') expect(unrestricted(one)).toEqual([]);
    }
    const again = injectPod(after as unknown as Pod, 'shop', CONFIG);
    expect(again.kind).toBe('injected');
    if (again.kind === 'injected') expect(jsonPatch(after, again.pod)).toEqual([]);
  };
  fc.assert(fc.property(pod, check), { numRuns: RUNS, ...SEED });
  // Otherwise the property holds for want of cases.
  expect(injected).toBeGreaterThan(RUNS / 10);
});

test('any JSON that passes for a Pod is answered, whatever its annotations say', () => {
  const loose = fc.tuple(
    fc.jsonValue(),
    fc.dictionary(
      fc.constantFrom(...[...KNOWN_ANNOTATIONS].map((name) => `lattice-auth.io/${name}`), 'lattice-auth.io/none'),
      fc.oneof(fc.constantFrom('true', 'false', '', 'eu-west-1', '8080'), fc.string()),
    ),
  );
  const check = ([value, given]: [unknown, Record<string, string>]) => {
    const spec = { ...(typeof value === 'object' ? value : {}), containers: [{ name: 'app' }] };
    const any = { metadata: { annotations: { ...given, 'lattice-auth.io/inject': 'true' } }, spec };
    if (!isPod(any)) return;
    const result = injectPod(any, 'shop', CONFIG);
    if (result.kind === 'refused') expect(result.problems.length).toBeGreaterThan(0);
    if (result.kind === 'injected') patched(any, jsonPatch(any, result.pod) as fastJsonPatch.Operation[]);
  };
  fc.assert(fc.property(loose, check), { numRuns: RUNS, ...SEED });
});

test('what an annotation may say, the sidecar takes: nobody is let through to a container that cannot start', async () => {
  const names = [...KNOWN_ANNOTATIONS].filter((name) => !['inject', 'status', 'config'].includes(name));
  const odd = fc.constantFrom(...['*', '*.a.b', 'a..b', '.a', 'a.', '-a', 'a,,b', 'a:0', 'a:65536', '[::1]', '0', '1']);
  const text = fc.string({ unit: fc.constantFrom(...'a1.:*,/_@+=-'), minLength: 1, maxLength: 5 });
  const values = (name: string) =>
    fc.oneof(fc.constantFrom(...(VALUES[name] ?? ['true', 'enforce', 'web'])), odd, text);
  const asked = fc.record(Object.fromEntries(names.map((name) => [`lattice-auth.io/${name}`, values(name)])), {
    requiredKeys: [],
  });
  // As few annotations as make a Pod be let through, most of the time.
  const few = asked.chain((all) => fc.subarray(Object.entries(all), { maxLength: 3 })).map(Object.fromEntries);
  const given = few.map((own) => ({ ...REQUIRED, ...own }));
  let taken = 0;
  const check = async (wanted: Record<string, string>) => {
    const before = podWith({ annotations: wanted });
    const result = isPod(before) ? injectPod(before, 'shop', CONFIG) : undefined;
    if (result?.kind !== 'injected') return;
    const all = [...result.pod.spec.containers, ...(result.pod.spec.initContainers ?? [])] as Container[];
    const [, ...args] = all.find(({ name }) => name === 'lattice-auth-proxy')?.args ?? [];
    await loadConfig(args, {}, { command: 'lattice-auth-proxy', version: '0' });
    taken++;
  };
  await fc.assert(fc.asyncProperty(given, check), { numRuns: RUNS, ...SEED });
  expect(taken).toBeGreaterThan(RUNS / 10);
});

test('the patch of two values turns one into the other', () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const check = (before: unknown, after: unknown) => {
    // Whole documents are never exchanged by the injector, and libraries differ in what that means.
    const patch = jsonPatch({ v: before }, { v: after }) as fastJsonPatch.Operation[];
    expect(patched({ v: before }, patch)).toEqual({ v: after });
    expect(jsonPatch({ v: after }, { v: after })).toEqual([]);
  };
  fc.assert(fc.property(value, value, check), { numRuns: RUNS, ...SEED });
});
