// Likely causes of a mismatch, for people: mistakes that look right in the policy text.
import type { CompiledCondition } from '../condition/compile-condition.js';
import { splitArn } from '../match/arn.js';
import type { Caller } from '../match/caller.js';
import { compileGlob, matchesGlob } from '../match/wildcard.js';
import type { Policy, Statement } from '../model.js';
import type { KeyValue, RequestState } from '../request-state.js';

export function conditionHint({ condition, traits, key }: CompiledCondition, actual: KeyValue): string | undefined {
  const texts = condition.operands.map((operand) => operand.text);
  if (actual === undefined && key.folded === 'aws:sourcevpc') return 'Lattice has vpc-lattice-svcs:SourceVpc instead';
  if (Array.isArray(actual) && condition.setOperator === undefined && key.source !== 'requestQuery') {
    return 'a multivalued key needs ForAnyValue: or ForAllValues:';
  }
  if (typeof actual !== 'string' || traits.negated || traits.family !== 'string') return undefined;
  if (
    !traits.name.endsWith('Like') &&
    texts.some((text) => text.includes('*') && matchesGlob(compileGlob(text), actual))
  ) {
    return '`*` is literal in this operator; StringLike would match';
  }
  if (texts.some((text) => text.toLowerCase() === actual.toLowerCase())) return 'the texts differ in casing only';
  return texts.some((text) => text.trim() === actual.trim()) ? 'the texts differ in white space only' : undefined;
}

export function resourceHint(statement: Statement, state: RequestState): string | undefined {
  const texts = statement.resource?.negated ? [] : (statement.resource?.entries.map((entry) => entry.text) ?? []);
  if (texts.some((text) => state.resource.startsWith(`${text}/`) && text.includes(':service/'))) {
    return 'Invoke asks for the service ARN followed by the path: the entry needs `/*` at its end';
  }
  if (texts.some((text) => text.startsWith('arn:') && text.split(':')[2] === 'vpc-lattice-svcs')) {
    return 'ARNs of Lattice say `vpc-lattice`, actions say `vpc-lattice-svcs`';
  }
  if (texts.some((text) => matchesGlob(compileGlob(text.toLowerCase()), state.resource.toLowerCase()))) {
    return 'the resource differs in casing only';
  }
  return undefined;
}

export function actionHint(statement: Statement): string | undefined {
  const isControlPlane = statement.action.entries.some((entry) => entry.text.toLowerCase().startsWith('vpc-lattice:'));
  return isControlPlane ? '`vpc-lattice:` is the control plane; requests need `vpc-lattice-svcs:`' : undefined;
}

export function principalHint(statement: Statement, caller: Caller, policy: Policy): string | undefined {
  if (statement.principal === undefined || statement.principal.negated) return undefined;
  if (caller.kind === 'anonymous') return 'the request is not signed';
  const arns = statement.principal.entries.map((entry) => splitArn(entry.text)).filter((parts) => parts !== undefined);
  const sameName = arns.find((parts) => lastSegment(parts[5] ?? '') === caller.name && parts[4] !== caller.account);
  if (sameName !== undefined)
    return `the same name in account ${sameName[4]}, the caller is of account ${caller.account}`;
  return policy.statements.length > 0 && arns.some((parts) => parts[1] !== caller.partition)
    ? 'the partitions differ'
    : undefined;
}

function lastSegment(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}
