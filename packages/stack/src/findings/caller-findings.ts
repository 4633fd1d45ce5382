// caller-findings.ts — callers that can't call anything.
import {
  compilePolicy,
  evaluatePolicy,
  type Policy,
  type SourceString,
  type Statement,
} from '@lattice-auth/policy-engine';
import type { Stack, StackPrincipal } from '../model.js';
import { quote } from '../text/quote.js';
import { finding, type StackFinding } from './stack-findings.js';

/** Callers whose identity policies have no Allow for Lattice at all. */
export function callerFindings(stack: Stack): StackFinding[] {
  return Object.values(stack.principals).flatMap((principal) => {
    if (principal.caller === 'assume-allowed' || principal.kind === 'root') return [];
    const { identity } = principal.caller;
    if (identity.some((policy) => mayAllow(policy, principal))) return [];
    const why =
      identity.length === 0 ? 'has no identity policy' : "has no identity policy that allows Lattice's actions";
    const message = `principal ${quote(principal.name)} ${why}: it is denied wherever auth type is AWS_IAM`;
    return finding('STACK_CALLER_NEVER_ALLOWED', 'warning', principal.place, message);
  });
}

/** Whether some statement allows one of Lattice's actions, on whatever resource and condition. */
function mayAllow(policy: Policy, { principal }: StackPrincipal): boolean {
  const statements = policy.statements.filter(({ effect }) => effect === 'Allow').map(withoutLimits);
  const compiled = compilePolicy({ ...policy, statements });
  return ['Invoke', 'Connect'].some((action) => {
    const request = { principal, action: `vpc-lattice-svcs:${action}`, resource: '*', context: {} };
    return evaluatePolicy(compiled, request).effect === 'allow';
  });
}

function withoutLimits(statement: Statement): Statement {
  const { pointer, span } = statement;
  const everything: SourceString = { text: '*', pointer, span };
  return { ...statement, conditions: [], resource: { pointer, span, negated: false, entries: [everything] } };
}
