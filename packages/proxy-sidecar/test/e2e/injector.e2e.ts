// The webhook over TLS, asked as an apiserver asks: what it patches is applied by another library, checked strictly against
// Kubernetes' schemas, and asked about again.
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CERTIFICATE, KEY, OTHER_CERTIFICATE, OTHER_KEY } from '../support/certificate.js';
import { patched } from '../support/injector/apply-patch.js';
import { type AnyPod, brokenRules, unrestricted } from '../support/injector/pod-rules.js';
import { INJECT, IRSA, POD_IDENTITY, podWith, reviewOf } from '../support/injector/pods.js';
import { problemsOf } from '../support/injector/strict-schema.js';
import { ask, patchOf, startWebhook, type Webhook } from '../support/injector/webhook.js';

let webhook: Webhook;
beforeAll(async () => {
  webhook = await startWebhook();
});
afterAll(() => webhook.close());

/** What the apiserver would store; everything that must hold for every injected Pod is checked on the way. */
async function inject(pod: object): Promise<AnyPod> {
  const response = await webhook.review(reviewOf(pod));
  expect(response).toMatchObject({
    uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
    allowed: true,
    patchType: 'JSONPatch',
  });
  const after = patched(pod, patchOf(response));
  expect(problemsOf(after)).toEqual([]);
  expect(brokenRules(after)).toEqual([]);
  const own = [...after.spec.containers, ...(after.spec.initContainers ?? [])].find(isSidecar);
  expect(own && unrestricted(own)).toEqual([]);
  const again = await webhook.review(reviewOf(after));
  expect(again).toEqual({ uid: again.uid, allowed: true, ...(response.warnings && { warnings: response.warnings }) });
  return after;
}

const isSidecar = ({ name }: { name: string }) => name === 'lattice-auth-proxy';
const names = (list: readonly { name: string }[] | undefined) => list?.map(({ name }) => name);
const sidecarOf = (pod: AnyPod) => [...(pod.spec.initContainers ?? []), ...pod.spec.containers].find(isSidecar);

describe('Pods of all kinds', () => {
  const job = { generateName: 'batch-', labels: { 'batch.kubernetes.io/job-name': 'batch' } };
  const pods: [string, object, string[]][] = [
    ['a bare one', podWith({ annotations: INJECT }), ['lattice-auth-proxy']],
    [
      'one of a Deployment, with generateName',
      podWith({ annotations: { ...INJECT, other: 'x' }, metadata: { name: undefined, generateName: 'orders-5d4-' } }),
      ['lattice-auth-proxy'],
    ],
    [
      'one of a Job',
      podWith({ annotations: INJECT, metadata: job, spec: { restartPolicy: 'Never' } }),
      ['lattice-auth-proxy'],
    ],
    [
      'one with init containers',
      podWith({ annotations: INJECT, spec: { initContainers: [{ name: 'migrate', image: 'm' }] } }),
      ['lattice-auth-proxy', 'migrate'],
    ],
    [
      'one with empty lists',
      podWith({ annotations: INJECT, spec: { initContainers: [], volumes: [] } }),
      ['lattice-auth-proxy'],
    ],
    ['one with IRSA', podWith({ annotations: INJECT, ...IRSA }), ['lattice-auth-proxy']],
    ['one with Pod Identity', podWith({ annotations: INJECT, ...POD_IDENTITY }), ['lattice-auth-proxy']],
    ['one on the host network', podWith({ annotations: INJECT, spec: { hostNetwork: true } }), ['lattice-auth-proxy']],
    [
      'one in transparent mode',
      podWith({
        annotations: { ...INJECT, 'lattice-auth.io/transparent': 'true' },
        spec: { initContainers: [{ name: 'migrate', image: 'm' }] },
      }),
      ['lattice-auth-rules', 'lattice-auth-proxy', 'migrate'],
    ],
    [
      "one with the workshops' annotation",
      podWith({ annotations: { 'vpc-lattices-svcs.amazonaws.com/agent-inject': 'true' } }),
      ['lattice-auth-rules', 'lattice-auth-proxy'],
    ],
  ];
  test.each(pods)('%s', async (_name, pod, initContainers) => {
    const copy = JSON.parse(JSON.stringify(pod)) as object;
    const after = await inject(copy);
    expect(names(after.spec.initContainers)).toEqual(initContainers);
    expect(names(after.spec.containers)).toEqual(['app']);
    expect(sidecarOf(after)).toMatchObject({ restartPolicy: 'Always', startupProbe: { failureThreshold: 30 } });
    expect(after.metadata.annotations?.['lattice-auth.io/status']).toBe('injected');
  });
});

test('the identity of the app is copied, and a read-only mount of its token', async () => {
  for (const identity of [IRSA, POD_IDENTITY]) {
    const sidecar = sidecarOf(await inject(podWith({ annotations: INJECT, ...identity })));
    expect(sidecar?.env).toEqual(identity.app.env);
    expect(sidecar?.volumeMounts).toEqual(identity.app.volumeMounts);
  }
});

test('a plain container goes to the others', async () => {
  const after = await inject(podWith({ annotations: { ...INJECT, 'lattice-auth.io/native': 'false' } }));
  expect(names(after.spec.containers)).toEqual(['app', 'lattice-auth-proxy']);
  expect(after.spec.initContainers).toBeUndefined();
});

test('inbound: two listeners, policies from a ConfigMap', async () => {
  const wish = {
    mode: 'inbound',
    'app-port': '8080',
    policies: 'orders-policies',
    'inbound-policies': 'a.json,b.json',
  };
  const annotations = Object.fromEntries(Object.entries(wish).map(([key, value]) => [`lattice-auth.io/${key}`, value]));
  const after = await inject(podWith({ annotations: { ...INJECT, ...annotations } }));
  expect(sidecarOf(after)).toMatchObject({
    args: expect.arrayContaining([
      '--outbound.enabled=false',
      '--inbound.app=127.0.0.1:8080',
      '--policies.inbound=/etc/lattice-auth/policies/a.json,/etc/lattice-auth/policies/b.json',
    ]),
    ports: [{ containerPort: 9901 }, { containerPort: 9902 }],
  });
});

test("AWS's annotations: their port, their status, so that their webhook adds nothing", async () => {
  const own = { inject: 'true', host: 'orders.example.com', name: 'vpc-lattice-svcs', region: 'eu-west-1' };
  const more = {
    'role-arn': 'arn:aws:iam::111122223333:role/web',
    'unsigned-payload': 'true',
    'upstream-url-scheme': 'http',
  };
  const annotations = Object.fromEntries(
    Object.entries({ ...own, ...more }).map(([key, value]) => [`sidecar.aws.signing-proxy/${key}`, value]),
  );
  const after = await inject(podWith({ annotations }));
  expect(after.metadata.annotations?.['sidecar.aws.signing-proxy/status']).toBe('injected');
  expect(sidecarOf(after)).toMatchObject({
    args: expect.arrayContaining([
      '--outbound.listen.port=8005',
      '--host=orders.example.com',
      '--name=vpc-lattice-svcs',
      '--region=eu-west-1',
      '--role-arn=arn:aws:iam::111122223333:role/web',
      '--upstream-url-scheme=http',
    ]),
  });
});

test('run again, it keeps what others have added to its container meanwhile, and takes up what they gave to the app', async () => {
  const first = await inject(podWith({ annotations: INJECT }));
  const later = structuredClone(first) as unknown as {
    spec: { containers: object[]; initContainers: Record<string, unknown>[]; volumes?: object[] };
  };
  // As the apiserver's defaults and the service account's admission do it between two rounds of webhooks.
  const [sidecar] = later.spec.initContainers;
  Object.assign(sidecar ?? {}, {
    terminationMessagePath: '/dev/termination-log',
    volumeMounts: [{ name: 'kube-api-access', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }],
    env: [{ name: 'AWS_REGION', value: 'eu-west-1' }],
  });
  Object.assign(later.spec.containers[0] ?? {}, IRSA.app);
  later.spec.volumes = [...IRSA.spec.volumes, { name: 'kube-api-access', emptyDir: {} }];
  const after = sidecarOf(await inject(later));
  expect(after).toMatchObject({ terminationMessagePath: '/dev/termination-log' });
  expect(after?.env).toEqual(expect.arrayContaining(IRSA.app.env));
  expect(after?.volumeMounts?.map(({ name }) => name)).toEqual(['kube-api-access', 'aws-iam-token']);
});

describe('Pods that are let through as they are', () => {
  test.each([
    ['without annotations', podWith()],
    ['that say no', podWith({ annotations: { 'lattice-auth.io/inject': 'false' } })],
    ['that are none', { apiVersion: 'v1', kind: 'Pod', spec: { containers: 'none' } }],
    ['with a sidecar of their own', podWith({ annotations: INJECT, app: { name: 'lattice-auth-proxy' } })],
    ["with AWS's sidecar", podWith({ annotations: INJECT, app: { name: 'sidecar-aws-sigv4-proxy' } })],
  ])('%s', async (_name, pod) => {
    const { allowed, patch } = await webhook.review(reviewOf(pod));
    expect({ allowed, patch }).toEqual({ allowed: true, patch: undefined });
  });

  test('an update, an eviction, and what is no Pod', async () => {
    const pod = podWith({ annotations: INJECT });
    for (const request of [
      { operation: 'UPDATE' },
      { subResource: 'eviction' },
      { kind: { group: 'apps', version: 'v1', kind: 'Deployment' } },
    ]) {
      expect(await webhook.review(reviewOf(pod, request))).toEqual({ uid: expect.any(String), allowed: true });
    }
  });
});

describe('Pods that asked and asked wrongly are refused, in words', () => {
  test.each([
    [{ 'lattice-auth.io/inject': 'yes' }, {}, 'lattice-auth.io/inject must be `true` or `false`'],
    [{ ...INJECT, 'lattice-auth.io/regoin': 'x' }, {}, 'unknown annotation lattice-auth.io/regoin'],
    [{ ...INJECT, 'lattice-auth.io/app-port': '0' }, {}, 'lattice-auth.io/app-port must be a port'],
    [{ ...INJECT, 'lattice-auth.io/mode': 'inbound' }, {}, 'lattice-auth.io/app-port is missing'],
    [{ ...INJECT, 'lattice-auth.io/transparent': 'true' }, { hostNetwork: true }, 'no hostNetwork'],
    [{ ...INJECT }, { os: { name: 'windows' } }, 'runs on Linux'],
    [{ 'sidecar.aws.signing-proxy/inject': 'true' }, {}, 'sidecar.aws.signing-proxy/host is missing'],
    [{ ...INJECT, 'lattice-auth.io/identity-from': 'nobody' }, {}, 'there is no such container'],
  ])('%j', async (annotations, spec, message) => {
    const { allowed, status, patch } = await webhook.review(
      reviewOf(podWith({ annotations: annotations as Record<string, string>, spec })),
    );
    expect({ allowed, patch, code: status?.code }).toEqual({ allowed: false, patch: undefined, code: 422 });
    expect(status?.message).toContain(message);
  });

  test('a Pod that cannot be read, and asked', async () => {
    const pod = { metadata: { annotations: INJECT }, spec: { containers: [{}] } };
    expect(await webhook.review(reviewOf(pod))).toMatchObject({ allowed: false });
  });
});

test('a namespace has defaults, and a Pod its own word', async () => {
  const shop = { 'lattice-auth.io/inject': 'true', 'lattice-auth.io/region': 'eu-west-1' };
  const own = await startWebhook({ namespaces: { shop } });
  try {
    expect((await own.review(reviewOf(podWith()))).patch).toBeDefined();
    expect((await own.review(reviewOf(podWith(), { namespace: 'other' }))).patch).toBeUndefined();
    const no = podWith({ annotations: { 'lattice-auth.io/inject': 'false' } });
    expect((await own.review(reviewOf(no))).patch).toBeUndefined();
  } finally {
    await own.close();
  }
});

test('a secret in the open is not copied, and is in no line of the log', async () => {
  const secret = 'wJalrXUtnFEMI-not-to-be-seen';
  const env = [
    { name: 'AWS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: 'aws', key: 'id' } } },
    { name: 'AWS_SECRET_ACCESS_KEY', value: secret },
    { name: 'AWS_REGION', value: 'eu-west-1' },
  ];
  const response = await webhook.review(reviewOf(podWith({ annotations: INJECT, app: { env } })));
  expect(JSON.stringify(patchOf(response))).not.toContain(secret);
  expect(JSON.stringify(patchOf(response))).not.toContain('secretKeyRef');
  expect(response.warnings?.join()).toContain('AWS_SECRET_ACCESS_KEY of container app is a literal value');
  expect(JSON.stringify(webhook.lines)).not.toContain(secret);
});

test('what is no review of version v1 is said to be none', async () => {
  const old = { ...reviewOf(podWith()), apiVersion: 'admission.k8s.io/v1beta1' };
  expect(await webhook.post(old)).toMatchObject({ status: 400, text: expect.stringContaining('v1beta1') });
  for (const body of ['', '{', '[]', 'null', '{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"}']) {
    expect((await webhook.post(body, { 'content-type': 'application/json' })).status).toBe(400);
  }
  expect((await webhook.post('{}', { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await webhook.post('x'.repeat(9 * 2 ** 20))).status).toBe(413);
  expect((await ask(webhook.port, 'GET', '/mutate')).status).toBe(405);
  expect((await ask(webhook.port, 'GET', '/nothing')).status).toBe(404);
});

test('who sends slowly, or no TLS, keeps nobody else waiting', async () => {
  const own = await startWebhook({}, { requestMs: 200 });
  const tls = connectTls({ host: '127.0.0.1', port: own.port, ca: CERTIFICATE, checkServerIdentity: () => undefined });
  tls.write('POST /mutate HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
  const plain = connectTcp(own.port, '127.0.0.1');
  const ends = [tls, plain].map(
    (socket) => new Promise((resolve) => socket.on('error', () => undefined).on('close', resolve)),
  );
  tls.resume();
  plain.resume();
  expect((await own.review(reviewOf(podWith({ annotations: INJECT })))).allowed).toBe(true);
  await Promise.all(ends);
  plain.destroy();
  await own.close();
});

test('a new certificate is used at once; draining, it is not ready but still answers', async () => {
  const own = await startWebhook();
  expect((await ask(own.port, 'GET', '/ready')).status).toBe(200);
  await expect(ask(own.port, 'GET', '/ready', '', {}, OTHER_CERTIFICATE)).rejects.toThrow();
  own.server.renew({ cert: OTHER_CERTIFICATE, key: OTHER_KEY });
  expect((await ask(own.port, 'GET', '/live', '', {}, OTHER_CERTIFICATE)).status).toBe(200);
  own.server.renew({ cert: CERTIFICATE, key: KEY });
  const drained = own.server.drain(300, 1_000);
  expect((await ask(own.port, 'GET', '/ready')).status).toBe(503);
  expect(await own.review(reviewOf(podWith({ annotations: INJECT })))).toMatchObject({ allowed: true });
  await drained;
  await expect(ask(own.port, 'GET', '/ready')).rejects.toThrow(/ECONNREFUSED/);
});
