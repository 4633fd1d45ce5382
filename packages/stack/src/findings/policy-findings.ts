// policy-findings.ts — policies against the stack that they are used in: callers that can't call anything, and auth
// policies about some other service.
import {
  compilePolicy,
  evaluatePolicy,
  type Policy,
  type SourceString,
  type Statement,
} from '@lattice-auth/policy-engine';
import type { Service, Stack, StackPolicy, StackPrincipal } from '../model.js';
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
    return finding('CALLER_NEVER_ALLOWED', 'warning', principal.place, message);
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

/** Resources of a service's auth policy that name another service: such a statement never matches. */
export function foreignResourceFindings(stack: Stack): StackFinding[] {
  return Object.values(stack.services).flatMap((service) => {
    return service.authPolicy === undefined ? [] : foreignResources(stack, service, service.authPolicy);
  });
}

const SERVICE_RESOURCE = /^(arn:[^:]*:vpc-lattice:[^:]*:[^:]*:service\/[^/]+)(?:\/|$)/;

function foreignResources(stack: Stack, service: Service, { policy, file, place }: StackPolicy): StackFinding[] {
  const written = file === place.file ? place.pointer : '';
  return policy.statements.flatMap(({ resource }) => {
    if (resource === undefined || resource.negated) return [];
    return resource.entries.flatMap(({ text, pointer, span }) => {
      const arn = SERVICE_RESOURCE.exec(text)?.[1];
      if (arn === undefined || /[*?$]/.test(arn) || arn === service.arn) return [];
      const other = Object.values(stack.services).find((each) => each.arn === arn);
      const named = other === undefined ? quote(arn) : `service ${quote(other.name)}`;
      const message = `the auth policy of service ${quote(service.name)} names ${named} as its resource: it never matches here`;
      const at = { file, pointer: written + pointer, line: span.line, column: span.column };
      return finding('RESOURCE_OF_OTHER_SERVICE', 'warning', at, message);
    });
  });
}
