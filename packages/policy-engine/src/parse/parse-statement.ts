// One statement: its elements by the kind of policy it stands in (docs/evaluation.md, PARSE-ELEMENT, PARSE-EMPTY). The shape is checked
// elsewhere; what is missing or of the wrong type there is passed over here without a second word.
import { splitArn } from '../match/arn.js';
import type { ElementList, SourceString, Statement } from '../model.js';
import { quote } from '../quote.js';
import { type Element, elementOf, type Grammar, stringsOf } from './grammar.js';
import type { JsonObject } from './json-reader.js';
import { checkVariables, parseConditions } from './parse-condition.js';
import { parsePrincipal } from './parse-principal.js';

/** The statement, or `undefined` when it can't be one; problems are reported. */
export function parseStatement(node: JsonObject, index: number, grammar: Grammar): Statement | undefined {
  const principal = parsePrincipal(node, grammar);
  const action = parseAction(node, grammar);
  const resource = parseResource(node, action, grammar);
  const conditions = parseConditions(node, grammar);
  const [effect] = stringsOf(node.members.get('Effect')?.value).map(({ text }) => text);
  const [sid] = stringsOf(node.members.get('Sid')?.value).map(({ text }) => text);
  if ((effect !== 'Allow' && effect !== 'Deny') || !action) return undefined;
  return { ...grammar.placeOf(node), index, sid, effect, principal, action, resource, conditions };
}

function parseAction(node: JsonObject, grammar: Grammar): ElementList<SourceString> | undefined {
  const { report, type } = grammar;
  const element = elementOf(node, 'Action', grammar);
  if (!element) {
    report('MISSING_ACTION', node, 'statement without `Action`');
    return undefined;
  }
  if (type === 'rcp' && element.negated) {
    report('INVALID_POLICY_ELEMENT', element.key, "a resource control policy can't have `NotAction`");
  }
  for (const entry of stringsOf(element.value)) {
    if (entry.text === '*' || /^[^:]+:./s.test(entry.text)) continue;
    report('INVALID_ACTION', entry, `action ${quote(entry.text)} is not of the form \`service:action\``);
  }
  return listOf(element, 'EMPTY_ARRAY_NOT_ACTION', grammar);
}

/** Only trust policies have no Resource: they are about the role that they are attached to. */
function parseResource(
  node: JsonObject,
  action: ElementList<SourceString> | undefined,
  grammar: Grammar,
): ElementList<SourceString> | undefined {
  const { report, type } = grammar;
  const element = elementOf(node, 'Resource', grammar);
  if (!element) {
    const trusts = type === 'resource' && action && isTrust(action);
    if (!trusts) report('MISSING_RESOURCE', node, 'statement without `Resource`');
    return undefined;
  }
  for (const entry of stringsOf(element.value)) {
    checkVariables(entry, grammar);
    const whole = (type !== 'session' && type !== 'rcp') || !entry.text.startsWith('arn:') || splitArn(entry.text);
    if (!whole)
      report('MISSING_ARN_FIELD', entry, `shortened ARN ${quote(entry.text)} in a policy of type \`${type}\``);
  }
  return listOf(element, 'EMPTY_ARRAY_NOT_RESOURCE', grammar);
}

function isTrust({ negated, entries }: ElementList<SourceString>): boolean {
  return !negated && entries.length > 0 && entries.every(({ text }) => /^sts:/i.test(text));
}

function listOf(
  { name, negated, value }: Element,
  ifEmpty: 'EMPTY_ARRAY_NOT_ACTION' | 'EMPTY_ARRAY_NOT_RESOURCE',
  { placeOf, report }: Grammar,
): ElementList<SourceString> {
  // Nothing excepted would be everything: never what was meant.
  if (negated && value.kind === 'array' && value.items.length === 0) report(ifEmpty, value, `empty \`${name}\``);
  const entries = stringsOf(value).map((node) => ({ ...placeOf(node), text: node.text }));
  return { ...placeOf(value), negated, entries };
}
