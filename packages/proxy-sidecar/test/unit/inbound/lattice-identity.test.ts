// All forms in which Lattice's identity headers are documented or were seen, and those that must not be believed.
import { expect, test } from 'vitest';
import { type HeaderReader, REPEATED, readIdentity } from '../../../src/inbound/lattice-identity.js';
import { NETWORK_ARN, SERVICE_ARN, WEB_ARN } from '../../support/policy-files.js';

const reader =
  (headers: Record<string, string | typeof REPEATED>): HeaderReader =>
  (name) =>
    headers[name];
const read = (headers: Record<string, string | typeof REPEATED>) => readIdentity(reader(headers));

function identityOf(headers: Record<string, string>) {
  const found = read(headers);
  if (found.kind !== 'read') throw new Error('malformed');
  return found.identity;
}

const IDENTITY = 'x-amzn-lattice-identity';
const TAGS = 'x-amzn-lattice-identity-tags';
const session = { arn: WEB_ARN, orgId: undefined, orgPaths: undefined, sessionName: undefined, tags: undefined };

test.each([
  [
    'as seen on the wire',
    `Principal=${WEB_ARN}; PrincipalOrgID=o-12345678; SessionName=pod-1; Type=AWS_IAM`,
    { ...session, orgId: 'o-12345678' },
  ],
  [
    'with empty values, newer',
    `Principal=${WEB_ARN}; PrincipalOrgID=; PrincipalOrgPaths=; SessionName=pod-1; Type=AWS_IAM`,
    session,
  ],
  [
    'as documented: no spaces, the path in the singular',
    `Principal=${WEB_ARN};PrincipalOrgID=o-1;PrincipalOrgPath=o-1/r-1/ou-1/;SessionName=pod-1`,
    { ...session, orgId: 'o-1', orgPaths: ['o-1/r-1/ou-1/'] },
  ],
  ['in another order, with a field nobody knows yet', `Type=AWS_IAM;New=x=y;Principal=${WEB_ARN};`, session],
  [
    'with the ARN of IAM that the documentation shows',
    'Principal=arn:aws:iam::111122223333:assumed-role/web/pod-1',
    session,
  ],
  [
    'of Roles Anywhere',
    `Principal=${WEB_ARN}; X509Issuer/OU=Ops\\; EU; X509SAN/NameCN=a; X509Subject/CN=web.example.com; Type=AWS_IAM`,
    { ...session, tags: { 'x509Issuer/OU': 'Ops; EU', 'x509SAN/Name/CN': 'a', 'x509Subject/CN': 'web.example.com' } },
  ],
  [
    'of a role, with the session beside it',
    'Principal=arn:aws:iam::111122223333:role/web; SessionName=pod-1',
    { ...session, arn: 'arn:aws:iam::111122223333:role/web', sessionName: 'pod-1' },
  ],
])('identity %s', (_, text, principal) => {
  expect(identityOf({ [IDENTITY]: text }).principal).toEqual(principal);
});

test('tags of the session; organization from either header', () => {
  const tags = `principal=${WEB_ARN};principalorgid=o-1;principalorgpath=o-1/r-1/;team=a\\;b;eks-cluster-name=c1;empty=`;
  expect(identityOf({ [IDENTITY]: `Principal=${WEB_ARN}`, [TAGS]: tags }).principal).toEqual({
    ...session,
    orgId: 'o-1',
    orgPaths: ['o-1/r-1/'],
    tags: { team: 'a;b', 'eks-cluster-name': 'c1', empty: '' },
  });
});

test('network and target', () => {
  expect(
    identityOf({
      'x-amzn-lattice-network': 'SourceVpcArn=arn:aws:ec2:eu-west-1:444455556666:vpc/vpc-0a1b2c3d',
      'x-amzn-lattice-target': `ServiceArn=${SERVICE_ARN}; ServiceNetworkArn=${NETWORK_ARN}; TargetGroupArn=x`,
      'x-amzn-source-vpc': 'vpc-0a1b2c3d',
      'x-forwarded-for': '203.0.113.9, 10.0.0.7',
      'x-forwarded-port': '443',
    }),
  ).toEqual({
    principal: 'anonymous',
    sourceVpc: 'vpc-0a1b2c3d',
    sourceVpcOwnerAccount: '444455556666',
    sourceIp: '10.0.0.7',
    port: 443,
    serviceArn: SERVICE_ARN,
    serviceNetworkArn: NETWORK_ARN,
  });
  expect(identityOf({ 'x-amzn-source-vpc': 'vpc-1' }).sourceVpc).toBe('vpc-1');
});

test.each([
  ['no principal', { [IDENTITY]: 'SessionName=x' }],
  ['an empty one', { [IDENTITY]: 'Principal=; Type=AWS_IAM' }],
  ['nothing at all', { [IDENTITY]: '' }],
  ['a field twice', { [IDENTITY]: `Principal=${WEB_ARN}; Principal=arn:aws:iam::1:root` }],
  ['a field twice, in other casing', { [IDENTITY]: `Principal=${WEB_ARN}; principal=arn:aws:iam::1:root` }],
  ['no pair', { [IDENTITY]: `Principal=${WEB_ARN}; oops` }],
  ['the header twice', { [IDENTITY]: REPEATED }],
  ['another type of authentication', { [IDENTITY]: `Principal=${WEB_ARN}; Type=OIDC` }],
  ['tags of somebody else', { [IDENTITY]: `Principal=${WEB_ARN}`, [TAGS]: 'principal=arn:aws:iam::1:root;a=b' }],
  ['tags of nobody', { [TAGS]: 'a=b' }],
  ['a network that is none', { 'x-amzn-lattice-network': 'SourceVpcArn=vpc-1' }],
  [
    'two networks',
    { 'x-amzn-lattice-network': 'SourceVpcArn=arn:aws:ec2:r:444455556666:vpc/vpc-1', 'x-amzn-source-vpc': 'vpc-2' },
  ],
  ['the target twice', { 'x-amzn-lattice-target': REPEATED }],
] as const)('nothing is concluded from %s', (_, headers) => {
  expect(read(headers)).toEqual({ kind: 'malformed' });
});
