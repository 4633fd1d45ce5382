// Turns a parsed policy into statements that can be tested, filed by who and what they can apply to. This is the one
// meaning of a statement: deciding and explaining both read it.
import type { CompiledCondition } from '../condition/compile-condition.js';
import { compileCondition } from '../condition/compile-condition.js';
import { compileAction, compileActionEntry, exactActionOf } from '../match/action.js';
import { compilePrincipal, compilePrincipalEntry, type PrincipalMatcher } from '../match/principal.js';
import { compileResource, compileResourceEntry } from '../match/resource.js';
import type { LayerName, Policy, Statement, StatementRef } from '../model.js';
import { ALWAYS, type Test } from '../request-state.js';
import { indexStatements, type StatementIndex } from './statement-index.js';

/** `all` over its elements: `exactAction`, and an entry of `tests` for each other that can fail. */
export interface CompiledStatement {
  readonly statement: Statement;
  /** The one action that it names in full, in lower case: one comparison in place of a test. */
  readonly exactAction: string | undefined;
  readonly tests: readonly Test[];
  readonly principal: CompiledPrincipal | undefined;
  readonly action: CompiledElement;
  readonly resource: CompiledElement | undefined;
  readonly conditions: readonly CompiledCondition[];
  /** Names the statement in a decision, for the layer it stands in. */
  ref(layer: LayerName | undefined): StatementRef;
}

/** One element: its whole test and those of its entries, for the explanation. */
export interface CompiledElement {
  readonly test: Test;
  readonly entries: readonly Test[];
}

interface CompiledPrincipal extends CompiledElement {
  readonly matchers: readonly PrincipalMatcher[];
}

export interface CompiledPolicy {
  readonly policy: Policy;
  readonly statements: readonly CompiledStatement[];
  readonly denies: StatementIndex;
  readonly allows: StatementIndex;
}

// A memo, not state: policies are immutable, so that compiling one twice can't be observed.
const compiled = new WeakMap<Policy, CompiledPolicy>();

/**
 * Compiles a policy once; a second call with the same policy costs a look-up.
 *
 * @throws TypeError when `policy` is not what `parsePolicy` returns
 */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const known = compiled.get(policy);
  if (known !== undefined) return known;
  const statements = policy.statements.map((statement) => compileStatement(policy, statement));
  const result: CompiledPolicy = {
    policy,
    statements,
    denies: indexStatements(statements.filter((one) => one.statement.effect === 'Deny')),
    allows: indexStatements(statements.filter((one) => one.statement.effect === 'Allow')),
  };
  compiled.set(policy, result);
  return result;
}

function compileStatement(policy: Policy, statement: Statement): CompiledStatement {
  const principal = principalOf(policy, statement);
  const action = actionOf(policy, statement);
  const resource = resourceOf(policy, statement);
  const conditions = statement.conditions.map((condition) => compileCondition(condition, policy.version));
  const exactAction = exactActionOf(statement.action);
  const elements = [principal, action, resource, ...conditions].filter((element) => element !== undefined);
  const isTested = (test: Test) => test !== ALWAYS && (exactAction === undefined || test !== action.test);
  return {
    statement,
    exactAction,
    tests: elements.map((element) => element.test).filter(isTested),
    principal,
    action,
    resource,
    conditions,
    ref: refMaker(policy, statement),
  };
}

function principalOf({ type }: Policy, statement: Statement): CompiledPrincipal | undefined {
  const { principal, effect } = statement;
  if (principal === undefined) return undefined;
  const matchers = principal.entries.map(compilePrincipalEntry);
  const test = compilePrincipal(principal, matchers, { type, effect });
  return { test, entries: matchers.map((matcher) => matcher.test), matchers };
}

function actionOf({ type }: Policy, { action }: Statement): CompiledElement {
  const entries = action.entries.map((entry) => compileActionEntry(entry.text));
  return { test: compileAction(action, entries, type), entries };
}

function resourceOf({ type, version }: Policy, { resource }: Statement): CompiledElement | undefined {
  if (resource === undefined) return undefined;
  const entries = resource.entries.map((entry) => compileResourceEntry(entry.text, { type, version }));
  return { test: compileResource(resource, entries, type), entries: entries.map((entry) => entry.test) };
}

function refMaker(policy: Policy, statement: Statement): CompiledStatement['ref'] {
  const refs = new Map<LayerName | undefined, StatementRef>();
  return (layer) => {
    const known = refs.get(layer);
    if (known !== undefined) return known;
    const ref = Object.freeze({
      layer,
      policy: policy.name,
      index: statement.index,
      sid: statement.sid,
      effect: statement.effect,
      pointer: statement.pointer,
      line: statement.span.line,
      column: statement.span.column,
    });
    refs.set(layer, ref);
    return ref;
  };
}
