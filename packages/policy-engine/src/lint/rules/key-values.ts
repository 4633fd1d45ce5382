// Rules about the values of known keys: values that a key never has, and those that say more than is meant.
import { quote } from '../../quote.js';
import { isLiteral, withoutVariables } from '../arn-fields.js';
import { familyOf } from '../condition-facts.js';
import { readKey } from '../condition-keys.js';
import { anyType, type Check, type Complaint, complaint, eachCondition, type Rule } from '../rule.js';

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

const REGION: OperandForm = {
  keys: ['aws:requestedregion'],
  form: /^(?:[a-z]{2,}(?:-[a-z]+)+-\d{1,2}|aws-global)$/,
  wanted: 'a region',
};

const SERVICE_PRINCIPAL: OperandForm = {
  keys: [
    ...['aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast', 'aws:principalservicename'],
    'aws:principalservicenameslist',
  ],
  form: /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/,
  wanted: 'a service principal, such as `athena.amazonaws.com`',
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

/**
 * `aws:PrincipalArn` of a session is its role's ARN; an account's root ARN there is the root user alone. Root users of
 * any account are no slip: AWS's own service control policy against them says `arn:aws:iam::*:root`.
 */
const principalArnForm: Check = eachCondition((condition) => {
  if (readKey(condition.key.text).folded !== 'aws:principalarn') return [];
  return condition.operands.flatMap((operand) => {
    if (/^arn:[^:]*:sts::[^:]*:assumed-role\//.test(operand.text)) {
      return [complaint(operand, '`aws:PrincipalArn` of a session is the ARN of its role: `arn:aws:iam::…:role/…`')];
    }
    return /^arn:[^:]*:iam::[^:*?]*:root$/.test(operand.text)
      ? [complaint(operand, 'in `aws:PrincipalArn` this is the root user, not the account; use `aws:PrincipalAccount`')]
      : [];
  });
});

export const KEY_VALUE_RULES: readonly Rule[] = [
  { code: 'INVALID_VPC_FORMAT', severity: 'error', applies: anyType, check: operandForm(VPC) },
  { code: 'INVALID_REGION', severity: 'error', applies: anyType, check: operandForm(REGION) },
  {
    code: 'INVALID_VPC_ENDPOINT_FORMAT',
    severity: 'error',
    applies: anyType,
    check: operandForm(VPC_ENDPOINT),
  },
  {
    code: 'INVALID_SERVICE_PRINCIPAL_FORMAT',
    severity: 'error',
    applies: anyType,
    check: operandForm(SERVICE_PRINCIPAL),
  },
  { code: 'WILDCARD_IN_SENSITIVE_KEY', severity: 'security', applies: anyType, check: sensitiveWildcard },
  { code: 'ACCOUNT_ID_FORMAT', severity: 'warning', applies: anyType, check: operandForm(ACCOUNT_ID) },
  { code: 'PRINCIPAL_TYPE_VALUE', severity: 'warning', applies: anyType, check: operandForm(PRINCIPAL_TYPE) },
  { code: 'PRINCIPAL_ARN_FORM', severity: 'warning', applies: anyType, check: principalArnForm },
];
