// The form of a lint case: a document with a mark where the finding must stand, and one like it without the finding.
// `▸` at the start of a string or key marks its opening quote; what is neither is named by the text in front of it.
import type { PolicyType } from '../../../src/index.js';

export const SERVICE = 'arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-0123456789abcdef0';
export const INVOKE = 'vpc-lattice-svcs:Invoke';
export const CONNECT = 'vpc-lattice-svcs:Connect';
export const ROLE = 'arn:aws:iam::111122223333:role/orders';

/** Members of a statement; `undefined` leaves one out. */
type Statement = Readonly<Record<string, unknown>>;
/** Statement members, several statements, or a whole document. */
export type Given = Statement | readonly Statement[] | { readonly document: unknown };

export interface LintCase {
  readonly code: string;
  readonly type?: PolicyType;
  readonly bad: Given;
  readonly pointer: string;
  /** Text right in front of the place, when no `▸` marks it. */
  readonly behind?: string;
  /** What the message must say. */
  readonly says?: RegExp;
  readonly good: Given;
  readonly goodType?: PolicyType;
}

const DEFAULTS: Readonly<Record<PolicyType, Statement>> = {
  auth: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: INVOKE, Resource: '*' },
  resource: {
    Effect: 'Allow',
    Principal: { AWS: '111122223333' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/*',
  },
  identity: { Effect: 'Allow', Action: INVOKE, Resource: `${SERVICE}/*` },
  permissionsBoundary: { Effect: 'Allow', Action: INVOKE, Resource: '*' },
  session: { Effect: 'Allow', Action: INVOKE, Resource: '*' },
  scp: { Effect: 'Deny', Action: 's3:*', Resource: '*' },
  rcp: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' },
  vpcEndpoint: { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' },
};

function documentOf(given: Given, type: PolicyType): unknown {
  if ('document' in given) return given.document;
  const statements = (Array.isArray(given) ? given : [given]).map((statement: Statement) => ({
    ...DEFAULTS[type],
    ...statement,
  }));
  return { Version: '2012-10-17', Statement: statements };
}

/** The text of a document without marks, and where the mark was. */
export function render(
  given: Given,
  type: PolicyType,
  behind?: string,
): { text: string; line: number; column: number } {
  const document = documentOf(given, type);
  const marked = typeof document === 'string' ? document : JSON.stringify(document, null, 2);
  const mark = marked.indexOf('▸');
  const text = marked.replaceAll('▸', '');
  const offset = behind === undefined ? Math.max(mark - 1, 0) : text.indexOf(behind) + behind.length;
  const before = text.slice(0, offset).split('\n');
  return { text, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
