// One statement: each of its elements, all of them, without stopping at the first that fails.
import type { CompiledElement, CompiledPolicy, CompiledStatement } from '../compile/compile-policy.js';
import type { ElementList, LayerName, PolicyVersion, SourceString } from '../model.js';
import type { RequestState } from '../request-state.js';
import { TRUE, type Tri, UNDECIDED } from '../tri.js';
import { explainCondition } from './explain-condition.js';
import { explainEntry, outcomeOf } from './explain-entry.js';
import type { ElementExplanation, ExplanationReason, PolicyExplanation, StatementExplanation } from './explanation.js';

/** A policy of a layer, statement by statement. */
export function explainPolicyStatements(
  compiled: CompiledPolicy,
  state: RequestState,
  place: { layer: LayerName | undefined; level: number | undefined; action: string },
): PolicyExplanation {
  return {
    name: compiled.policy.name,
    level: place.level,
    statements: compiled.statements.map((statement) => explainStatement(compiled, statement, state, place)),
  };
}

function explainStatement(
  compiled: CompiledPolicy,
  statement: CompiledStatement,
  state: RequestState,
  place: { layer: LayerName | undefined; action: string },
): StatementExplanation {
  const { policy } = compiled;
  const { effect, principal, action, resource, conditions } = statement.statement;
  const elements: ElementExplanation[] = [];
  const isBound = state.hasBoundary && effect === 'Deny' && principal?.negated;
  if (principal !== undefined && statement.principal !== undefined) {
    elements.push(
      explainElement('Principal', principal, statement.principal, state, {
        actual: state.caller.arn,
        reason: isBound ? 'not-principal-with-boundary' : 'principal-mismatch',
      }),
    );
  }
  elements.push(
    explainElement('Action', action, statement.action, state, {
      actual: place.action,
      reason: 'action-mismatch',
    }),
  );
  if (resource !== undefined && statement.resource !== undefined) {
    elements.push(explainResource(resource, statement.resource, state, policy.version));
  }
  if (conditions.length > 0)
    elements.push(...statement.conditions.map((one) => explainCondition(one, policy.version, state)));
  const outcome = outcomeOf(lowest(elements));
  return {
    statement: statement.ref(place.layer),
    applies: outcome === 'true' || (outcome === 'undecided' && effect === 'Deny'),
    outcome,
    elements,
  };
}

function explainResource(
  resource: ElementList<SourceString>,
  compiled: CompiledElement,
  state: RequestState,
  version: PolicyVersion,
): ElementExplanation {
  const element = explainElement('Resource', resource, compiled, state, {
    actual: state.resource,
    reason: 'resource-mismatch',
    version,
  });
  const isUnresolved =
    element.outcome === 'false' &&
    element.wanted.some((entry) => entry.variables.length > 0 && entry.resolved === undefined);
  return isUnresolved ? { ...element, reason: 'variable-unresolved' } : element;
}

function explainElement(
  name: 'Principal' | 'Action' | 'Resource',
  element: ElementList<SourceString>,
  compiled: CompiledElement,
  state: RequestState,
  how: { actual: string; reason: ExplanationReason; version?: PolicyVersion },
): ElementExplanation {
  const start = state.assumed.length;
  const value = compiled.test(state);
  const assumptions = state.assumed.slice(start);
  const wanted = element.entries.map((entry, index) =>
    explainEntry(entry, outcomeOf(compiled.entries[index]?.(state) ?? 0), how.version, state),
  );
  state.assumed.length = start;
  return {
    element: element.negated ? `Not${name}` : name,
    outcome: outcomeOf(value),
    reason: reasonOf(value, how.reason),
    operator: undefined,
    key: undefined,
    actual: how.actual,
    wanted,
    assumptions,
    pointer: element.pointer,
    line: element.span.line,
    column: element.span.column,
  };
}

function reasonOf(value: Tri, whenFalse: ExplanationReason): ExplanationReason {
  if (value === UNDECIDED) return 'undecided';
  if (value === TRUE) return whenFalse === 'not-principal-with-boundary' ? whenFalse : 'matched';
  return whenFalse === 'not-principal-with-boundary' ? 'principal-mismatch' : whenFalse;
}

function lowest(elements: readonly ElementExplanation[]): Tri {
  if (elements.some(({ outcome }) => outcome === 'false')) return 0;
  return elements.some(({ outcome }) => outcome === 'undecided') ? 1 : 2;
}
