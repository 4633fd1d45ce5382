// Rules about the keys of conditions: do they exist, are they spelled as documented, do operator and values suit them.
import type { OperatorFamily } from '../../condition/operators.js';
import type { Condition } from '../../model.js';
import { suggestion } from '../../parse/nearest.js';
import { quote } from '../../quote.js';
import { isLiteral, withoutVariables } from '../arn-fields.js';
import { familyOf } from '../condition-facts.js';
import { type KeyType, knownKeys, LATTICE_PREFIX, readKey } from '../condition-keys.js';
import { anyType, type Check, type Complaint, complaint, eachCondition, type Rule } from '../rule.js';

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

interface OperandForm {
  readonly keys: readonly string[];
  readonly form: RegExp;
  readonly wanted: string;
}

const VPC: OperandForm = {
  keys: ['aws:sourcevpc', 'vpc-lattice-svcs:sourcevpc', 'aws:ec2instancesourcevpc'],
  form: /^vpc-(?:[0-9a-z]{8}|[0-9a-z]{17})$/,
  wanted: '`vpc-` and 8 or 17 letters or digits',
};

const VPC_ENDPOINT: OperandForm = {
  keys: ['aws:sourcevpce'],
  form: /^vpce-(?:[0-9a-z]{8}|[0-9a-z]{17})$/,
  wanted: '`vpce-` and 8 or 17 letters or digits',
};

const ACCOUNT_ID: OperandForm = {
  keys: [
    ...['aws:principalaccount', 'aws:resourceaccount', 'aws:sourceaccount', 'aws:vpceaccount'],
    'vpc-lattice-svcs:sourcevpcowneraccount',
  ],
  form: /^(?:\d{12}|anonymous)$/,
  wanted: 'an account: twelve digits, in quotes',
};

const PRINCIPAL_TYPE: OperandForm = {
  keys: ['aws:principaltype'],
  form: /^(?:Account|User|FederatedUser|AssumedRole|Anonymous)$/,
  wanted: 'one of `Account`, `User`, `FederatedUser`, `AssumedRole` and `Anonymous`, in this casing',
};

/** Values that no request ever has, because they are not of the key's form. Patterns are left alone. */
function operandForm({ keys, form, wanted }: OperandForm): Check {
  return eachCondition((condition): Complaint[] => {
    if (!keys.includes(readKey(condition.key.text).folded) || familyOf(condition) !== 'string') return [];
    const expected = condition.operator.endsWith('IgnoreCase') ? new RegExp(form.source, 'i') : form;
    const odd = condition.operands.filter(({ text }) => isLiteral(text) && !expected.test(text));
    return odd.map((operand) => complaint(operand, `${quote(operand.text)} is not ${wanted}`));
  });
}

/** Keys whose values identify a boundary: a wildcard in them lets in values that nobody has thought of. */
const SENSITIVE = new Set([
  ...['aws:principalaccount', 'aws:principalorgid', 'aws:resourceaccount', 'aws:resourceorgid', 'aws:sourceaccount'],
  ...['aws:sourceorgid', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:vpceaccount', 'aws:vpceorgid'],
  ...['vpc-lattice-svcs:sourcevpc', 'vpc-lattice-svcs:sourcevpcowneraccount'],
]);

const sensitiveWildcard: Check = eachCondition((condition) => {
  const isLike = condition.operator === 'StringLike' || condition.operator === 'StringNotLike';
  if (!isLike || !SENSITIVE.has(readKey(condition.key.text).folded)) return [];
  const wild = condition.operands.filter(({ text }) => /[*?]/.test(withoutVariables(text)));
  return wild.map((operand) =>
    complaint(operand, `wildcard in ${quote(operand.text)}; ${quote(condition.key.text)} is for exact values`),
  );
});

/** `aws:PrincipalArn` of a session is its role's ARN; an account's root ARN there is the root user alone. */
const principalArnForm: Check = eachCondition((condition) => {
  if (readKey(condition.key.text).folded !== 'aws:principalarn') return [];
  return condition.operands.flatMap((operand) => {
    if (/^arn:[^:]*:sts::[^:]*:assumed-role\//.test(operand.text)) {
      return [complaint(operand, '`aws:PrincipalArn` of a session is the ARN of its role: `arn:aws:iam::…:role/…`')];
    }
    return /^arn:[^:]*:iam::[^:]*:root$/.test(operand.text)
      ? [complaint(operand, 'in `aws:PrincipalArn` this is the root user, not the account; use `aws:PrincipalAccount`')]
      : [];
  });
});

export const CONDITION_KEY_RULES: readonly Rule[] = [
  { code: 'INVALID_CONDITION_KEY_FORMAT', severity: 'error', applies: anyType, check: keyFormat },
  { code: 'INVALID_GLOBAL_CONDITION_KEY', severity: 'error', applies: anyType, check: unknownGlobalKey },
  { code: 'UNSUPPORTED_GLOBAL_CONDITION_KEY', severity: 'error', applies: anyType, check: unsupportedGlobalKey },
  { code: 'INVALID_SERVICE_CONDITION_KEY', severity: 'error', applies: anyType, check: unknownLatticeKey },
  { code: 'MISSING_TAG_KEY_IN_CONDITION', severity: 'error', applies: anyType, check: missingTagKey },
  { code: 'MISSING_QUALIFIER', severity: 'error', applies: anyType, check: missingQualifier },
  { code: 'INVALID_VPC_FORMAT', severity: 'error', applies: anyType, check: operandForm(VPC) },
  {
    code: 'INVALID_VPC_ENDPOINT_FORMAT',
    severity: 'error',
    applies: anyType,
    check: operandForm(VPC_ENDPOINT),
  },
  { code: 'FORALLVALUES_WITH_SINGLE_VALUED_KEY', severity: 'security', applies: anyType, check: forAllOnSingle },
  { code: 'MISSING_PAIRED_CONDITION_KEYS', severity: 'security', applies: anyType, check: missingPair },
  { code: 'WILDCARD_IN_SENSITIVE_KEY', severity: 'security', applies: anyType, check: sensitiveWildcard },
  { code: 'TYPE_MISMATCH', severity: 'warning', applies: anyType, check: operatorType },
  { code: 'SET_OPERATOR_WITH_SINGLE_VALUED_KEY', severity: 'warning', applies: anyType, check: setOnSingle },
  { code: 'ACCOUNT_ID_FORMAT', severity: 'warning', applies: anyType, check: operandForm(ACCOUNT_ID) },
  { code: 'PRINCIPAL_TYPE_VALUE', severity: 'warning', applies: anyType, check: operandForm(PRINCIPAL_TYPE) },
  { code: 'PRINCIPAL_ARN_FORM', severity: 'warning', applies: anyType, check: principalArnForm },
];
