// What real networks and the guide tell of Lattice's decisions, from the socket to the text of the answer: each on a small
// stack of its own, over HTTP, signed as its caller would.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProofPlane, type StackShape, startProofPlane } from '../support/proof.js';
import { type EchoTarget, startEchoTarget } from '../support/proof-targets.js';
import { askBytes, bytesOf, changed, headerOf, signedDraft } from '../support/proof-wire.js';

const ACCOUNT = '111122223333';
const SERVICE = `arn:aws:vpc-lattice:eu-west-1:${ACCOUNT}:service/svc-0123456789abcdef0`;
const CLIENT = `arn:aws:sts::${ACCOUNT}:assumed-role/client/pod-1`;

type Statement = Readonly<Record<string, unknown>>;
const policy = (...Statement: Statement[]) => ({ Version: '2012-10-17', Statement });
const allow = (Principal: unknown, Resource = '*', more: Statement = {}): Statement => {
  return { Effect: 'Allow', Principal, Action: 'vpc-lattice-svcs:Invoke', Resource, ...more };
};
const role = (name: string) => ({ AWS: `arn:aws:iam::${ACCOUNT}:role/${name}` });
const INVOKE = policy({ Effect: 'Allow', Action: 'vpc-lattice-svcs:Invoke', Resource: `${SERVICE}/*` });
const AUTHENTICATED = policy(
  allow('*', '*', { Condition: { StringNotEqualsIgnoreCase: { 'aws:PrincipalType': 'anonymous' } } }),
);
const NONE = { authType: 'NONE' };
const iam = (authPolicy?: object) => ({ authType: 'AWS_IAM', ...(authPolicy && { authPolicy }) });

interface Golden {
  readonly id: string;
  readonly network: object;
  readonly service: object;
  /** Identity policies of the role `client`; none when left out. */
  readonly identity?: readonly object[];
  readonly tags?: Readonly<Record<string, string>>;
  /** Undefined: the request is not signed. */
  readonly from?: 'client' | 'other';
  readonly path?: string;
  /** What follows the ARN in the answer; undefined when the target answers. */
  readonly denied?: string;
}

const NO_SERVICE = 'because no service-based policy allows the vpc-lattice-svcs:Invoke action';
const NO_NETWORK = 'because no network-based policy allows the vpc-lattice-svcs:Invoke action';
const NO_IDENTITY = 'because no identity-based policy allows the vpc-lattice-svcs:Invoke action';

const NAMES_CLIENT = iam(policy(allow(role('client'), `${SERVICE}/*`)));
const FROM_VPCS = iam(
  policy(
    allow('*', '*', {
      Condition: { StringEquals: { 'vpc-lattice-svcs:SourceVpc': ['vpc-1a2b3c4d', 'vpc-5e6f7a8b'] } },
    }),
  ),
);
const HELLO = iam(policy(allow('*', `${SERVICE}/hello`)));
const OPEN = iam(policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }));
const TAGGED = iam(
  policy(
    allow({ AWS: `arn:aws:iam::${ACCOUNT}:root` }, '*', {
      Condition: {
        StringEquals: {
          'aws:PrincipalTag/eks-cluster-name': 'cluster2',
          'aws:PrincipalTag/kubernetes-namespace': 'apps',
        },
      },
    }),
  ),
);

const CASES: readonly Golden[] = [
  { id: 'G1: auth is on and nobody wrote a policy', network: NONE, service: iam(), from: 'client', denied: NO_SERVICE },
  {
    id: 'G2: the service names the role, the role has no identity policy',
    ...{ network: NONE, service: NAMES_CLIENT, from: 'client', denied: NO_IDENTITY },
  },
  { id: 'G3: both sides allow', network: NONE, service: NAMES_CLIENT, identity: [INVOKE], from: 'client' },
  { id: 'G4: another role', network: NONE, service: NAMES_CLIENT, from: 'other', denied: NO_SERVICE },
  {
    id: 'G5: unsigned, where the network wants authenticated callers',
    ...{ network: iam(AUTHENTICATED), service: FROM_VPCS, denied: NO_NETWORK },
  },
  {
    id: 'G5: the same, signed',
    ...{ network: iam(AUTHENTICATED), service: FROM_VPCS, identity: [INVOKE], from: 'client' },
  },
  { id: 'G6: unsigned on the open path', network: NONE, service: HELLO, path: '/hello' },
  { id: 'G6: on the open path, an open network', network: OPEN, service: HELLO, path: '/hello' },
  { id: 'G6: on another path', network: NONE, service: HELLO, path: '/goodbye', denied: NO_SERVICE },
  { id: 'G6: on another path, an open network', network: OPEN, service: HELLO, path: '/goodbye', denied: NO_SERVICE },
  {
    id: 'G7: network and identity allow, the service denies',
    network: iam(policy(allow({ AWS: [role('client').AWS, role('other').AWS] }))),
    service: iam(policy({ Effect: 'Deny', Principal: '*', Action: '*', Resource: `${SERVICE}/*` })),
    ...{ identity: [INVOKE], from: 'client', denied: 'with an explicit deny in a service-based policy' },
  },
  {
    id: 'G8: session tags of another cluster',
    ...{ network: NONE, service: TAGGED, identity: [INVOKE], from: 'client', denied: NO_SERVICE },
    tags: { 'eks-cluster-name': 'cluster1', 'kubernetes-namespace': 'apps' },
  },
  {
    id: 'G8: session tags as the service wants them',
    ...{ network: NONE, service: TAGGED, identity: [INVOKE], from: 'client' },
    tags: { 'eks-cluster-name': 'cluster2', 'kubernetes-namespace': 'apps' },
  },
  {
    id: 'G9: signed, allowed by a template for all, no identity policy',
    ...{ network: NONE, service: iam(AUTHENTICATED), from: 'client', path: '/catalogdetail', denied: NO_IDENTITY },
  },
  {
    id: 'G12: auth on the network only, and no policy there',
    ...{ network: iam(), service: NONE, identity: [INVOKE], from: 'client', denied: NO_NETWORK },
  },
  { id: 'G12: the same, unsigned', network: iam(), service: NONE, denied: NO_NETWORK },
];

function stackOf({ network, service, identity, tags = {} }: Golden, targetUrl: string): StackShape {
  return {
    region: 'eu-west-1',
    account: ACCOUNT,
    vpcs: { 'vpc-a': { id: 'vpc-1a2b3c4d' } },
    serviceNetworks: { net: { id: 'sn-0123456789abcdef0', vpcs: ['vpc-a'], services: ['orders'], ...network } },
    services: {
      orders: {
        id: 'svc-0123456789abcdef0',
        ...service,
        listeners: { http: { protocol: 'HTTP', defaultAction: { forward: 'v1' } } },
      },
    },
    targetGroups: { v1: { type: 'IP', protocol: 'HTTP', port: 80, vpc: 'vpc-a' } },
    principals: {
      client: { arn: role('client').AWS, sessionName: 'pod-1', tags, policies: { identity: identity ?? [] } },
      other: { arn: role('other').AWS, sessionName: 'pod-1', policies: { identity: [] } },
    },
    local: { defaultVpc: 'vpc-a', targetGroups: { v1: { targets: [{ url: targetUrl }] } } },
  };
}

let target: EchoTarget;
beforeAll(async () => {
  target = await startEchoTarget();
});
afterAll(() => target.close());

async function withPlane(golden: Golden, use: (plane: ProofPlane) => Promise<void>): Promise<void> {
  const plane = await startProofPlane(stackOf(golden, target.url));
  try {
    await use(plane);
  } finally {
    await plane.close();
  }
}

test.each(CASES)('$id', async (golden) => {
  await withPlane(golden, async (plane) => {
    const { from, path = '/', denied } = golden;
    const draft = { host: plane.hostOf('orders'), target: path };
    const before = target.delivered.length;
    const sent = from === undefined ? draft : signedDraft(draft, plane.keysOf(from));
    const answer = await askBytes(plane.httpPort, bytesOf(sent));
    if (denied === undefined) {
      expect([answer.status, JSON.parse(answer.text)]).toMatchObject([200, { target: path }]);
      return;
    }
    const user = { client: CLIENT, other: CLIENT.replace('client', 'other'), none: 'anonymous' }[from ?? 'none'];
    const action = 'is not authorized to perform: vpc-lattice-svcs:Invoke on resource:';
    expect(answer.status).toBe(403);
    expect(answer.text).toBe(`AccessDeniedException: User: ${user} ${action} ${SERVICE}${path} ${denied}`);
    expect(answer.headers).toMatchObject({ 'x-amzn-requestid': expect.stringMatching(/^[\da-f-]{36}$/) });
    expect(target.delivered.length).toBe(before);
  });
});

// Signatures come before policies, whatever these say.
describe.each([
  { id: 'no auth at all', network: NONE, service: NONE },
  { id: 'open to all', network: OPEN, service: OPEN },
  { id: 'auth without policies', network: iam(), service: iam() },
])('$id', (golden) => {
  test('G10: a hash of the body was signed', async () => {
    await withPlane(golden, async (plane) => {
      const draft = { host: plane.hostOf('orders'), target: '/', method: 'POST', body: '{}' };
      const hash = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
      const answer = await askBytes(
        plane.httpPort,
        bytesOf(signedDraft(draft, plane.keysOf('client'), { payloadHash: hash })),
      );
      expect([answer.status, answer.text]).toEqual([
        403,
        'InvalidSignatureException: Signed payloads are not supported',
      ]);
    });
  });

  test('G11: the payload header is not signed, or not there', async () => {
    await withPlane(golden, async (plane) => {
      const draft = { host: plane.hostOf('orders'), target: '/' };
      const unsigned = signedDraft(draft, plane.keysOf('client'), { sendPayloadHash: false });
      expect(headerOf(unsigned, 'authorization')).not.toContain('content-sha256');
      for (const value of [undefined, 'UNSIGNED-PAYLOAD']) {
        const answer = await askBytes(plane.httpPort, bytesOf(changed(unsigned, 'x-amz-content-sha256', value)));
        expect([answer.status, answer.text]).toEqual([
          403,
          "IncompleteSignatureException: Missing the 'x-amz-content-sha256' in canonical headers",
        ]);
      }
    });
  });
});
