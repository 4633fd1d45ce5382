// What an explanation consists of: layer > statement > element > entry, with what was asked and what was there
// (docs/evaluation.md, Explanations).
import type { Decision, LatticeLayer, LayerResult, StatementRef } from '../model.js';

/** Why an element has its outcome. Codes are API: match on them, not on messages. */
export type ExplanationReason =
  | 'matched'
  | 'principal-mismatch'
  | 'not-principal-with-boundary'
  | 'action-mismatch'
  | 'resource-mismatch'
  | 'condition-false'
  | 'key-missing'
  | 'variable-unresolved'
  | 'unparsable-value'
  | 'multivalued-without-set-operator'
  | 'unusable-key'
  | 'undecided';

export type Outcome = 'true' | 'false' | 'undecided';

/** A policy variable and the value it got; `undefined` = none. */
export interface ResolvedVariable {
  readonly name: string;
  readonly value: string | undefined;
  readonly fromDefault: boolean;
}

/** One entry of an element or one operand of a condition. */
export interface EntryExplanation {
  readonly text: string;
  readonly outcome: Outcome;
  /** The text with its variables resolved, when it has any. */
  readonly resolved: string | undefined;
  readonly variables: readonly ResolvedVariable[];
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
}

/** One element of a statement; a Condition element gives one of these for each key. */
export interface ElementExplanation {
  readonly element: 'Principal' | 'NotPrincipal' | 'Action' | 'NotAction' | 'Resource' | 'NotResource' | 'Condition';
  readonly outcome: Outcome;
  readonly reason: ExplanationReason;
  /** The operator with prefix and suffix, for a condition. */
  readonly operator: string | undefined;
  /** The condition key as the policy writes it. */
  readonly key: string | undefined;
  /** What the request has; `undefined` = the key is absent. */
  readonly actual: string | readonly string[] | undefined;
  /** What the policy asks for. */
  readonly wanted: readonly EntryExplanation[];
  readonly assumptions: readonly string[];
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
}

export interface StatementExplanation {
  readonly statement: StatementRef;
  /** Whether the statement applies to the request. A Deny that can't be decided applies. */
  readonly applies: boolean;
  readonly outcome: Outcome;
  readonly elements: readonly ElementExplanation[];
}

export interface PolicyExplanation {
  readonly name: string | undefined;
  /** SCP level, root first, from 0. */
  readonly level: number | undefined;
  readonly statements: readonly StatementExplanation[];
}

export interface LayerExplanation {
  readonly layer: LatticeLayer | 'rcp';
  readonly result: LayerResult;
  /** Empty for a layer that was not asked. */
  readonly policies: readonly PolicyExplanation[];
}

/** An Allow that did not match, and everything that would have to differ for it to match: its elements that were not true. */
export interface NearMiss {
  readonly statement: StatementRef;
  readonly differences: readonly ElementExplanation[];
}

export interface Explanation {
  readonly decision: Decision;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** In the order in which a denial names them; RCPs last. */
  readonly layers: readonly LayerExplanation[];
  /** For an implicit deny: the failed Allows of the layers that deny, by layer, the smallest set of differences first. */
  readonly nearMisses: readonly NearMiss[];
}
