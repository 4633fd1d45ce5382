// The one error of this package. Everything wrong with a policy document is found before evaluation;
// evaluation itself never throws (docs/evaluation.md, EVAL-TOTAL).
import type { Finding } from './model.js';
import { quote } from './quote.js';

/**
 * What is wrong with a policy document. Codes are API: match on them, not on messages.
 *
 * - `ERR_POLICY_JSON` – not JSON, a duplicate key, or not text that can be read as JSON
 * - `ERR_POLICY_ELEMENT` – an element is unknown, missing, in the wrong policy type, or of the wrong JSON type
 * - `ERR_POLICY_VALUE` – an element's value can't be understood (principal, action, ARN, operand, version, effect)
 * - `ERR_POLICY_OPERATOR` – an unknown condition operator, or one in a form that has no meaning
 * - `ERR_POLICY_VARIABLE` – a malformed policy variable
 * - `ERR_POLICY_LIMIT` – larger or deeper than `limits.ts` allows
 */
export type PolicyErrorCode =
  | 'ERR_POLICY_JSON'
  | 'ERR_POLICY_ELEMENT'
  | 'ERR_POLICY_VALUE'
  | 'ERR_POLICY_OPERATOR'
  | 'ERR_POLICY_VARIABLE'
  | 'ERR_POLICY_LIMIT';

/** Where in the document: a JSON Pointer and the position of the first character (line and column from 1). */
export interface ErrorPlace {
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Thrown by `parsePolicy`. `findings` lists everything that was wrong, the first of which the error names.
 */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly code: PolicyErrorCode;
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
  readonly findings: readonly Finding[];

  constructor(code: PolicyErrorCode, message: string, place: ErrorPlace, findings: readonly Finding[] = []) {
    super(`${message} at ${quote(place.pointer)} (line ${place.line}, column ${place.column})`);
    this.code = code;
    this.pointer = place.pointer;
    this.line = place.line;
    this.column = place.column;
    this.findings = findings;
  }
}
