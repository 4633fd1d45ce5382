// The kinds of policies that AWS's guides and published walk-throughs show, in our own words, with everything that lint
// says about them: nothing, or what their authors should know.
import { CONNECT, INVOKE, ROLE, SERVICE } from './lint-case.js';

export interface PublishedPolicy {
  readonly name: string;
  readonly statements: readonly Readonly<Record<string, unknown>>[];
  /** `code pointer`, in the order of the text. */
  readonly findings: readonly string[];
  readonly version?: string | undefined;
}

const allow = (members: Readonly<Record<string, unknown>>) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: INVOKE,
  Resource: '*',
  ...members,
});
const vpcs = ['vpc-0a1b2c3d4e5f67890', 'vpc-1a2b3c4d'];

export const PUBLISHED_POLICIES: readonly PublishedPolicy[] = [
  {
    name: 'anybody of one organization',
    statements: [allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-123456example'] } } })],
    findings: [],
  },
  {
    name: 'one role may only GET',
    statements: [
      allow({
        Principal: { AWS: [ROLE] },
        Resource: `${SERVICE}/*`,
        Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' } },
      }),
    ],
    findings: [],
  },
  {
    name: 'signed callers of one VPC',
    statements: [
      allow({
        Condition: {
          StringNotEquals: { 'aws:PrincipalType': 'Anonymous' },
          StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-1a2b3c4d' },
        },
      }),
    ],
    findings: [],
  },
  {
    name: 'services by tag: anonymous callers too',
    statements: [
      allow({ Resource: `${SERVICE}/*`, Condition: { StringEquals: { 'aws:ResourceTag/Environment': 'Gamma' } } }),
    ],
    findings: ['LATTICE_OPEN_PRINCIPAL /Statement/0/Principal'],
  },
  {
    name: 'callers by tag',
    statements: [
      allow({ Resource: `${SERVICE}/*`, Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'Payments' } } }),
    ],
    findings: [],
  },
  {
    name: 'console template: authenticated callers',
    statements: [
      allow({ Action: '*', Condition: { StringNotEqualsIgnoreCase: { 'aws:PrincipalType': 'anonymous' } } }),
    ],
    findings: [],
  },
  {
    name: 'console template: everybody',
    statements: [allow({ Action: '*' })],
    findings: ['LATTICE_OPEN_PRINCIPAL /Statement/0/Principal'],
  },
  {
    name: 'a header as key, on a Gateway',
    statements: [allow({ Condition: { StringEquals: { 'vpc-lattice-svcs:RequestHeader/header1': 'value1' } } })],
    findings: ['LATTICE_OPEN_PRINCIPAL /Statement/0/Principal'],
  },
  {
    name: 'a bare account as principal',
    statements: [allow({ Principal: '123456789012' })],
    findings: ['LATTICE_BARE_ACCOUNT_PRINCIPAL /Statement/0/Principal'],
  },
  {
    name: 'pods by cluster and namespace',
    statements: [
      allow({
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Condition: {
          StringEquals: {
            'aws:PrincipalTag/eks-cluster-name': 'cluster2',
            'aws:PrincipalTag/kubernetes-namespace': 'apps',
            'vpc-lattice-svcs:SourceVpc': vpcs,
          },
        },
      }),
    ],
    findings: [],
  },
  {
    name: 'task roles on a network',
    statements: [allow({ Principal: { AWS: [ROLE, `${ROLE}-2`] } })],
    findings: [],
  },
  {
    name: 'a role, and a proxy with a verified token',
    statements: [
      allow({ Principal: { AWS: `${ROLE}-2` }, Resource: `${SERVICE}/*` }),
      allow({
        Principal: { AWS: `${ROLE}-envoy` },
        Resource: `${SERVICE}/*`,
        Condition: { StringEquals: { 'vpc-lattice-svcs:RequestHeader/x-jwt-scope-test.all': 'true' } },
      }),
    ],
    findings: [],
  },
  {
    name: 'everything denied',
    statements: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: `${SERVICE}/*` }],
    findings: [],
  },
  {
    name: 'an open path beside a closed one',
    statements: [
      allow({ Sid: 'Open', Resource: `${SERVICE}/hello` }),
      allow({ Sid: 'Closed', Principal: { AWS: ROLE }, Resource: `${SERVICE}/goodbye` }),
    ],
    findings: ['LATTICE_OPEN_PRINCIPAL /Statement/0/Principal'],
  },
  {
    name: 'old version without variables',
    statements: [allow({ Principal: { AWS: ROLE }, Resource: `${SERVICE}/*` })],
    version: '2008-10-17',
    findings: [],
  },
  {
    name: 'without version',
    statements: [allow({ Principal: { AWS: ROLE }, Resource: `${SERVICE}/*` })],
    version: undefined,
    findings: ['MISSING_VERSION '],
  },
  {
    name: 'gRPC methods',
    statements: [
      allow({ Principal: { AWS: ROLE }, Resource: [`${SERVICE}/api.parking/GetRates`, `${SERVICE}/api.billing/*`] }),
    ],
    findings: [],
  },
  {
    name: 'the same path on any service, as plain patterns',
    statements: [allow({ Principal: { AWS: ROLE }, Resource: ['*/rates', '*/parking/*'] })],
    findings: [],
  },
  {
    name: 'query parameters',
    statements: [
      allow({
        Principal: { AWS: ROLE },
        Condition: { 'ForAnyValue:StringEquals': { 'vpc-lattice-svcs:RequestQueryString/quux': ['corge', 'grault'] } },
      }),
    ],
    findings: [],
  },
  {
    name: 'TLS passthrough from one VPC on one port',
    statements: [
      allow({
        Action: CONNECT,
        Resource: SERVICE,
        Condition: {
          StringEquals: { 'vpc-lattice-svcs:SourceVpc': vpcs[0] },
          NumericEquals: { 'vpc-lattice-svcs:Port': 443 },
        },
      }),
    ],
    findings: [],
  },
  {
    name: 'guard rails: only our organization, and not the caller of another service network',
    statements: [
      allow({}),
      {
        Effect: 'Deny',
        Principal: '*',
        Action: '*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-123456example' } },
      },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: '*',
        Resource: '*',
        Condition: {
          ArnNotLike: {
            'vpc-lattice-svcs:ServiceNetworkArn': 'arn:aws:vpc-lattice:*:111122223333:servicenetwork/*',
          },
        },
      },
    ],
    findings: [],
  },
];
