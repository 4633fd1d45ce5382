// The chart, rendered by helm itself with values of many kinds: what comes out is checked strictly, its parts fit together, and
// the injector takes the configuration that it is given.
import { X509Certificate } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { parseInjectorConfig } from '../../src/injector/injector-config.js';
import { readInjectorFlags } from '../../src/injector/injector-flags.js';
import { DEPLOY, helm, type Manifest, manifests, toolsRun } from '../support/injector/cluster-tools.js';
import { type AnyPod, unrestricted } from '../support/injector/pod-rules.js';
import { problemsOf } from '../support/injector/strict-schema.js';

const CHART = `${DEPLOY}/helm/lattice-auth`;
const IMAGE = 'image.repository=registry.example.com/lattice-auth';

/** Kinds of cert-manager's, whose schemas are in no package. */
const isForeign = ({ apiVersion }: Manifest) => apiVersion === 'cert-manager.io/v1';

async function render(sets: readonly string[] = [], json: readonly string[] = [], more: readonly string[] = []) {
  const values = [...[IMAGE, ...sets].flatMap((set) => ['--set', set]), ...json.flatMap((set) => ['--set-json', set])];
  const text = await helm('template', 'lattice-auth', CHART, '-n', 'mesh', ...values, ...more);
  const objects = manifests(text);
  for (const one of objects.filter((each) => !isForeign(each)))
    expect([one.kind, ...problemsOf(one)]).toEqual([one.kind]);
  return objects;
}

interface Webhooks {
  readonly webhooks: readonly {
    readonly failurePolicy: string;
    readonly clientConfig: { readonly caBundle?: string; readonly service: object };
    readonly namespaceSelector: { readonly matchExpressions: readonly { readonly values: readonly string[] }[] };
    readonly objectSelector: object;
    readonly reinvocationPolicy: string;
    readonly timeoutSeconds: number;
  }[];
}

function only<Kind>(objects: readonly Manifest[], kind: string): Kind {
  const [first, second] = objects.filter((one) => one.kind === kind);
  if (first === undefined || second !== undefined) throw new Error(`not one ${kind}`);
  return first as unknown as Kind;
}

const webhookOf = (objects: readonly Manifest[]) => {
  const [webhook] = only<Webhooks>(objects, 'MutatingWebhookConfiguration').webhooks;
  if (webhook === undefined) throw new Error('no webhook');
  return webhook;
};

describe.skipIf(!toolsRun)('the chart', () => {
  test('lint finds nothing', async () => {
    expect(await helm('lint', '--strict', CHART, '--set', IMAGE)).toContain('0 chart(s) failed');
  });

  const values: [string, string[], string[], string[]][] = [
    ['as it is', [], [], ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']],
    ['certificates by Helm', ['certificates.mode=helm', 'networkPolicy.enabled=true'], [], ['Secret']],
    ['cert-manager', ['certificates.mode=certManager'], [], ['Issuer', 'Certificate']],
    [
      'an issuer of your own',
      ['certificates.mode=certManager', 'certificates.certManager.issuerRef.name=x'],
      [],
      ['Certificate'],
    ],
    ['a network policy', ['networkPolicy.enabled=true'], [], ['NetworkPolicy']],
    ['one replica', ['replicas=1'], [], []],
    [
      'all that can be set',
      ['priorityClassName=system-cluster-critical', 'image.tag=v2', 'webhook.failurePolicy=Fail', 'nameOverride=other'],
      [
        'imagePullSecrets=[{"name":"pull"}]',
        'nodeSelector={"kubernetes.io/arch":"amd64"}',
        'tolerations=[{"key":"a","operator":"Exists"}]',
        'podLabels={"team":"mesh"}',
        'podAnnotations={"note":"1"}',
        'serviceAccount.annotations={"note":"1"}',
        'webhook.namespaceLabels={"sidecar-inject":"true"}',
        'webhook.matchConditions=[{"name":"a","expression":"true"}]',
        'sidecar.annotations={"lattice-auth.io/region":"eu-west-1"}',
        'sidecar.namespaces={"shop":{"lattice-auth.io/inject":"true"}}',
        'sidecar.ipFamily="IPv6"',
      ],
      [],
    ],
  ];
  test.each(values)('%s: every object is as Kubernetes has it', async (_name, sets, json, kinds) => {
    const objects = await render(sets, json);
    const found = objects.map(({ kind }) => kind);
    expect(found).toEqual(expect.arrayContaining(['Deployment', 'Service', 'MutatingWebhookConfiguration', ...kinds]));
  });

  test('what the injector is told, it understands', async () => {
    const objects = await render([], ['sidecar.namespaces={"shop":{"lattice-auth.io/inject":"true"}}']);
    const { data } = only<{ data: Record<string, string> }>(objects, 'ConfigMap');
    expect(parseInjectorConfig(data['injector.yaml'] ?? '', 'injector.yaml')).toMatchObject({
      image: 'registry.example.com/lattice-auth:0.1.0',
      namespaces: { shop: { 'lattice-auth.io/inject': 'true' } },
    });
    const { spec } = only<{ spec: { template: AnyPod } }>(objects, 'Deployment');
    const [container] = spec.template.spec.containers as unknown as { args: string[] }[];
    expect(container?.args[0]).toBe('injector');
    expect(readInjectorFlags(container?.args.slice(1) ?? [], 'injector', '1').listen.port).toBe(8443);
  });

  test('no native sidecars on a Kubernetes that does not know them: Pods would wait for ever', async () => {
    const on = (version: string, ...more: string[]) =>
      helm('template', 'lattice-auth', CHART, '--set', IMAGE, '--kube-version', version, ...more);
    await expect(on('1.28.9-eks-0')).rejects.toThrow(/sidecar.native=false/);
    expect(await on('1.28.9-eks-0', '--set', 'sidecar.native=false')).toContain('native: false');
    expect(await on('1.29.0-eks-0')).toContain('native: true');
  });

  test("the injector's own Pods meet the restricted standard", async () => {
    const { spec } = only<{ spec: { template: AnyPod } }>(await render(), 'Deployment');
    const { containers, ...pod } = spec.template.spec as AnyPod['spec'] & { securityContext: object };
    const [container] = containers.map((one) => ({
      ...one,
      securityContext: { ...pod.securityContext, ...one.securityContext },
    }));
    expect(container && unrestricted(container)).toEqual([]);
  });

  test('a cluster cannot be locked out', async () => {
    const webhook = webhookOf(await render());
    expect(webhook).toMatchObject({ failurePolicy: 'Ignore', timeoutSeconds: 5, reinvocationPolicy: 'IfNeeded' });
    expect(webhook.namespaceSelector.matchExpressions[0]?.values).toEqual(
      expect.arrayContaining(['kube-system', 'kube-node-lease', 'mesh']),
    );
    await expect(render([], ['webhook.excludedNamespaces=[]'])).rejects.toThrow(/excludedNamespaces/);
    await expect(render(['webhook.excludedNamespaces=null'])).rejects.toThrow(/missing property.*excludedNamespaces/);
  });

  test("the injector's own Pods are known by a label of ours, whatever the chart is called", async () => {
    const objects = await render(['nameOverride=web']);
    const [key, value] = ['lattice-auth.io/component', 'injector'];
    expect(webhookOf(objects).objectSelector).toEqual({
      matchExpressions: [{ key, operator: 'NotIn', values: [value] }],
    });
    const { spec } = only<{ spec: { template: { metadata: object } } }>(objects, 'Deployment');
    expect(spec.template.metadata).toMatchObject({ labels: { [key]: value } });
  });

  test('what the injector may do in the cluster is what its certificates need', async () => {
    const objects = await render();
    const rules = ['Role', 'ClusterRole'].flatMap((kind) => only<{ rules: object[] }>(objects, kind).rules);
    expect(rules).toEqual([
      { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['lattice-auth-tls'], verbs: ['get', 'update'] },
      {
        apiGroups: ['admissionregistration.k8s.io'],
        resources: ['mutatingwebhookconfigurations'],
        resourceNames: ['lattice-auth'],
        verbs: ['get', 'patch'],
      },
    ]);
    const { spec } = only<{ spec: { template: AnyPod } }>(objects, 'Deployment');
    const [container] = spec.template.spec.containers as unknown as { args: string[] }[];
    expect(readInjectorFlags(container?.args.slice(1) ?? [], 'injector', '1')).toMatchObject({
      certificateSecret: 'mesh/lattice-auth-tls',
      certificateHost: 'lattice-auth.mesh.svc',
      webhook: 'lattice-auth',
    });
    const others = await render(['certificates.mode=certManager']);
    expect(others.map(({ kind }) => kind)).not.toContain('Role');
    expect(JSON.stringify(others)).toContain('"automountServiceAccountToken":false,"enableServiceLinks"');
  });

  test('the certificate is for the service, and signed by what the apiserver trusts', async () => {
    const objects = await render(['certificates.mode=helm']);
    const { data } = only<{ data: Record<string, string> }>(objects, 'Secret');
    const decode = (text = '') => Buffer.from(text, 'base64').toString('utf8');
    const certificate = new X509Certificate(decode(data['tls.crt']));
    const ca = new X509Certificate(decode(webhookOf(objects).clientConfig.caBundle));
    expect(certificate.checkHost('lattice-auth.mesh.svc')).toBe('lattice-auth.mesh.svc');
    expect(certificate.verify(ca.publicKey)).toBe(true);
  });

  test.each([
    ['replicas=0', 'replicas'],
    ['sidecar.natvie=true', 'natvie'],
    ['certificates.mode=none', 'certificates'],
    ['webhook.failurePolicy=Maybe', 'failurePolicy'],
  ])('values that are wrong are refused: %s', async (set, part) => {
    await expect(render([set])).rejects.toThrow(new RegExp(part));
  });

  test('no image, no chart', async () => {
    await expect(helm('template', CHART)).rejects.toThrow(/image.repository/);
  });
});

const BY_HELM = ['certificates.mode=helm'];

describe.skipIf(!toolsRun)('an upgrade with certificates by Helm', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });

  /** What the chart makes, by group: helm asks which of them there are. */
  const KINDS: Readonly<Record<string, readonly string[]>> = {
    '': ['Secret', 'Service', 'ServiceAccount', 'ConfigMap'],
    apps: ['Deployment'],
    policy: ['PodDisruptionBudget'],
    'admissionregistration.k8s.io': ['MutatingWebhookConfiguration'],
  };
  const pathOf = (group: string) => (group === '' ? '/api/v1' : `/apis/${group}/v1`);
  const groupOf = (name: string) => {
    const version = { groupVersion: `${name}/v1`, version: 'v1' };
    return { name, versions: [version], preferredVersion: version };
  };
  const listOf = (group: string, kinds: readonly string[]) => ({
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: group === '' ? 'v1' : `${group}/v1`,
    resources: kinds.map((kind) => {
      const namespaced = kind !== 'MutatingWebhookConfiguration';
      return { name: `${kind.toLowerCase()}s`, singularName: kind.toLowerCase(), namespaced, kind, verbs: ['get'] };
    }),
  });

  /** As much of an apiserver as `lookup` needs, with one Secret. */
  async function apiserverWith({ metadata, ...rest }: Manifest): Promise<string[]> {
    // Helm writes down whose an object is when it makes it.
    const owner = { 'meta.helm.sh/release-name': 'lattice-auth', 'meta.helm.sh/release-namespace': 'mesh' };
    const secret = { ...rest, metadata: { ...metadata, annotations: { ...metadata.annotations, ...owner } } };
    const answers: Record<string, object> = {
      '/version': { major: '1', minor: '35', gitVersion: 'v1.35.0' },
      '/api': { kind: 'APIVersions', versions: ['v1'] },
      '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: Object.keys(KINDS).filter(Boolean).map(groupOf) },
      ...Object.fromEntries(Object.entries(KINDS).map(([group, kinds]) => [pathOf(group), listOf(group, kinds)])),
      '/api/v1/namespaces/mesh/secrets/lattice-auth-tls': secret,
    };
    const server = createServer((request, response) => {
      const found = answers[request.url?.split('?', 1)[0] ?? ''];
      response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(found ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404 }));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return ['--dry-run=server', '--disable-openapi-validation', '--kube-apiserver', `http://127.0.0.1:${port}`];
  }

  const bundleOf = (objects: readonly Manifest[]) =>
    Buffer.from(webhookOf(objects).clientConfig.caBundle ?? '', 'base64').toString('utf8');

  test('keeps the certificate', async () => {
    const secret = only<Manifest>(await render(BY_HELM), 'Secret');
    const after = await render(BY_HELM, [], await apiserverWith(secret));
    expect(only<Manifest>(after, 'Secret').data).toEqual(secret.data);
  });

  test('makes a new one when it ends soon, and has the old CA believed until the next', async () => {
    const secret = only<Manifest>(await render(BY_HELM), 'Secret');
    const soon = String(Math.floor(Date.now() / 1_000) + 86_400 * 30);
    const annotations = { 'lattice-auth.io/certificate-ends-at': soon };
    const old = { ...secret, metadata: { ...secret.metadata, annotations } };
    const after = await render(BY_HELM, [], await apiserverWith(old));
    expect(only<Manifest>(after, 'Secret').data).not.toEqual(secret.data);
    const bundle = bundleOf(after);
    expect(bundle.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    const before = Buffer.from((secret.data as Record<string, string>)['ca.crt'] ?? '', 'base64').toString('utf8');
    expect(bundle).toContain(before);
  });
});
