// A Pod's life without a cluster: an AdmissionReview, the patched Pod, its containers as processes with the Pod's own
// environment, in the order of a kubelet, which probes them; calls through the sidecar, signed with EKS Pod Identity's
// credentials; the end, in order, with exit codes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ask } from '../support/app.js';
import { patched } from '../support/injector/apply-patch.js';
import { type Images, Kubelet, type RunnablePod } from '../support/injector/kubelet.js';
import { reviewOf } from '../support/injector/pods.js';
import { problemsOf } from '../support/injector/strict-schema.js';
import { CONFIG, patchOf, startWebhook, type Webhook } from '../support/injector/webhook.js';
import { NETWORK_ARN, orderPolicy, PolicyFolder, SERVICE_ARN, STACK, WEB_ARN } from '../support/policy-files.js';
import { CREDENTIALS, HOST } from '../support/sidecar.js';
import { startUpstream, type TestUpstream } from '../support/upstream.js';

const SIDECAR = fileURLToPath(new URL('../../dist/container/main.js', import.meta.url));
const APP = fileURLToPath(new URL('../support/injector/pod-app.mjs', import.meta.url));
const images: Images = {
  [CONFIG.image]: [process.execPath, SIDECAR],
  app: [process.execPath, APP],
};

let webhook: Webhook;
let service: TestUpstream;
let agent: Server;
let kubelet: Kubelet | undefined;
let folder: string;
const served: string[] = [];
const tokens: unknown[] = [];

beforeEach(async () => {
  served.length = 0;
  tokens.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'pod-life-'));
  writeFileSync(join(folder, 'token'), 'the-token-of-the-service-account');
  webhook = await startWebhook();
  // Refuses whatever is not signed with the credentials that the agent gives out.
  service = await startUpstream((request, response) => {
    served.push(request.url ?? '');
    response.end('from the service');
  });
  agent = createServer((request, response) => {
    tokens.push(request.headers.authorization);
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token } = CREDENTIALS;
    const Expiration = new Date(Date.now() + 3_600_000).toISOString();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ AccessKeyId, SecretAccessKey, Token, Expiration }));
  });
  await new Promise<void>((resolve) => agent.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  kubelet?.kill();
  agent.close();
  service.close();
  await webhook.close();
  rmSync(folder, { recursive: true });
});

/** A port that nobody has now, below those that the system gives to whoever asks for any. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createTcp();
    const opened = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '0.0.0.0', () => resolve(true));
    });
    if (!opened) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

/** A Pod as the apiserver would store it: with an identity, and the sidecar that it asks for. */
async function storedPod(wish: Record<string, string>, initContainers: object[], mode: string): Promise<RunnablePod> {
  const [port, admin] = [await freePort(), await freePort()];
  const env = Object.entries({
    AWS_REGION: 'eu-west-1',
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(agent.address() as AddressInfo).port}/v1/credentials`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(folder, 'token'),
    LATTICE: `http://127.0.0.1:${port}`,
    ADMIN: `http://127.0.0.1:${admin}`,
  }).map(([name, value]) => ({ name, value }));
  const annotations = Object.fromEntries(
    Object.entries({
      inject: 'true',
      port: String(port),
      'admin-port': String(admin),
      host: `127.0.0.1:${service.port}`,
      'sign-host': HOST,
      scheme: 'http',
      ...wish,
    }).map(([name, value]) => [`lattice-auth.io/${name}`, value]),
  );
  const volumeMounts = [{ name: 'eks-pod-identity-token', mountPath: folder, readOnly: true }];
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'web-', annotations },
    spec: {
      initContainers: initContainers.map((one) => ({ ...one, env })),
      containers: [{ name: 'app', image: 'app', args: [mode], env, volumeMounts }],
      volumes: [{ name: 'eks-pod-identity-token', emptyDir: {} }],
      terminationGracePeriodSeconds: 20,
    },
  };
  const response = await webhook.review(reviewOf(pod));
  const stored = patched(pod, patchOf(response));
  expect(problemsOf(stored)).toEqual([]);
  return stored as unknown as RunnablePod;
}

test('a native sidecar: there before the others, ready, and the last to go', async () => {
  const pod = await storedPod({}, [{ name: 'migrate', image: 'app', args: ['once'] }], 'serve');
  kubelet = new Kubelet(pod, images);
  await kubelet.start();
  await vi.waitFor(() => expect(served).toEqual(['/once', '/serve']), { timeout: 10_000 });
  expect(await kubelet.probe()).toBe(true);
  const codes = await kubelet.stop();
  expect(codes).toEqual({ 'lattice-auth-proxy': 0, migrate: 0, app: 0 });
  expect(kubelet.output('app')).toContain('/last 200 from the service');
  expect(served).toEqual(['/once', '/serve', '/last']);
  expect(kubelet.events).toEqual([
    'lattice-auth-proxy started',
    'lattice-auth-proxy passed its startup probe',
    'migrate started',
    'migrate ended with 0',
    'app started',
    'app told to end',
    'app ended with 0',
    'lattice-auth-proxy told to end',
    'lattice-auth-proxy ended with 0',
  ]);
  expect(new Set(tokens)).toEqual(new Set(['the-token-of-the-service-account']));
  expect(kubelet.output('lattice-auth-proxy')).not.toContain(CREDENTIALS.secretAccessKey);
}, 40_000);

test('a plain container beside a Job: told by the Job, it ends with 0', async () => {
  const pod = await storedPod({ native: 'false' }, [], 'job');
  // A kubelet starts plain containers without waiting for each other: the sidecar must be up when the Job first calls.
  const [app, sidecar] = pod.spec.containers;
  const first = { ...pod, spec: { ...pod.spec, initContainers: [], containers: [] } };
  expect(sidecar?.name).toBe('lattice-auth-proxy');
  expect(app?.name).toBe('app');
  kubelet = new Kubelet(
    { ...first, spec: { ...first.spec, containers: sidecar === undefined ? [] : [sidecar] } },
    images,
  );
  await kubelet.start();
  const own = kubelet;
  await vi.waitFor(async () => expect(await own.probe()).toBe(true), { timeout: 10_000 });
  const job = new Kubelet({ ...first, spec: { ...first.spec, containers: app === undefined ? [] : [app] } }, images);
  await job.start();
  expect(await job.exitOf('app')).toBe(0);
  expect(job.output('app')).toContain('shutdown 202');
  expect(await kubelet.exitOf('lattice-auth-proxy')).toBe(0);
  expect(served).toEqual(['/job']);
}, 40_000);

test('behind Lattice: the policies of a ConfigMap decide, and the app sees what they let in', async () => {
  const [port, admin, inbound] = [await freePort(), await freePort(), await freePort()];
  const policies = new PolicyFolder().write({ 'stack.yaml': STACK, 'orders.json': orderPolicy('GET') });
  // Here the test is Lattice, and comes from loopback.
  writeFileSync(join(folder, 'sidecar.yaml'), 'inbound: { trustedPeers: [127.0.0.0/8] }\n');
  const wish = { mode: 'inbound', 'app-port': port, 'admin-port': admin, 'inbound-port': inbound, policies: 'orders' };
  const annotations = Object.entries({ inject: 'true', config: 'orders', ...wish }).map(([name, value]) => [
    `lattice-auth.io/${name}`,
    String(value),
  ]);
  const env = [{ name: 'PORT', value: String(port) }];
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'orders', annotations: Object.fromEntries(annotations) as Record<string, string> },
    spec: { containers: [{ name: 'app', image: 'app', args: ['listen'], env }] },
  };
  const stored = patched(pod, patchOf(await webhook.review(reviewOf(pod))));
  expect(problemsOf(stored)).toEqual([]);
  const folders = { 'lattice-auth-config': folder, 'lattice-auth-policies': policies.path };
  kubelet = new Kubelet(stored as unknown as RunnablePod, images, folders);
  await kubelet.start();
  const identity = { 'x-amzn-lattice-identity': `Principal=${WEB_ARN}; Type=AWS_IAM` };
  const headers = {
    ...identity,
    'x-amzn-lattice-target': `ServiceArn=${SERVICE_ARN}; ServiceNetworkArn=${NETWORK_ARN}`,
  };
  await vi.waitFor(async () => expect((await ask(inbound, 'GET', '/', headers)).body).toBe('the app: GET'), 10_000);
  expect((await ask(inbound, 'DELETE', '/', headers)).status).toBe(403);
  expect(await kubelet.probe()).toBe(true);
  expect(await kubelet.stop()).toEqual({ 'lattice-auth-proxy': 0, app: 0 });
  policies.remove();
}, 40_000);
