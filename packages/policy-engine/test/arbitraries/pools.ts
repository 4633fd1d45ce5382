// The small world that generated policies and requests share, so that they meet about half of the time.

export const ACCOUNTS = ['111122223333', '444455556666'] as const;
const [HOME, OTHER] = ACCOUNTS;

export const USER_ID = 'AIDAEXAMPLEUSER0001';
export const ROLE_ID = 'AROAEXAMPLEROLE0001';
export const CANONICAL_ID = '79a59df900b949e55d96a1e698fbaced';

export const CALLER_ARNS = [
  `arn:aws:sts::${HOME}:assumed-role/app/s1`,
  `arn:aws:sts::${HOME}:assumed-role/app/s2`,
  `arn:aws:sts::${HOME}:assumed-role/App/s1`,
  `arn:aws:sts::${OTHER}:assumed-role/app/s1`,
  `arn:aws:iam::${HOME}:role/app`,
  `arn:aws:iam::${HOME}:role/team/app`,
  `arn:aws:iam::${OTHER}:role/app`,
  `arn:aws:iam::${HOME}:role/aws-service-role/lattice.amazonaws.com/AWSServiceRoleForLattice`,
  `arn:aws:iam::${HOME}:user/alice`,
  `arn:aws:iam::${HOME}:user/team/alice`,
  `arn:aws:iam::${OTHER}:user/alice`,
  `arn:aws:iam::${HOME}:root`,
  `arn:aws:iam::${OTHER}:root`,
  `arn:aws:sts::${HOME}:federated-user/fred`,
  `arn:aws:iam::${HOME}:oidc-provider/idp.example.com/x`,
  `arn:aws:iam::${HOME}:saml-provider/corp`,
  'lambda.amazonaws.com',
] as const;

export const PRINCIPAL_ENTRIES: readonly (readonly [kind: string, text: string])[] = [
  ['AWS', '*'],
  ['AWS', HOME],
  ['AWS', OTHER],
  ['AWS', USER_ID],
  ['AWS', ROLE_ID],
  ['AWS', `arn:aws:iam::${HOME}:role/APP`],
  ['AWS', `arn:aws:iam::${HOME}:role/other/app`],
  ...CALLER_ARNS.filter((arn) => !/provider|amazonaws/.test(arn)).map((arn) => ['AWS', arn] as const),
  ['Service', 'lambda.amazonaws.com'],
  ['Service', 'vpc-lattice.amazonaws.com'],
  ['Federated', `arn:aws:iam::${HOME}:oidc-provider/idp.example.com/x`],
  ['Federated', `arn:aws:iam::${HOME}:saml-provider/corp`],
  ['Federated', 'cognito-identity.amazonaws.com'],
  ['CanonicalUser', CANONICAL_ID],
];

export const ACTIONS = [
  'vpc-lattice-svcs:Invoke',
  'vpc-lattice-svcs:Connect',
  'vpc-lattice:GetService',
  's3:GetObject',
  'sts:AssumeRole',
] as const;
export const ACTION_ENTRIES = [
  '*',
  ...ACTIONS,
  'VPC-Lattice-Svcs:INVOKE',
  'vpc-lattice-svcs:*',
  'vpc-lattice-svcs:In?oke',
  'vpc-lattice-svcs:*e*',
  'vpc-lattice*:Invoke',
  '*:*',
  's3:Get*',
  'S3:*',
] as const;

export const SERVICE_ARN = `arn:aws:vpc-lattice:us-east-1:${HOME}:service/svc-0a1`;
export const OTHER_SERVICE_ARN = `arn:aws:vpc-lattice:us-east-1:${HOME}:service/svc-0b2`;
export const NETWORK_ARN = `arn:aws:vpc-lattice:us-east-1:${HOME}:servicenetwork/sn-0c3`;
export const PATHS = [
  '/',
  '/rates',
  '/Rates',
  '/api/rates',
  '/rates/',
  '//rates',
  '/a%2fb',
  '/a/../rates',
  '/r*s',
  '/日😀',
];
export const RESOURCES = [
  ...PATHS.map((path) => SERVICE_ARN + path),
  SERVICE_ARN,
  `${OTHER_SERVICE_ARN}/rates`,
  'arn:aws:s3:::bucket/red/key:with:colons',
  'arn:aws:s3:${a:b}:x',
  '*',
] as const;
export const RESOURCE_ENTRIES = [
  '*',
  '*/rates',
  '*/*',
  `${SERVICE_ARN}/*`,
  `${SERVICE_ARN}/rates`,
  `${SERVICE_ARN}/?ates*`,
  SERVICE_ARN,
  `${OTHER_SERVICE_ARN}/*`,
  'arn:aws:vpc-lattice:us-*:*:service/*/rates',
  'arn:*:s3:::bucket/*',
  'arn:aws:vpc-lattice:*',
  '*:service/svc-0a1/*',
] as const;
/** For Version 2012-10-17, where they are more than their text; and for 2008-10-17, where they are not. */
export const RESOURCE_TEMPLATES = [
  'arn:aws:s3:::bucket/${aws:PrincipalTag/team}/*',
  "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'red'}/*",
  `${SERVICE_ARN}/\${vpc-lattice-svcs:SourceVpc}*`,
  `${SERVICE_ARN}/r\${*}s`,
  `${SERVICE_ARN}/\${aws:userid}`,
  'arn:aws:vpc-lattice:us-east-1:${aws:PrincipalAccount}:service/*',
  `${SERVICE_ARN}/\${app:none, '*'}`,
] as const;
export const SHORT_ARNS = [
  'arn:aws:s3:${a:b}',
  'arn:aws:vpc-lattice',
  'arn:aws:s3',
  'arn:aws:vpc-lattice:us-east-1',
  'arn:*',
] as const;
