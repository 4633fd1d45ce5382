// The Condition element: operators, keys and operands (docs/evaluation.md, PARSE-OPERATOR to -OPERAND). An unknown operator or an operand
// that its operator can't read is an error: "does not match" would turn a Deny into nothing.
import { decodeBase64 } from '../condition/binary.js';
import { parseBool } from '../condition/bool.js';
import { parseDate } from '../condition/date.js';
import { parseIpRange } from '../condition/ip-address.js';
import { parseDecimal } from '../condition/numeric.js';
import { OPERATORS, type OperatorTraits } from '../condition/operators.js';
import { parseTemplate, type TemplateProblem } from '../condition/policy-variables.js';
import type { Condition, ConditionOperand, SetOperator } from '../model.js';
import { quote } from '../quote.js';
import type { Grammar } from './grammar.js';
import type { JsonMember, JsonNode, JsonObject, JsonScalar } from './json-reader.js';
import { suggestion } from './nearest.js';
import type { ProblemCode } from './problems.js';

interface Operator {
  readonly traits: OperatorTraits;
  readonly setOperator: SetOperator | undefined;
  readonly ifExists: boolean;
}

/** Family → can it read this operand, what the operand should be, and the code if it is not. */
const LITERALS: Readonly<
  Partial<Record<string, readonly [read: (text: string) => unknown, what: string, code: ProblemCode]>>
> = {
  numeric: [parseDecimal, 'a number', 'TYPE_MISMATCH_NUMBER'],
  date: [parseDate, 'a date or epoch seconds', 'TYPE_MISMATCH_DATE'],
  bool: [parseBool, '`true` or `false`', 'TYPE_MISMATCH_BOOLEAN'],
  null: [parseBool, '`true` or `false`', 'TYPE_MISMATCH_BOOLEAN'],
  binary: [decodeBase64, 'base64', 'TYPE_MISMATCH_BINARY'],
  ip: [parseIpRange, 'an IP address or CIDR block', 'TYPE_MISMATCH_IP_RANGE'],
};

const SET_OPERATORS: readonly SetOperator[] = ['ForAllValues', 'ForAnyValue'];

/** The conditions of a statement, one for each key of each operator; problems are reported. */
export function parseConditions(statement: JsonObject, grammar: Grammar): Condition[] {
  const element = statement.members.get('Condition')?.value;
  if (element?.kind !== 'object') return [];
  return [...element.members.values()].flatMap((block) => {
    const operator = parseOperator(block.key, grammar);
    if (!operator || block.value.kind !== 'object') return [];
    checkKeys(block.value, grammar);
    return [...block.value.members.values()].map((member) => parseCondition(block.key, operator, member, grammar));
  });
}

/** `ForAnyValue:StringLikeIfExists`, in any case. */
function parseOperator(key: JsonScalar, { report }: Grammar): Operator | undefined {
  // Without the `u` flag, `i` folds ASCII only: no letter of another alphabet passes for one of ours.
  const [, prefix, base = '', suffix] = /^(?:([^:]*):)?(.*?)(ifexists)?$/is.exec(key.text) ?? [];
  const setOperator = SET_OPERATORS.find((name) => name.toLowerCase() === prefix?.toLowerCase());
  const traits = /^[a-z]+$/i.test(base) ? OPERATORS.get(base.toLowerCase()) : undefined;
  if (!traits || (prefix !== undefined && !setOperator)) {
    const names = [...OPERATORS.values()].map(({ name }) => name);
    const hint = traits ? suggestion(prefix ?? '', SET_OPERATORS) : suggestion(base, names);
    report('INVALID_CONDITION_OPERATOR', key, `unknown condition operator ${quote(key.text)}${hint}`);
    return undefined;
  }
  if (traits.family === 'null' && suffix) {
    report('NULL_WITH_IF_EXISTS', key, "`Null` asks whether the key exists and can't have `IfExists`");
  }
  return { traits, setOperator, ifExists: suffix !== undefined };
}

/** Key names are the same in any case, so two spellings of one key are the same key twice. */
function checkKeys(block: JsonObject, { report }: Grammar): void {
  const seen = new Set<string>();
  for (const { key } of block.members.values()) {
    const folded = key.text.toLowerCase();
    if (seen.has(folded)) {
      report('DUPLICATE_KEYS_WITH_DIFFERENT_CASE', key, `condition key ${quote(key.text)} again, in another case`);
    }
    seen.add(folded);
  }
}

function parseCondition(name: JsonScalar, operator: Operator, { key, value }: JsonMember, grammar: Grammar): Condition {
  const nodes = value.kind === 'array' ? value.items : [value];
  const operands = nodes.flatMap((node) => parseOperand(node, operator.traits, grammar));
  const odd = operands.find((operand) => operand.jsonType !== operands[0]?.jsonType);
  if (odd) {
    const message = `a ${odd.jsonType} among values of type ${operands[0]?.jsonType}`;
    grammar.report('INVALID_CONDITION_DATA_TYPE', { pointer: odd.pointer, start: odd.span.start }, message);
  }
  return {
    ...grammar.placeOf({ pointer: key.pointer, start: key.start, end: value.end }),
    operatorText: name.text,
    operator: operator.traits.name,
    setOperator: operator.setOperator,
    ifExists: operator.ifExists,
    key: { ...grammar.placeOf(key), text: key.text },
    operands,
  };
}

function parseOperand(node: JsonNode, traits: OperatorTraits, grammar: Grammar): ConditionOperand[] {
  if (node.kind === 'null' || !('text' in node)) return []; // the shape has reported it
  checkOperand(node, traits, grammar);
  return [{ ...grammar.placeOf(node), text: node.text, jsonType: node.kind }];
}

function checkOperand(node: JsonScalar, { name, family, variables }: OperatorTraits, grammar: Grammar): void {
  if (grammar.variables && node.text.includes('${')) {
    if (variables) checkVariables(node, grammar);
    else grammar.report('INVALID_VARIABLE_FOR_OPERATOR', node, `policy variable in an operand of \`${name}\``);
    return;
  }
  const [read, what, code] = LITERALS[family] ?? [];
  if (read && code && read(node.text) === undefined) {
    grammar.report(code, node, `\`${name}\` needs ${what}, not ${quote(node.text)}`);
  }
}

const VARIABLE_PROBLEMS: Readonly<Record<TemplateProblem['problem'], readonly [ProblemCode, string]>> = {
  missingBrace: ['MISSING_BRACE_IN_VARIABLE', 'without closing brace'],
  missingQuote: ['MISSING_QUOTE_IN_VARIABLE', "whose default is not written as `${key, 'default'}`"],
  empty: ['EMPTY_VARIABLE', 'without a name'],
  space: ['UNSUPPORTED_SPACE_IN_VARIABLE', 'with a space in its name'],
};

/** Reports malformed policy variables in a string in which variables are expanded. */
export function checkVariables(node: JsonScalar, { report, variables }: Grammar): void {
  const template = variables ? parseTemplate(node.text) : undefined;
  if (!template || !('problem' in template)) return;
  const [code, what] = VARIABLE_PROBLEMS[template.problem];
  report(code, node, `policy variable ${what}: ${quote(node.text.slice(template.at))}`);
}
