// Rules about the keys of conditions: do they exist, do requests have them, does the operator suit them.
import type { OperatorFamily } from '../../condition/operators.js';
import type { Condition, Statement } from '../../model.js';
import { suggestion } from '../../parse/nearest.js';
import { quote } from '../../quote.js';
import { familyOf, holdsWhenAbsent } from '../condition-facts.js';
import { type KeyType, knownKeys, LATTICE_PREFIX, readKey } from '../condition-keys.js';
import { anyType, type Check, complaint, eachCondition, type Rule } from '../rule.js';

const keyFormat: Check = eachCondition(({ key }) =>
  /^[^\s:]+:[^\s]/.test(key.text) ? undefined : complaint(key, `${quote(key.text)} is not of the form \`service:key\``),
);

const unknownGlobalKey: Check = eachCondition(({ key }) => {
  const read = readKey(key.text);
  if (read.prefix !== 'aws' || read.traits !== undefined || isForgottenArn(key.text)) return undefined;
  return complaint(key, `${quote(key.text)} is not a global condition key${suggestion(key.text, knownKeys('aws'))}`);
});

function isForgottenArn(text: string): boolean {
  return text.toLowerCase() === 'aws:arn';
}

const unsupportedGlobalKey: Check = eachCondition(({ key }) =>
  isForgottenArn(key.text)
    ? complaint(key, `${quote(key.text)} is no longer supported; use \`aws:PrincipalArn\` or \`aws:SourceArn\``)
    : undefined,
);

const unknownLatticeKey: Check = eachCondition(({ key }) => {
  const read = readKey(key.text);
  if (read.prefix !== LATTICE_PREFIX) return undefined;
  if (read.traits === undefined) {
    return complaint(
      key,
      `${quote(key.text)} is not a condition key of Lattice${suggestion(key.text, knownKeys(LATTICE_PREFIX))}`,
    );
  }
  if (!read.traits.named || (read.name ?? '') !== '') return undefined;
  return complaint(key, `${quote(key.text)} needs a name behind a slash, as in \`${read.traits.name}/name\``);
});

const missingTagKey: Check = eachCondition(({ key }) => {
  const { prefix, traits, name } = readKey(key.text);
  if (prefix !== 'aws' || traits?.named !== true || (name ?? '') !== '') return undefined;
  return complaint(key, `${quote(key.text)} needs a tag key, as in \`${traits.name}/team\``);
});

/** Operator families that fit a key's type. ARNs are documented for string operators too. */
const SUITABLE: Readonly<Record<KeyType, readonly OperatorFamily[]>> = {
  String: ['string'],
  Numeric: ['numeric'],
  Date: ['date'],
  Bool: ['bool'],
  IPAddress: ['ip'],
  ARN: ['arn', 'string'],
};

const operatorType: Check = eachCondition((condition) => {
  const { traits } = readKey(condition.key.text);
  const family = familyOf(condition);
  if (traits === undefined || family === 'null' || SUITABLE[traits.type].includes(family)) return undefined;
  if (traits.name === 'aws:EpochTime' && family === 'numeric') return undefined;
  const wanted = { IPAddress: 'IpAddress', ARN: 'Arn' }[traits.type as string] ?? traits.type;
  return complaint(
    condition.key,
    `\`${condition.operator}\` on ${quote(traits.name)}, which is compared with \`${wanted}\` operators`,
  );
});

const forAllOnSingle: Check = eachCondition((condition, { effect }) => {
  if (condition.setOperator !== 'ForAllValues' || effect !== 'Allow' || !isSingleValued(condition)) return undefined;
  const message = `\`ForAllValues\` on the single-valued ${quote(condition.key.text)} also holds when the key is absent; leave it out`;
  return complaint(condition.key, message);
});

const setOnSingle: Check = eachCondition((condition, { effect }) => {
  const { setOperator } = condition;
  if (setOperator === undefined || !isSingleValued(condition)) return undefined;
  if (setOperator === 'ForAllValues' && effect === 'Allow') return undefined;
  return complaint(
    condition.key,
    `\`${setOperator}\` is for multivalued keys; ${quote(condition.key.text)} has one value`,
  );
});

function isSingleValued(condition: Condition): boolean {
  return readKey(condition.key.text).traits?.multivalued === false && familyOf(condition) !== 'null';
}

const missingQualifier: Check = eachCondition((condition) => {
  const { prefix, traits } = readKey(condition.key.text);
  if (prefix !== 'aws' || traits?.multivalued !== true || condition.setOperator !== undefined) return undefined;
  if (familyOf(condition) === 'null') return undefined;
  const message = `${quote(condition.key.text)} is multivalued; use \`ForAnyValue:${condition.operator}\` or \`ForAllValues:${condition.operator}\``;
  return complaint(condition.key, message);
});

/** Keys that are only safe beside another: private addresses repeat in every VPC. */
const PAIRED: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws:vpcsourceip', ['aws:SourceVpc', 'aws:SourceVpcArn', 'aws:SourceVpce', 'vpc-lattice-svcs:SourceVpc']],
  ['aws:ec2instancesourceprivateipv4', ['aws:Ec2InstanceSourceVpc']],
]);

const missingPair: Check = eachCondition(({ key }, statement, { factsOf }) => {
  const partners = PAIRED.get(readKey(key.text).folded);
  if (partners === undefined) return undefined;
  if (partners.some((partner) => factsOf(statement).keys.has(partner))) return undefined;
  return complaint(
    key,
    `${quote(key.text)} says nothing without \`${partners[0]}\`: other networks use the same addresses`,
  );
});

/** Tags in a request to create or tag something; requests to Lattice's data plane never have them. */
const REQUEST_TAGS = new Set(['aws:requesttag', 'aws:tagkeys']);

function unsupportedTagKey(effect: Statement['effect']): Check {
  return eachCondition((condition, statement, { factsOf }) => {
    if (statement.effect !== effect || !factsOf(statement).onlyLattice || holdsWhenAbsent(condition)) return undefined;
    if (!REQUEST_TAGS.has(readKey(condition.key.text).folded)) return undefined;
    const outcome = effect === 'Deny' ? 'this denies nothing' : 'this allows nothing';
    return complaint(condition.key, `requests to Lattice never have ${quote(condition.key.text)}: ${outcome}`);
  });
}

export const CONDITION_KEY_RULES: readonly Rule[] = [
  { code: 'INVALID_CONDITION_KEY_FORMAT', severity: 'error', applies: anyType, check: keyFormat },
  { code: 'INVALID_GLOBAL_CONDITION_KEY', severity: 'error', applies: anyType, check: unknownGlobalKey },
  { code: 'UNSUPPORTED_GLOBAL_CONDITION_KEY', severity: 'error', applies: anyType, check: unsupportedGlobalKey },
  { code: 'INVALID_SERVICE_CONDITION_KEY', severity: 'error', applies: anyType, check: unknownLatticeKey },
  { code: 'MISSING_TAG_KEY_IN_CONDITION', severity: 'error', applies: anyType, check: missingTagKey },
  { code: 'MISSING_QUALIFIER', severity: 'error', applies: anyType, check: missingQualifier },
  {
    code: 'DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    severity: 'security',
    applies: anyType,
    check: unsupportedTagKey('Deny'),
  },
  {
    code: 'ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    severity: 'suggestion',
    applies: anyType,
    check: unsupportedTagKey('Allow'),
  },
  { code: 'FORALLVALUES_WITH_SINGLE_VALUED_KEY', severity: 'security', applies: anyType, check: forAllOnSingle },
  { code: 'MISSING_PAIRED_CONDITION_KEYS', severity: 'security', applies: anyType, check: missingPair },
  { code: 'TYPE_MISMATCH', severity: 'warning', applies: anyType, check: operatorType },
  { code: 'SET_OPERATOR_WITH_SINGLE_VALUED_KEY', severity: 'warning', applies: anyType, check: setOnSingle },
];
