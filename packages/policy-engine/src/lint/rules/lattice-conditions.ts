// Rules about conditions in Lattice statements: keys of the wrong prefix, casing or action, and what requests look like.
import type { Condition } from '../../model.js';
import { nearest } from '../../parse/nearest.js';
import { quote } from '../../quote.js';
import { withoutVariables } from '../arn-fields.js';
import { familyOf, holdsWhenAbsent, isNegated } from '../condition-facts.js';
import { knownKeys, LATTICE_PREFIX, readKey } from '../condition-keys.js';
import { readServiceResource } from '../lattice-facts.js';
import { anyType, type Check, complaint, eachCondition, exceptTypes, onlyTypes, type Rule } from '../rule.js';

const isKey = (condition: Condition, name: string) =>
  readKey(condition.key.text).traits?.name === `${LATTICE_PREFIX}:${name}`;

/** `vpc-lattice:` keys belong to the control plane; some names exist in both. */
const controlPlaneKey: Check = eachCondition(({ key }, _statement, { policy }) => {
  const { prefix } = readKey(key.text);
  if (prefix !== 'vpc-lattice') return undefined;
  const meant = `${LATTICE_PREFIX}${key.text.slice(prefix.length)}`;
  const { traits } = readKey(meant);
  const both = traits?.name.endsWith('Arn') === true;
  if (policy.type !== 'auth' && (traits === undefined || both)) return undefined;
  const known = traits === undefined ? nearest(meant, knownKeys(LATTICE_PREFIX)) : readKey(meant).canonical;
  const hint = known === undefined ? '' : `; did you mean ${quote(known)}?`;
  return complaint(key, `${quote(key.text)}: requests have keys of \`${LATTICE_PREFIX}\` only${hint}`);
});

const keyCasing: Check = eachCondition(({ key }, _statement, { policy }) => {
  const read = readKey(key.text);
  if (read.traits === undefined || key.text === read.canonical) return undefined;
  if (policy.type !== 'auth' && read.prefix !== LATTICE_PREFIX) return undefined;
  return complaint(key, `Lattice's guide says that keys are case-sensitive: write ${quote(read.canonical)}`);
});

const headerCasing: Check = eachCondition((condition) => {
  const { name = '' } = readKey(condition.key.text);
  if (!isKey(condition, 'RequestHeader') || name === name.toLowerCase()) return undefined;
  return complaint(
    condition.key,
    `headers arrive in lower case: write \`${LATTICE_PREFIX}:RequestHeader/${name.toLowerCase()}\``,
  );
});

const queryWithoutSet: Check = eachCondition((condition) => {
  if (!isKey(condition, 'RequestQueryString') || condition.setOperator !== undefined) return undefined;
  if (familyOf(condition) === 'null') return undefined;
  const message = `a query parameter may occur several times; say \`ForAnyValue:${condition.operator}\` or \`ForAllValues:${condition.operator}\``;
  return complaint(condition.key, message);
});

const requestKeyWithConnect: Check = eachCondition((condition, statement, { factsOf }) => {
  const ofRequest = readKey(condition.key.text).traits?.name.startsWith(`${LATTICE_PREFIX}:Request`) === true;
  if (!ofRequest || !factsOf(statement).aboutLattice || !factsOf(statement).connectOnly) return undefined;
  return complaint(
    condition.key,
    `${quote(condition.key.text)} is absent from \`Connect\`: Lattice can't read TLS passthrough`,
  );
});

const sourceVpc: Check = eachCondition((condition, statement, { factsOf }) => {
  if (!factsOf(statement).aboutLattice) return undefined;
  if (readKey(condition.key.text).folded !== 'aws:sourcevpc') return undefined;
  return complaint(
    condition.key,
    `Lattice's guide names \`${LATTICE_PREFIX}:SourceVpc\` for this, not ${quote(condition.key.text)}`,
  );
});

const sourceIp: Check = eachCondition((condition, statement, { factsOf }) => {
  if (!factsOf(statement).aboutLattice) return undefined;
  if (readKey(condition.key.text).folded !== 'aws:sourceip') return undefined;
  const message = `AWS does not say what \`aws:SourceIp\` is for callers in a VPC; \`${LATTICE_PREFIX}:SourceVpc\` is certain`;
  return complaint(condition.key, message);
});

/** Global keys that Lattice's guide or published policies use, and those that every request to AWS has. */
const LATTICE_GLOBAL = new Set([
  ...['aws:principalorgid', 'aws:principalorgpaths', 'aws:principaltag', 'aws:principaltype', 'aws:principalarn'],
  ...['aws:principalaccount', 'aws:resourcetag', 'aws:sourceip', 'aws:sourcevpc', 'aws:userid', 'aws:username'],
  ...['aws:currenttime', 'aws:epochtime'],
]);

const undocumentedKey: Check = eachCondition(({ key }) => {
  const { prefix, traits, folded } = readKey(key.text);
  if (prefix !== 'aws' || traits === undefined || LATTICE_GLOBAL.has(folded)) return undefined;
  return complaint(key, `AWS does not say that requests to Lattice have ${quote(key.text)}`);
});

/** Prefixes of keys that come with a caller's session, whatever service is called. */
const SESSION_PREFIXES = new Set(['ec2', 'glue', 'lambda', 'ssm', 'identitystore', 'saml', 'sts']);

const foreignKey: Check = eachCondition(({ key }) => {
  const { prefix } = readKey(key.text);
  if (!/^[a-z0-9-]+$/.test(prefix) || SESSION_PREFIXES.has(prefix)) return undefined;
  if (prefix === 'aws' || prefix === LATTICE_PREFIX || prefix === 'vpc-lattice') return undefined;
  return complaint(key, `requests to Lattice have no keys of the service ${quote(prefix)}`);
});

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

const methodCasing: Check = eachCondition((condition) => {
  if (!isKey(condition, 'RequestMethod') || condition.operator.endsWith('IgnoreCase')) return [];
  const odd = condition.operands.filter(({ text }) => !METHODS.has(text) && METHODS.has(text.toUpperCase()));
  return odd.map((operand) =>
    complaint(operand, `methods are case-sensitive: write \`${operand.text.toUpperCase()}\``),
  );
});

const pathForm: Check = eachCondition((condition) => {
  if (!isKey(condition, 'RequestPath') || familyOf(condition) !== 'string') return [];
  const odd = condition.operands.filter(({ text }) => !/^(?:[/*?]|\$\{)/.test(text));
  return odd.map((operand) => complaint(operand, `${quote(operand.text)} is not a path: paths start with \`/\``));
});

const portRange: Check = eachCondition((condition) => {
  if (!isKey(condition, 'Port') || familyOf(condition) !== 'numeric') return [];
  const odd = condition.operands.filter(({ text }) => !(Number(text) >= 0 && Number(text) <= 65_535));
  return odd.map((operand) => complaint(operand, `${quote(operand.text)} is not a port`));
});

const dataPlaneArnOperand: Check = eachCondition((condition) =>
  condition.operands
    .filter(({ text }) => /^arn:[^:]*:vpc-lattice-svcs:/i.test(text))
    .map((operand) =>
      complaint(operand, `ARNs of Lattice say \`vpc-lattice\`; \`${LATTICE_PREFIX}\` is for actions and keys`),
    ),
);

const serviceArnPath: Check = eachCondition((condition) => {
  if (!isKey(condition, 'ServiceArn')) return [];
  const odd = condition.operands.filter(({ text }) => {
    const rest = readServiceResource(text)?.rest;
    return rest !== undefined && !withoutVariables(text).includes('*');
  });
  return odd.map((operand) =>
    complaint(operand, `\`${LATTICE_PREFIX}:ServiceArn\` has no path; use \`Resource\` for paths`),
  );
});

/** Keys that every request has, so that what a condition does in their absence does not matter. */
const ALWAYS_PRESENT = new Set([
  ...['aws:principaltype', 'aws:principalaccount', 'aws:userid', 'aws:currenttime', 'aws:epochtime'],
  ...['vpc-lattice-svcs:port', 'vpc-lattice-svcs:servicearn', 'vpc-lattice-svcs:servicenetworkarn'],
  ...['vpc-lattice-svcs:requestmethod', 'vpc-lattice-svcs:requestpath'],
]);

/** `IfExists` says that absence is meant; the rest may be an oversight. */
const trueWhenAbsent: Check = eachCondition((condition, statement, { factsOf }) => {
  const { folded, traits } = readKey(condition.key.text);
  if (
    statement.effect !== 'Allow' ||
    ALWAYS_PRESENT.has(folded) ||
    condition.ifExists ||
    familyOf(condition) === 'null'
  )
    return undefined;
  const byNegation = condition.setOperator === undefined && isNegated(condition);
  const byForAll = condition.setOperator === 'ForAllValues' && traits?.multivalued === true;
  if (!(byNegation || byForAll) || factsOf(statement).requiredKeys.has(condition.key.text.toLowerCase()))
    return undefined;
  const message = `also holds when the request has no ${quote(condition.key.text)}; add \`"Null": { "${condition.key.text}": "false" }\``;
  return complaint(condition.key, message);
});

const grpcMethod: Check = eachCondition((condition, statement, { factsOf }) => {
  if (!isKey(condition, 'RequestMethod') || !factsOf(statement).grpcOnly || familyOf(condition) !== 'string')
    return undefined;
  const takesPost = condition.operands.some(({ text }) => /^POST$/i.test(text) || /[*?$]/.test(text));
  if (takesPost !== isNegated(condition)) return undefined;
  return complaint(condition.key, 'gRPC requests always have the method `POST`: this never holds');
});

const grpcQuery: Check = eachCondition((condition, statement, { factsOf }) => {
  if (!isKey(condition, 'RequestQueryString') || !factsOf(statement).grpcOnly || holdsWhenAbsent(condition))
    return undefined;
  return complaint(condition.key, 'gRPC requests have no query: this never holds');
});

const auth = onlyTypes('auth');
const notRcp = exceptTypes('rcp');

export const LATTICE_CONDITION_RULES: readonly Rule[] = [
  { code: 'LATTICE_KEY_PREFIX', severity: 'error', applies: anyType, check: controlPlaneKey },
  { code: 'LATTICE_ARN_SERVICE', severity: 'error', applies: anyType, check: dataPlaneArnOperand },
  { code: 'LATTICE_TRUE_WHEN_ABSENT', severity: 'security', applies: auth, check: trueWhenAbsent },
  { code: 'LATTICE_KEY_CASING', severity: 'warning', applies: anyType, check: keyCasing },
  { code: 'LATTICE_HEADER_CASING', severity: 'warning', applies: anyType, check: headerCasing },
  { code: 'LATTICE_METHOD_CASING', severity: 'warning', applies: anyType, check: methodCasing },
  { code: 'LATTICE_PATH_FORM', severity: 'warning', applies: anyType, check: pathForm },
  { code: 'LATTICE_PORT_RANGE', severity: 'warning', applies: anyType, check: portRange },
  { code: 'LATTICE_SERVICE_ARN_PATH', severity: 'warning', applies: anyType, check: serviceArnPath },
  { code: 'LATTICE_QUERY_WITHOUT_SET_OPERATOR', severity: 'warning', applies: anyType, check: queryWithoutSet },
  { code: 'LATTICE_REQUEST_KEY_WITH_CONNECT', severity: 'warning', applies: notRcp, check: requestKeyWithConnect },
  { code: 'LATTICE_SOURCE_VPC', severity: 'warning', applies: notRcp, check: sourceVpc },
  { code: 'LATTICE_SOURCE_IP', severity: 'warning', applies: notRcp, check: sourceIp },
  { code: 'LATTICE_FOREIGN_KEY', severity: 'warning', applies: auth, check: foreignKey },
  { code: 'LATTICE_GRPC_METHOD', severity: 'warning', applies: notRcp, check: grpcMethod },
  { code: 'LATTICE_GRPC_QUERY', severity: 'warning', applies: notRcp, check: grpcQuery },
  { code: 'LATTICE_UNDOCUMENTED_KEY', severity: 'suggestion', applies: auth, check: undocumentedKey },
];
