// Rules about Resource and NotResource: the form of ARNs, field by field. What a pattern could still become is left
// alone: only literal fields are judged.
import type { PolicyType, SourceString } from '../../model.js';
import { quote } from '../../quote.js';
import { fieldsOf, isLiteral, PARTITIONS, withoutVariables } from '../arn-fields.js';
import {
  anyType,
  type Check,
  complaint,
  eachResource,
  eachStatement,
  exceptTypes,
  type LintSubject,
  onlyTypes,
  type Rule,
} from '../rule.js';

const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/;

/** Whether a pattern can match a text that starts with `arn:`. */
function canBeArn(text: string): boolean {
  const [literal = ''] = text.split(/[*?]|\$\{/, 1);
  return 'arn:'.startsWith(literal) || literal.startsWith('arn:');
}

/**
 * The fields of an ARN of which the first `arn` is literal; `undefined` for other patterns. A `*` may stand for several
 * fields, so that nothing is known of those behind one that is not alone in its field.
 */
function arnFields({ text }: SourceString): string[] | undefined {
  const fields = fieldsOf(text);
  if (fields[0] !== 'arn') return undefined;
  const mixed = fields.findIndex((field, index) => index < 5 && field.includes('*') && field !== '*');
  return mixed === -1 ? fields : fields.slice(0, mixed);
}

const emptyResource: Check = eachStatement(({ resource }) =>
  resource?.entries.length === 0 ? complaint(resource, 'no resources: the statement has no effect') : undefined,
);

const missingArn: Check = eachResource((entry, _statement, _element, { policy }) => {
  const { text } = entry;
  // Amazon API Gateway's policies may leave out everything in front of the path of the API.
  if (text === '*' || (policy.type === 'resource' && text.startsWith('execute-api:/'))) return undefined;
  const isArn = policy.type === 'auth' ? canBeArn(text) : text.startsWith('arn:') || text.startsWith('${');
  if (isArn) return undefined;
  const reason = policy.type === 'auth' ? 'what is asked for starts with `arn:`' : 'a resource is `*` or an ARN';
  return complaint(entry, `${quote(text)} matches nothing: ${reason}`);
});

/** Only the caller's policies fill up missing fields; session policies and RCPs are refused by the parser. */
const FILLED_UP: readonly PolicyType[] = ['identity', 'permissionsBoundary', 'scp', 'session', 'rcp'];

const shortArn: Check = eachResource((entry) => {
  const { text } = entry;
  if (!text.startsWith('arn:') || /[*?]/.test(withoutVariables(text)) || fieldsOf(text).length === 6) return undefined;
  return complaint(
    entry,
    `${quote(text)} matches nothing: an ARN has six fields, arn:partition:service:region:account:resource`,
  );
});

const partition: Check = eachResource((entry) => {
  const field = arnFields(entry)?.[1];
  if (field === undefined || !isLiteral(field) || PARTITIONS.has(field)) return undefined;
  return complaint(entry, `${quote(field)} is not a partition of AWS`);
});

const serviceCase: Check = eachResource((entry) => {
  const field = arnFields(entry)?.[2];
  if (field === undefined || field === withoutVariables(field).toLowerCase() || field.includes('${')) return undefined;
  return complaint(entry, `the service in an ARN is written in lower case: ${quote(field.toLowerCase())}`);
});

const serviceWildcard: Check = eachResource((entry) => {
  const fields = fieldsOf(entry.text);
  const field = fields[2];
  // A last field that ends with a star stands for everything that follows.
  if (fields[0] !== 'arn' || field === undefined || fields.length === 3 || !/[*?]/.test(field)) return undefined;
  return complaint(entry, `wildcard in the service of ${quote(entry.text)}; name the service`);
});

const region: Check = eachResource((entry) => {
  const fields = arnFields(entry);
  const field = fields?.[3];
  if (field === undefined || field === '' || !isLiteral(field) || REGION.test(field)) return undefined;
  return complaint(entry, `${quote(field)} is not a region`);
});

const missingRegion: Check = eachResource((entry) => {
  const fields = arnFields(entry);
  if (fields?.[2] !== 'vpc-lattice' || fields[3] !== '') return undefined;
  return complaint(entry, `no region in ${quote(entry.text)}: ARNs of Lattice have one`);
});

/** Words that stand in the place of an account: `arn:aws:iam::aws:policy/…`. */
const ACCOUNT_WORD = /^(?:[a-z][a-z-]*)?$/;

const account: Check = eachResource((entry) => {
  const fields = arnFields(entry);
  const field = fields?.[4];
  if (field === undefined || fields?.length !== 6 || !isLiteral(field) || /^\d{12}$/.test(field)) return undefined;
  if (fields[2] !== 'vpc-lattice' && ACCOUNT_WORD.test(field)) return undefined;
  return complaint(entry, `${quote(field)} is not an account: twelve digits`);
});

/** Resource types of Lattice, as ARNs spell them. */
const LATTICE_RESOURCES = [
  ...['service', 'servicenetwork', 'targetgroup', 'servicenetworkvpcassociation', 'servicenetworkserviceassociation'],
  ...['servicenetworkresourceassociation', 'resourceconfiguration', 'resourcegateway', 'accesslogsubscription'],
  ...['domainverification', 'resourceendpointassociation'],
];

const resourcePart: Check = eachResource((entry) => {
  const fields = arnFields(entry);
  const field = fields?.[5];
  if (field === undefined) return undefined;
  if (field === '') return complaint(entry, `nothing behind the account in ${quote(entry.text)}`);
  if (fields?.[2] !== 'vpc-lattice') return undefined;
  const [kind = '', id = ''] = field.split('/', 2);
  if (isLiteral(kind) && !LATTICE_RESOURCES.includes(kind)) {
    return complaint(entry, `${quote(kind)} is not a type of resource of Lattice; services are \`service/svc-…\``);
  }
  const [start = ''] = id.split(/[*?]|\$\{/, 1);
  if (kind !== 'service' || 'svc-'.startsWith(start) || start.startsWith('svc-')) return undefined;
  return complaint(entry, `${quote(id)} is not the id of a service: ARNs have ids (\`svc-…\`), not names`);
});

const earlyVariable: Check = eachResource((entry) => {
  const fields = fieldsOf(entry.text);
  if (fields[0] !== 'arn' || !fields.slice(0, 5).some((field) => field.includes('${'))) return undefined;
  return complaint(
    entry,
    'a policy variable before the fifth colon of an ARN; AWS expands them in the last field only',
  );
});

/** A star inside a field in front of the resource could match a colon as well. */
const straddling: Check = eachResource((entry) => {
  const fields = fieldsOf(entry.text);
  if (fields[0] !== 'arn' || fields.length < 6) return undefined;
  const odd = fields.slice(1, 5).find((field) => /\*[^*]/.test(withoutVariables(field)));
  if (odd === undefined) return undefined;
  return complaint(entry, `AWS does not say whether \`*\` in ${quote(odd)} stops at the next colon`);
});

function needsVersion(check: Check): Check {
  return (subject: LintSubject) => (subject.policy.version === '2012-10-17' ? check(subject) : []);
}

export const RESOURCE_RULES: readonly Rule[] = [
  { code: 'EMPTY_ARRAY_RESOURCE', severity: 'suggestion', applies: anyType, check: emptyResource },
  { code: 'INVALID_ARN_PREFIX', severity: 'error', applies: anyType, check: missingArn },
  { code: 'MISSING_ARN_FIELD', severity: 'error', applies: exceptTypes(...FILLED_UP), check: shortArn },
  { code: 'INVALID_PARTITION', severity: 'error', applies: anyType, check: partition },
  { code: 'INVALID_ARN_SERVICE_CASE', severity: 'error', applies: anyType, check: serviceCase },
  { code: 'WILDCARD_IN_SERVICE_NAME', severity: 'suggestion', applies: anyType, check: serviceWildcard },
  { code: 'INVALID_ARN_REGION', severity: 'error', applies: anyType, check: region },
  { code: 'MISSING_ARN_REGION', severity: 'error', applies: anyType, check: missingRegion },
  { code: 'INVALID_ARN_ACCOUNT', severity: 'error', applies: anyType, check: account },
  { code: 'INVALID_ARN_RESOURCE', severity: 'error', applies: anyType, check: resourcePart },
  { code: 'VARIABLE_UNSUPPORTED_IN_ELEMENT', severity: 'error', applies: anyType, check: needsVersion(earlyVariable) },
  { code: 'WILDCARD_ACROSS_FIELDS', severity: 'suggestion', applies: onlyTypes('auth', 'resource'), check: straddling },
];
