// What becomes of a Pod, case by case: what it may not ask for, where it is left alone, what its annotations come to.
import { describe, expect, test } from 'vitest';
import { injectPod } from '../../../src/injector/inject.js';
import type { InjectorConfig } from '../../../src/injector/injector-config.js';
import { isPod, type Pod } from '../../../src/injector/pod.js';
import { podWith } from '../../support/injector/pods.js';
import { CONFIG } from '../../support/injector/webhook.js';

type Wish = Record<string, string>;

function podAsking(wish: Wish, more: Parameters<typeof podWith>[0] = {}): Pod {
  const own = Object.entries({ inject: 'true', ...wish }).map(([key, value]) => [`lattice-auth.io/${key}`, value]);
  const pod = podWith({ ...more, annotations: Object.fromEntries(own) as Record<string, string> });
  if (!isPod(pod)) throw new Error('no Pod');
  return pod;
}

const problems = (wish: Wish, more?: Parameters<typeof podWith>[0], config: Partial<InjectorConfig> = {}) => {
  const result = injectPod(podAsking(wish, more), 'shop', { ...CONFIG, ...config });
  return result.kind === 'refused' ? result.problems.join('\n') : result.kind;
};

interface Sidecar {
  readonly image: string;
  readonly args: string[];
  readonly resources: object;
  readonly securityContext: { readonly runAsUser: number };
}

function sidecar(wish: Wish, more?: Parameters<typeof podWith>[0], config: Partial<InjectorConfig> = {}): Sidecar {
  const result = injectPod(podAsking(wish, more), 'shop', { ...CONFIG, ...config });
  if (result.kind !== 'injected') throw new Error(JSON.stringify(result));
  const all = [...(result.pod.spec.initContainers ?? []), ...result.pod.spec.containers];
  return all.find(({ name }) => name === 'lattice-auth-proxy') as unknown as Sidecar;
}

const ports = (...containerPorts: number[]) => ({
  app: { ports: containerPorts.map((containerPort) => ({ containerPort })) },
});
const inbound = { mode: 'inbound', 'app-port': '8080', policies: 'p' };

describe('refused', () => {
  test.each<[string, Wish, Parameters<typeof podWith>[0] | undefined, Partial<InjectorConfig> | undefined]>([
    ['port 9900 is the app', {}, ports(9900), undefined],
    ['port 9901 is the app', {}, ports(80, 9901), undefined],
    ['port 9902 is the app', { ...inbound, 'app-port': '9902' }, undefined, undefined],
    ['port 9901 is asked for twice', { port: '9901' }, undefined, undefined],
    ['no image of the sidecar', {}, undefined, { image: '' }],
    ['no iptablesImage', { transparent: 'true' }, undefined, { iptablesImage: '' }],
    [
      'runs as 65411, as the sidecar',
      { transparent: 'true' },
      { spec: { securityContext: { runAsUser: 65_411 } } },
      undefined,
    ],
    [
      'runs as 7, as the sidecar',
      { transparent: 'true', uid: '7' },
      { app: { securityContext: { runAsUser: 7 } } },
      undefined,
    ],
    ['transparent is for what goes out', { ...inbound, transparent: 'true' }, undefined, undefined],
    ['transparent and lattice-auth.io/host cannot both be', { transparent: 'true', host: 'a' }, undefined, undefined],
    ['policies is missing', { mode: 'both', 'app-port': '80' }, undefined, undefined],
    ['caller is missing', { preflight: 'shadow', policies: 'p' }, undefined, undefined],
    ['runs on Linux', {}, { spec: { nodeSelector: { 'kubernetes.io/os': 'windows' } } }, undefined],
    ['lattice-auth.io/stack must be', { policies: 'p', stack: '../../etc/passwd' }, undefined, undefined],
    ['lattice-auth.io/role-arn must be', { 'role-arn': 'arn:aws:iam::1:user/a' }, undefined, undefined],
    ['lattice-auth.io/host must be', { host: 'a b' }, undefined, undefined],
    ['lattice-auth.io/host must be', { host: 'orders:65536' }, undefined, undefined],
    ['lattice-auth.io/allow must be', { allow: 'orders.example.com,*' }, undefined, undefined],
    ['lattice-auth.io/allow must be', { allow: 'orders..example.com' }, undefined, undefined],
    ['memory-request is more than', { 'memory-request': '1Gi', 'memory-limit': '512Mi' }, undefined, undefined],
    ['cpu-request is more than', { 'cpu-request': '1.5', 'cpu-limit': '1' }, undefined, undefined],
    [
      'volume lattice-auth-policies of its own',
      { config: 'c', policies: 'p' },
      { spec: { volumes: [{ name: 'lattice-auth-policies', secret: { secretName: 'mine' } }] } },
      undefined,
    ],
  ])('%s', (message, wish, more, config) => {
    expect(problems(wish, more, config)).toContain(message);
  });

  test('all that is wrong at once', () => {
    expect(problems({ mode: 'sideways', region: 'EU West', regoin: 'x' }).split('\n')).toHaveLength(3);
  });
});

test('what stands in the way of one mode is nothing to the other', () => {
  expect(problems({}, ports(9902))).toBe('injected');
  expect(problems(inbound, ports(9900))).toBe('injected');
  expect(problems({ ...inbound, policies: '', config: 'c', 'inbound-mode': 'off' })).toContain('policies must be');
  expect(problems({ mode: 'inbound', 'app-port': '80', 'inbound-mode': 'off' })).toBe('injected');
  expect(problems({ mode: 'inbound', 'app-port': '80', config: 'c' })).toBe('injected');
});

test('resources and image of its own', () => {
  const wish = { image: 'other@sha256:0', 'cpu-limit': '', 'memory-limit': '1Gi', 'cpu-request': '10m' };
  expect(sidecar(wish)).toMatchObject({
    image: 'other@sha256:0',
    resources: { requests: { cpu: '10m', memory: '96Mi' }, limits: { memory: '1Gi' } },
  });
  expect(sidecar(wish).resources).not.toHaveProperty('limits.cpu');
});

test.each([
  [{ 'memory-limit': '64Mi' }, { requests: { memory: '64Mi' }, limits: { memory: '64Mi' } }],
  [{ 'memory-request': '1Gi' }, { requests: { memory: '1Gi' }, limits: { memory: '1Gi' } }],
  [{ 'cpu-limit': '20m' }, { requests: { cpu: '20m' }, limits: { cpu: '20m' } }],
  [{ 'cpu-request': '1500m' }, { requests: { cpu: '1500m' }, limits: { cpu: '1500m' } }],
  [{ 'cpu-limit': '0.2' }, { requests: { cpu: '50m' }, limits: { cpu: '0.2' } }],
])('a default gives way to what a Pod says: %j', (wish, resources) => {
  expect(sidecar(wish).resources).toMatchObject(resources);
});

test('a port of another protocol is another port', () => {
  const udp = { app: { ports: [{ containerPort: 9900, protocol: 'UDP' }] } };
  expect(problems({}, udp)).toBe('injected');
  expect(problems({}, { app: { ports: [{ containerPort: 9900, protocol: 'TCP' }] } })).toContain(
    'port 9900 is the app',
  );
});

test('volumes of a ConfigMap with our name are those of an earlier round', () => {
  const volumes = [{ name: 'lattice-auth-policies', configMap: { name: 'p' } }];
  expect(problems({ config: 'c', policies: 'p' }, { spec: { volumes } })).toBe('injected');
});

test('users: one for all, another in transparent mode', () => {
  expect(sidecar({}).securityContext.runAsUser).toBe(65_532);
  expect(sidecar({ transparent: 'true' }).securityContext.runAsUser).toBe(65_411);
  expect(sidecar({ uid: '1234' }).securityContext.runAsUser).toBe(1_234);
});

test.each([
  [undefined, []],
  [30, []],
  [600, []],
  [10, ['--drain.deadline-ms=5000', '--drain.linger-ms=1000']],
  [0, ['--drain.deadline-ms=500', '--drain.linger-ms=250']],
])('with %s s to end, it drains in less', (terminationGracePeriodSeconds, flags) => {
  const { args } = sidecar({}, { spec: { terminationGracePeriodSeconds } });
  expect(args.filter((one) => one.startsWith('--drain'))).toEqual(flags);
});

test('IPv6: where redirected packets arrive, and where the kubelet asks', () => {
  const { args } = sidecar({ transparent: 'true' }, {}, { ipFamily: 'IPv6' });
  expect(args).toEqual(expect.arrayContaining(['--outbound.listen.host=::1', '--admin.listen.host=::']));
  expect(sidecar({}, {}, { ipFamily: 'IPv6' }).args).toContain('--outbound.listen.host=127.0.0.1');
});

test('annotations for all, for a namespace, and of the Pod: the last one wins', () => {
  const annotations = { 'lattice-auth.io/inject': 'true', 'lattice-auth.io/region': 'eu-west-1' };
  const namespaces = { shop: { 'lattice-auth.io/region': 'eu-west-2' } };
  const regionOf = (pod: object, namespace: string) => {
    if (!isPod(pod)) throw new Error('no Pod');
    const result = injectPod(pod, namespace, { ...CONFIG, annotations, namespaces });
    return result.kind === 'injected' && /--region=([^"]*)/.exec(JSON.stringify(result.pod))?.[1];
  };
  expect(regionOf(podWith(), 'other')).toBe('eu-west-1');
  expect(regionOf(podWith(), 'shop')).toBe('eu-west-2');
  expect(regionOf(podWith({ annotations: { 'lattice-auth.io/region': 'us-east-1' } }), 'shop')).toBe('us-east-1');
  expect(regionOf(podWith({ annotations: { 'lattice-auth.io/inject': 'false' } }), 'shop')).toBe(false);
  // A namespace with the name of something that all objects have.
  expect(regionOf(podWith(), 'constructor')).toBe('eu-west-1');
});

describe('AWS’s annotations', () => {
  const asked = (own: Wish, config: Partial<InjectorConfig> = {}) => {
    const given = Object.entries({ host: 'orders.example.com', ...own });
    const pod = podWith({
      annotations: Object.fromEntries(given.map(([key, value]) => [`sidecar.aws.signing-proxy/${key}`, value])),
    });
    if (!isPod(pod)) throw new Error('no Pod');
    return injectPod(pod, 'shop', { ...CONFIG, ...config });
  };
  const everywhere = { annotations: { 'lattice-auth.io/inject': 'true' } };

  test.each(['true', 'True', 'yes', 'Y', 'on'])('%s is yes', (inject) => {
    expect(asked({ inject }).kind).toBe('injected');
  });

  test.each(['false', 'no', 'N', 'off', 'FALSE'])('%s is no, also where the namespace says yes', (inject) => {
    expect(asked({ inject }).kind).toBe('untouched');
    expect(asked({ inject }, everywhere).kind).toBe('untouched');
  });

  test('neither is as if nothing were said', () => {
    expect(asked({ inject: 'perhaps' }).kind).toBe('untouched');
    expect(asked({ inject: 'perhaps' }, everywhere).kind).toBe('injected');
  });

  test('resources, under their names; little memory is warned of', () => {
    const result = asked({ inject: 'true', cpu: '20m', 'cpu-limit': '100m', memory: '32Mi', 'memory-limit': '64Mi' });
    if (result.kind !== 'injected') throw new Error(JSON.stringify(result));
    expect(result.pod.spec.initContainers?.[0]).toMatchObject({
      resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { cpu: '100m', memory: '64Mi' } },
    });
    expect(result.warnings).toEqual([expect.stringContaining('memory')]);
    expect(asked({ inject: 'true' })).toMatchObject({ warnings: [] });
  });

  test('spaces around a value are none of it', () => {
    expect(JSON.stringify(asked({ inject: 'true', host: ' orders.example.com ' }))).toContain(
      '--host=orders.example.com"',
    );
    expect(asked({ inject: 'true', host: ' ' })).toMatchObject({ kind: 'refused' });
    const ofNamespace = { namespaces: { shop: { 'lattice-auth.io/host': 'shop.example.com' } } };
    expect(JSON.stringify(asked({ inject: 'true', host: '' }, ofNamespace))).toContain('--host=shop.example.com"');
  });
});

test('annotations without the one that asks are wondered at', () => {
  const pod = podWith({ annotations: { 'lattice-auth.io/mode': 'outbound' } });
  if (!isPod(pod)) throw new Error('no Pod');
  expect(injectPod(pod, 'shop', CONFIG)).toEqual({ kind: 'untouched', warnings: [expect.stringContaining('inject')] });
});

test('from a plain container to a native one: it moves, and is there once', () => {
  const first = injectPod(podAsking({ native: 'false' }), 'shop', CONFIG);
  if (first.kind !== 'injected') throw new Error('not injected');
  const { 'lattice-auth.io/native': _, ...annotations } = first.pod.metadata?.annotations ?? {};
  const second = injectPod({ ...first.pod, metadata: { annotations } }, 'shop', CONFIG);
  if (second.kind !== 'injected') throw new Error('not injected');
  expect(second.pod.spec.containers.map(({ name }) => name)).toEqual(['app']);
  expect(second.pod.spec.initContainers?.map(({ name }) => name)).toEqual(['lattice-auth-proxy']);
});
