// Cases of rules about Lattice: resources, conditions, open access.
import { CONNECT, INVOKE, type LintCase, ROLE, SERVICE } from '../lint-case.js';

const NETWORK = 'arn:aws:vpc-lattice:us-west-2:111122223333:servicenetwork/sn-0123456789abcdef0';
const OTHER = 'arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-0fedcba9876543210';

const resource = (code: string, action: string, bad: string, good: string | string[], says?: RegExp): LintCase => ({
  code,
  bad: { Action: action, Resource: ['arn:aws:x:::y', `▸${bad}`] },
  pointer: '/Statement/0/Resource/1',
  good: { Action: action, Resource: good },
  ...(says && { says }),
});

const RESOURCES: readonly LintCase[] = [
  resource('LATTICE_ARN_SERVICE', INVOKE, SERVICE.replace('vpc-lattice', 'vpc-lattice-svcs'), `${SERVICE}/*`),
  resource(
    'LATTICE_INVOKE_WITHOUT_PATH',
    INVOKE,
    SERVICE,
    [`${SERVICE}/*`, `${SERVICE}*`, `${SERVICE}/`, '*'],
    /\/\*`/,
  ),
  {
    code: 'LATTICE_INVOKE_WITHOUT_PATH',
    type: 'identity',
    bad: { Resource: `▸${SERVICE}` },
    pointer: '/Statement/0/Resource',
    good: { Action: 's3:GetObject', Resource: SERVICE },
  },
  {
    code: 'LATTICE_INVOKE_WITHOUT_PATH',
    bad: { Resource: `▸${SERVICE}` },
    pointer: '/Statement/0/Resource',
    good: { Action: CONNECT, Principal: '*', Resource: SERVICE },
  },
  resource('LATTICE_RESOURCE_ONLY_CONNECT', 'vpc-lattice-svcs:*', SERVICE, [`${SERVICE}/*`, `${SERVICE}*`]),
  resource('LATTICE_CONNECT_WITH_PATH', CONNECT, `${SERVICE}/*`, [SERVICE, '*', `${SERVICE}*`]),
  {
    code: 'LATTICE_CONNECT_WITH_PATH',
    bad: { Action: CONNECT, Resource: `▸${SERVICE}/` },
    pointer: '/Statement/0/Resource',
    good: { Action: [CONNECT, INVOKE], Resource: `${SERVICE}/*` },
  },
  resource('LATTICE_LISTENER_ARN', INVOKE, `${SERVICE}/listener/listener-0123456789abcdef0`, `${SERVICE}/listener`),
  resource('LATTICE_NETWORK_ARN', INVOKE, NETWORK, '*', /ServiceNetworkArn/),
  resource('LATTICE_QUERY_IN_RESOURCE', INVOKE, `${SERVICE}/orders?id=*`, [`${SERVICE}/orders/?/x`, `${SERVICE}/a=b`]),
  {
    code: 'LATTICE_NOT_RESOURCE',
    bad: { Resource: undefined, NotResource: ['*/a'] },
    pointer: '/Statement/0/NotResource',
    behind: '"NotResource": ',
    good: {},
  },
  {
    code: 'LATTICE_DENY_PATH_EVADED',
    bad: [{ Resource: '*' }, { Effect: 'Deny', Resource: `▸${SERVICE}/admin*` }],
    pointer: '/Statement/1/Resource',
    says: /another casing \(`\/ADMIN\*`\)/,
    good: [{ Resource: `${SERVICE}/public/*` }, { Effect: 'Deny', Resource: `${SERVICE}/admin*` }],
  },
  {
    code: 'LATTICE_DENY_PATH_EVADED',
    bad: [{ Resource: '*' }, { Effect: 'Deny', Resource: ['*/ADMIN*', '▸*/42', '*/admin*'] }],
    pointer: '/Statement/1/Resource/1',
    says: /with a slash at its end/,
    good: [{ Resource: '*' }, { Effect: 'Deny', Resource: ['*/42', '*/42/*', `${OTHER}/*`] }],
  },
  {
    code: 'LATTICE_DENY_PATH_EVADED',
    type: 'identity',
    bad: [{ Resource: '*' }, { Effect: 'Deny', Resource: `▸${SERVICE}/7/` }],
    pointer: '/Statement/1/Resource',
    says: /without its slash/,
    good: [
      { Action: 's3:*', Resource: '*' },
      { Effect: 'Deny', Resource: `${SERVICE}/7/` },
    ],
  },
];

const at = (operator: string, name: string) => `/Statement/0/Condition/${operator}/${name.replaceAll('/', '~1')}`;

/** One condition that is wrong at its key. */
const key = (
  code: string,
  bad: [string, string, unknown],
  good: [string, string, unknown],
  says?: RegExp,
): LintCase => ({
  code,
  bad: { Condition: { [bad[0]]: { [`▸${bad[1]}`]: bad[2] } } },
  pointer: at(bad[0], bad[1]),
  good: { Condition: { [good[0]]: { [good[1]]: good[2] } } },
  ...(says && { says }),
});

/** One condition that is wrong at its only value. */
const value = (code: string, [operator, name, bad]: [string, string, string], good: unknown): LintCase => ({
  code,
  bad: { Condition: { [operator]: { [name]: `▸${bad}` } } },
  pointer: at(operator, name),
  good: { Condition: { [operator]: { [name]: good } } },
});

const CONDITIONS: readonly LintCase[] = [
  key(
    'LATTICE_KEY_PREFIX',
    ['StringEquals', 'vpc-lattice:SourceVpc', 'vpc-1a2b3c4d'],
    ['StringEquals', 'vpc-lattice-svcs:SourceVpc', 'vpc-1a2b3c4d'],
    /`vpc-lattice-svcs:SourceVpc`/,
  ),
  {
    code: 'LATTICE_KEY_PREFIX',
    type: 'identity',
    bad: { Condition: { StringEquals: { '▸vpc-lattice:RequestMethod': 'GET' } } },
    pointer: at('StringEquals', 'vpc-lattice:RequestMethod'),
    good: { Action: 'vpc-lattice:*', Condition: { ArnEquals: { 'vpc-lattice:ServiceArn': SERVICE } } },
  },
  value(
    'LATTICE_ARN_SERVICE',
    ['ArnLike', 'vpc-lattice-svcs:ServiceArn', SERVICE.replace('lattice', 'lattice-svcs')],
    SERVICE,
  ),
  key(
    'LATTICE_KEY_CASING',
    ['StringEquals', 'aws:PrincipalOrgId', 'o-1234567890'],
    ['StringEquals', 'aws:PrincipalOrgID', 'o-1234567890'],
    /`aws:PrincipalOrgID`/,
  ),
  {
    code: 'LATTICE_KEY_CASING',
    type: 'identity',
    bad: { Condition: { StringEquals: { '▸vpc-lattice-svcs:requestheader/X': 'a' } } },
    pointer: at('StringEquals', 'vpc-lattice-svcs:requestheader/X'),
    says: /`vpc-lattice-svcs:RequestHeader\/X`/,
    good: { Condition: { StringEquals: { 'aws:principalorgid': 'o-1234567890' } } },
  },
  key(
    'LATTICE_HEADER_CASING',
    ['StringEquals', 'vpc-lattice-svcs:RequestHeader/X-Team', 'a'],
    ['StringEquals', 'vpc-lattice-svcs:RequestHeader/x-team', 'a'],
    /x-team`/,
  ),
  value('LATTICE_METHOD_CASING', ['StringEquals', 'vpc-lattice-svcs:RequestMethod', 'get'], ['GET', 'PURGE', 'purge']),
  {
    code: 'LATTICE_METHOD_CASING',
    bad: { Condition: { StringLike: { 'vpc-lattice-svcs:RequestMethod': ['P*', '▸Delete'] } } },
    pointer: `${at('StringLike', 'vpc-lattice-svcs:RequestMethod')}/1`,
    good: { Condition: { StringEqualsIgnoreCase: { 'vpc-lattice-svcs:RequestMethod': 'delete' } } },
  },
  value(
    'LATTICE_PATH_FORM',
    ['StringLike', 'vpc-lattice-svcs:RequestPath', 'orders/*'],
    ['/orders/*', '*/x', '${aws:username}'],
  ),
  value('LATTICE_PORT_RANGE', ['NumericEquals', 'vpc-lattice-svcs:Port', '70000'], ['443', '0']),
  value(
    'LATTICE_SERVICE_ARN_PATH',
    ['ArnEquals', 'vpc-lattice-svcs:ServiceArn', `${SERVICE}/orders`],
    [SERVICE, `${SERVICE}/*`],
  ),
  key(
    'LATTICE_QUERY_WITHOUT_SET_OPERATOR',
    ['StringEquals', 'vpc-lattice-svcs:RequestQueryString/v', '1'],
    ['ForAnyValue:StringEquals', 'vpc-lattice-svcs:RequestQueryString/v', '1'],
    /`ForAnyValue:StringEquals`/,
  ),
  key(
    'LATTICE_QUERY_WITHOUT_SET_OPERATOR',
    ['StringNotLike', 'vpc-lattice-svcs:RequestQueryString/v', 'a*'],
    ['Null', 'vpc-lattice-svcs:RequestQueryString/v', 'false'],
  ),
  {
    code: 'LATTICE_REQUEST_KEY_WITH_CONNECT',
    bad: { Principal: '*', Action: CONNECT, Condition: { StringEquals: { '▸vpc-lattice-svcs:RequestMethod': 'GET' } } },
    pointer: at('StringEquals', 'vpc-lattice-svcs:RequestMethod'),
    good: { Action: [CONNECT, INVOKE], Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' } } },
  },
  {
    code: 'LATTICE_REQUEST_KEY_WITH_CONNECT',
    type: 'identity',
    bad: { Action: CONNECT, Condition: { StringLike: { '▸vpc-lattice-svcs:RequestHeader/a': 'b' } } },
    pointer: at('StringLike', 'vpc-lattice-svcs:RequestHeader/a'),
    good: { Action: CONNECT, Condition: { NumericEquals: { 'vpc-lattice-svcs:Port': 443 } } },
  },
  key(
    'LATTICE_SOURCE_VPC',
    ['StringEquals', 'aws:SourceVpc', 'vpc-1a2b3c4d'],
    ['StringEquals', 'vpc-lattice-svcs:SourceVpc', 'vpc-1a2b3c4d'],
  ),
  {
    code: 'LATTICE_SOURCE_VPC',
    type: 'identity',
    bad: { Condition: { StringEquals: { '▸aws:SourceVpc': 'vpc-1a2b3c4d' } } },
    pointer: at('StringEquals', 'aws:SourceVpc'),
    good: { Action: 's3:*', Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' } } },
  },
  key('LATTICE_SOURCE_IP', ['IpAddress', 'aws:SourceIp', '10.0.0.0/8'], ['IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8']),
  key(
    'LATTICE_FOREIGN_KEY',
    ['StringEquals', 's3:prefix', 'a'],
    ['StringEquals', 'token.actions.githubusercontent.com:sub', 'a'],
    /`s3`/,
  ),
  key(
    'LATTICE_FOREIGN_KEY',
    ['StringEquals', 'kms:ViaService', 'a'],
    ['ArnLike', 'lambda:SourceFunctionArn', 'arn:a:b:c:d:e'],
  ),
  key('LATTICE_UNDOCUMENTED_KEY', ['Bool', 'aws:SecureTransport', 'true'], ['StringEquals', 'aws:PrincipalTag/t', 'a']),
  key(
    'LATTICE_TRUE_WHEN_ABSENT',
    ['StringNotEquals', 'vpc-lattice-svcs:SourceVpc', 'vpc-1a2b3c4d'],
    ['StringNotEquals', 'aws:PrincipalType', 'Anonymous'],
    /"Null": \{ "vpc-lattice-svcs:SourceVpc": "false" \}/,
  ),
  key(
    'LATTICE_TRUE_WHEN_ABSENT',
    ['ForAllValues:StringEquals', 'vpc-lattice-svcs:RequestQueryString/v', '1'],
    ['ForAnyValue:StringNotEquals', 'vpc-lattice-svcs:RequestQueryString/v', '1'],
  ),
  {
    code: 'LATTICE_TRUE_WHEN_ABSENT',
    bad: {
      Condition: { StringNotLike: { '▸aws:PrincipalTag/team': 'x*' }, Null: { 'aws:PrincipalTag/team': 'true' } },
    },
    pointer: at('StringNotLike', 'aws:PrincipalTag/team'),
    good: {
      Condition: { StringNotLike: { 'aws:PrincipalTag/team': 'x*' }, Null: { 'aws:principaltag/team': 'false' } },
    },
  },
  {
    code: 'LATTICE_TRUE_WHEN_ABSENT',
    bad: { Condition: { ArnNotLike: { '▸aws:PrincipalArn': 'arn:aws:iam::*:user/*' } } },
    pointer: at('ArnNotLike', 'aws:PrincipalArn'),
    good: [
      { Effect: 'Deny', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } } },
      { Condition: { ArnNotLikeIfExists: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } } },
    ],
  },
  {
    code: 'LATTICE_GRPC_METHOD',
    bad: { Resource: '*/pets.Store/List', Condition: { StringEquals: { '▸vpc-lattice-svcs:RequestMethod': 'GET' } } },
    pointer: at('StringEquals', 'vpc-lattice-svcs:RequestMethod'),
    good: {
      Resource: '*/pets.Store/List',
      Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': ['GET', 'POST'] } },
    },
  },
  {
    code: 'LATTICE_GRPC_METHOD',
    bad: {
      Condition: {
        StringNotEquals: { '▸vpc-lattice-svcs:RequestMethod': 'POST' },
        StringLike: { 'vpc-lattice-svcs:RequestHeader/content-type': 'application/grpc*' },
      },
    },
    pointer: at('StringNotEquals', 'vpc-lattice-svcs:RequestMethod'),
    good: {
      Resource: ['*/index.html/*', '*/pets.Store/List'],
      Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' } },
    },
  },
  {
    code: 'LATTICE_GRPC_METHOD',
    bad: {
      Resource: '*/api.parking/GetRates',
      Condition: { StringLike: { '▸vpc-lattice-svcs:RequestMethod': 'GET' } },
    },
    pointer: at('StringLike', 'vpc-lattice-svcs:RequestMethod'),
    good: { Resource: '*/v1.2/Get', Condition: { StringLike: { 'vpc-lattice-svcs:RequestMethod': 'GET' } } },
  },
  {
    code: 'LATTICE_GRPC_QUERY',
    bad: {
      Resource: `${SERVICE}/pets.v1.Store/*`,
      Condition: { 'ForAnyValue:StringEquals': { '▸vpc-lattice-svcs:RequestQueryString/v': '1' } },
    },
    pointer: at('ForAnyValue:StringEquals', 'vpc-lattice-svcs:RequestQueryString/v'),
    good: { Condition: { 'ForAnyValue:StringEquals': { 'vpc-lattice-svcs:RequestQueryString/v': '1' } } },
  },
];

const when = (condition: unknown) => ({ Principal: '*', Condition: condition });

const OPEN: LintCase['good'][] = [
  when({ StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } }),
  when({ StringNotEquals: { 'aws:PrincipalType': 'Anonymous' } }),
  when({ StringNotEqualsIgnoreCase: { 'aws:PrincipalType': 'anonymous' } }),
  when({ StringNotLike: { 'aws:PrincipalType': 'Anon*' } }),
  when({ StringEquals: { 'aws:PrincipalType': ['AssumedRole', 'User'] } }),
  when({ StringNotEquals: { 'aws:PrincipalAccount': 'anonymous' } }),
  when({ StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-1a2b3c4d' } }),
  when({ StringLike: { 'aws:PrincipalTag/team': '*' } }),
  when({ Null: { 'aws:PrincipalArn': 'false' } }),
  when({ 'ForAnyValue:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } }),
  { Principal: { AWS: [ROLE, '111122223333'] } },
  { Principal: '*', Action: CONNECT, Resource: SERVICE },
  { Effect: 'Deny', Principal: '*' },
  [
    { Principal: '*' },
    { Effect: 'Deny', Principal: '*', Condition: { StringEquals: { 'aws:PrincipalType': 'Anonymous' } } },
  ],
  [
    { Principal: '*' },
    { Effect: 'Deny', Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
  ],
  [{ Principal: '*' }, { Effect: 'Deny', Principal: '*', Condition: { Null: { 'aws:PrincipalOrgID': 'true' } } }],
  [
    { Principal: '*' },
    { Effect: 'Deny', Principal: '*', Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' } } },
  ],
  [
    { Principal: '*', Resource: '*/a' },
    { Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: ROLE } },
  ],
];

const CLOSED: LintCase['bad'][] = [
  { Principal: '▸*' },
  { Principal: { AWS: '▸*' } },
  { Principal: '▸*', Condition: { StringEquals: { 'vpc-lattice-svcs:RequestHeader/x-key': 'secret' } } },
  { Principal: '▸*', Condition: { StringEquals: { 'aws:ResourceTag/stage': 'test' } } },
  // Lower case excludes nobody: the value is `Anonymous`.
  { Principal: '▸*', Condition: { StringNotEquals: { 'aws:PrincipalType': 'anonymous' } } },
  { Principal: '▸*', Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1234567890' } } },
  { Principal: '▸*', Condition: { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } } },
  { Principal: '▸*', Condition: { StringNotEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-1a2b3c4d' } } },
  { Principal: '▸*', Condition: { Null: { 'aws:PrincipalType': 'false' } } },
  [
    { Principal: '▸*' },
    {
      Effect: 'Deny',
      Principal: '*',
      Resource: '*/a',
      Condition: { StringEquals: { 'aws:PrincipalType': 'Anonymous' } },
    },
  ],
  [{ Principal: '▸*' }, { Effect: 'Deny', Principal: { AWS: ROLE } }],
];

const OPEN_ACCESS: readonly LintCase[] = OPEN.map((good, index) => {
  const bad = CLOSED[index % CLOSED.length] ?? {};
  const nested = JSON.stringify(bad).includes('"AWS":"▸');
  return {
    code: 'LATTICE_OPEN_PRINCIPAL',
    bad,
    pointer: nested ? '/Statement/0/Principal/AWS' : '/Statement/0/Principal',
    good,
  };
});

export const LATTICE_CASES: readonly LintCase[] = [...RESOURCES, ...CONDITIONS, ...OPEN_ACCESS];
