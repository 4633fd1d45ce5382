// Rules about operators and the values they compare with, whatever the key.
import { parseDate } from '../../condition/date.js';
import { type IpRange, inIpRange, parseIpRange } from '../../condition/ip-address.js';
import { compareDecimals, type Decimal, parseDecimal } from '../../condition/numeric.js';
import type { Condition, ConditionOperand } from '../../model.js';
import { quote } from '../../quote.js';
import { withoutVariables } from '../arn-fields.js';
import { familyOf, isNegated } from '../condition-facts.js';
import { readKey } from '../condition-keys.js';
import { anyType, type Check, complaint, eachCondition, exceptTypes, type Rule } from '../rule.js';

const operatorCasing: Check = eachCondition((condition, _statement, { document }) => {
  const prefix = condition.setOperator === undefined ? '' : `${condition.setOperator}:`;
  const canonical = `${prefix}${condition.operator}${condition.ifExists ? 'IfExists' : ''}`;
  if (condition.operatorText === canonical) return undefined;
  const at = document.spot(condition.pointer.slice(0, condition.pointer.lastIndexOf('/')));
  return { at, message: `${quote(condition.operatorText)} is written \`${canonical}\` in AWS's documentation` };
});

const variableInBool: Check = eachCondition((condition, _statement, { policy }) => {
  if (familyOf(condition) !== 'bool' || policy.version === '2008-10-17') return [];
  const variables = condition.operands.filter(({ text }) => text.includes('${'));
  return variables.map((operand) => complaint(operand, 'policy variables belong into String and Arn operators only'));
});

const severalBooleans: Check = eachCondition((condition) => {
  const family = familyOf(condition);
  if ((family !== 'bool' && family !== 'null') || condition.operands.length < 2) return undefined;
  return complaint(condition.key, `\`${condition.operator}\` with ${condition.operands.length} values; give it one`);
});

const nullWithQualifier: Check = eachCondition((condition) => {
  if (familyOf(condition) !== 'null' || condition.setOperator === undefined) return undefined;
  const always = condition.setOperator === 'ForAllValues' ? 'true' : 'false';
  return complaint(
    condition.key,
    `\`${condition.setOperator}:Null\` is always ${always}; leave \`${condition.setOperator}\` out`,
  );
});

const wildcardWithoutLike: Check = eachCondition((condition) => {
  const { operator, operands } = condition;
  if (familyOf(condition) !== 'string' || operator.endsWith('Like')) return [];
  const like = operator.includes('Not') ? 'StringNotLike' : 'StringLike';
  const wild = operands.filter(({ text }) => /[*?]/.test(withoutVariables(text)));
  return wild.map((operand) =>
    complaint(operand, `\`${operator}\` takes ${quote(operand.text)} literally; for a wildcard use \`${like}\``),
  );
});

/** A pattern that matches any value asks only whether there is one. */
function presenceTest(negated: boolean): Check {
  return eachCondition((condition) => {
    const { operator, setOperator, ifExists, operands } = condition;
    const vacuous = setOperator === (negated ? 'ForAnyValue' : 'ForAllValues');
    if (operator !== (negated ? 'StringNotLike' : 'StringLike') || ifExists || vacuous) return undefined;
    const any = operands.find(({ text }) => /^\*+$/.test(text));
    if (any === undefined) return undefined;
    const message = `any value matches: this asks whether the key is ${negated ? 'absent' : 'present'}, as \`"Null": "${negated}"\` says plainly`;
    return complaint(any, message);
  });
}

const dateValue: Check = eachCondition((condition) => {
  if (familyOf(condition) !== 'date' || readKey(condition.key.text).folded === 'aws:epochtime') return [];
  return condition.operands.flatMap((operand) => {
    const why = dateProblem(operand.text);
    return why === undefined ? [] : [complaint(operand, `${quote(operand.text)} ${why}`)];
  });
});

function dateProblem(text: string): string | undefined {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) {
    return text.length === 4
      ? 'is a year or seconds since 1970; write YYYY-MM-DD'
      : 'is seconds since 1970; write YYYY-MM-DD';
  }
  return parseDate(text)?.doubts.includes('date-without-zone') ? 'has no time zone; add `Z` or an offset' : undefined;
}

const improveRange: Check = eachCondition((condition) => {
  if (familyOf(condition) !== 'ip') return [];
  return condition.operands.flatMap((operand) => {
    const range = parseIpRange(operand.text);
    if (range === undefined) return [];
    const network = networkOf(range);
    if (network.every((group, index) => group === range.address[index])) return [];
    const better = `${formatAddress(network)}/${range.prefix}`;
    return [complaint(operand, `bits behind the prefix of ${quote(operand.text)} are ignored; write \`${better}\``)];
  });
});

function networkOf({ address, prefix }: IpRange): number[] {
  return address.map((group, index) => {
    const kept = Math.min(16, Math.max(0, prefix - index * 16));
    return group & (0xffff << (16 - kept)) & 0xffff;
  });
}

function formatAddress(groups: readonly number[]): string {
  if (groups.length === 2) return groups.flatMap((group) => [group >> 8, group & 0xff]).join('.');
  const text = groups.map((group) => group.toString(16)).join(':');
  // The zeros that a prefix leaves stand at the end.
  return text.replace(/(?::0){2,}$/, '::');
}

const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].flatMap((text) => {
  const range = parseIpRange(text);
  return range === undefined ? [] : [range];
});

function isPrivate(operand: ConditionOperand): boolean {
  const range = parseIpRange(operand.text);
  if (range === undefined) return false;
  return PRIVATE_RANGES.some((outer) => outer.prefix <= range.prefix && inIpRange(range.address, outer));
}

/** What callers of Lattice have as aws:SourceIp is not documented, so that nothing is said of theirs. */
function privateAddresses(operator: 'IpAddress' | 'NotIpAddress', share: 'all' | 'some', message: string): Check {
  return eachCondition((condition, statement, { factsOf }) => {
    if (condition.operator !== operator || readKey(condition.key.text).folded !== 'aws:sourceip') return [];
    if (factsOf(statement).aboutLattice) return [];
    const found = condition.operands.filter(isPrivate);
    if (found.length === 0 || (found.length === condition.operands.length) !== (share === 'all')) return [];
    return found.map((operand) => complaint(operand, `${quote(operand.text)} is private: ${message}`));
  });
}

const NEVER = '`aws:SourceIp` is a public address, so that this never matches';
const ALWAYS = '`aws:SourceIp` is a public address, so that this excludes nobody';

const redundantNumbers: Check = eachCondition((condition) => {
  const most = /^Numeric(?:Less|Greater)Than/.exec(condition.operator)?.[0];
  const [first, ...rest] = condition.operands.flatMap(numberOf);
  if (most === undefined || first === undefined || rest.length === 0) return undefined;
  const sign = most === 'NumericLessThan' ? 1 : -1;
  const widest = rest.reduce((best, next) => (compareDecimals(next.value, best.value) * sign > 0 ? next : best), first);
  return complaint(condition.key, `any of several values is enough: only ${quote(widest.text)} matters`);
});

function numberOf({ text }: ConditionOperand): { text: string; value: Decimal }[] {
  const value = parseDecimal(text);
  return value === undefined ? [] : [{ text, value }];
}

type ListForm = 'plain' | 'ifExists' | 'ForAllValues' | 'ForAnyValue';

/** Access Analyzer has four codes for an empty list, by what surrounds it. */
function emptyOperands(form: ListForm): Check {
  return eachCondition((condition) => {
    if (condition.operands.length > 0 || formOf(condition) !== form) return undefined;
    return complaint(condition.key, `no values: ${meaningOfNone(form, isNegated(condition))}`);
  });
}

function meaningOfNone(form: ListForm, negated: boolean): string {
  const present = 'this asks whether the key is present; use `"Null": "false"`';
  const absent = 'this asks whether the key is absent; use `"Null": "true"`';
  if (form === 'ForAnyValue') return negated ? present : 'this never holds';
  if (negated) return 'this always holds';
  return form === 'plain' ? 'this never holds' : absent;
}

function formOf({ setOperator, ifExists }: Condition): ListForm {
  return setOperator ?? (ifExists ? 'ifExists' : 'plain');
}

const notLattice = exceptTypes('auth');

export const CONDITION_VALUE_RULES: readonly Rule[] = [
  { code: 'INVALID_CONDITION_MULTIPLE_BOOLEAN', severity: 'error', applies: anyType, check: severalBooleans },
  { code: 'INVALID_VARIABLE_FOR_OPERATOR', severity: 'error', applies: anyType, check: variableInBool },
  {
    code: 'PRIVATE_IP_ADDRESS',
    severity: 'error',
    applies: notLattice,
    check: privateAddresses('IpAddress', 'all', NEVER),
  },
  {
    code: 'PRIVATE_NOT_IP_ADDRESS',
    severity: 'error',
    applies: notLattice,
    check: privateAddresses('NotIpAddress', 'all', ALWAYS),
  },
  {
    code: 'PRIVATE_IP_ADDRESS_SUBSET',
    severity: 'suggestion',
    applies: notLattice,
    check: privateAddresses('IpAddress', 'some', NEVER),
  },
  {
    code: 'PRIVATE_NOT_IP_ADDRESS_SUBSET',
    severity: 'suggestion',
    applies: notLattice,
    check: privateAddresses('NotIpAddress', 'some', ALWAYS),
  },
  { code: 'INVALID_DATE_VALUE', severity: 'warning', applies: anyType, check: dateValue },
  { code: 'WILDCARD_WITHOUT_LIKE_OPERATOR', severity: 'warning', applies: anyType, check: wildcardWithoutLike },
  { code: 'EMPTY_ARRAY_CONDITION', severity: 'suggestion', applies: anyType, check: emptyOperands('plain') },
  {
    code: 'EMPTY_ARRAY_CONDITION_IFEXISTS',
    severity: 'suggestion',
    applies: anyType,
    check: emptyOperands('ifExists'),
  },
  {
    code: 'EMPTY_ARRAY_CONDITION_FORALLVALUES',
    severity: 'suggestion',
    applies: anyType,
    check: emptyOperands('ForAllValues'),
  },
  {
    code: 'EMPTY_ARRAY_CONDITION_FORANYVALUE',
    severity: 'suggestion',
    applies: anyType,
    check: emptyOperands('ForAnyValue'),
  },
  { code: 'EQUIVALENT_TO_NULL_FALSE', severity: 'suggestion', applies: anyType, check: presenceTest(false) },
  { code: 'EQUIVALENT_TO_NULL_TRUE', severity: 'suggestion', applies: anyType, check: presenceTest(true) },
  { code: 'IMPROVE_IP_RANGE', severity: 'suggestion', applies: anyType, check: improveRange },
  { code: 'NULL_WITH_QUALIFIER', severity: 'suggestion', applies: anyType, check: nullWithQualifier },
  { code: 'OPERATOR_NAME_CASING', severity: 'suggestion', applies: anyType, check: operatorCasing },
  { code: 'REDUNDANT_CONDITION_VALUE_NUM', severity: 'suggestion', applies: anyType, check: redundantNumbers },
];
