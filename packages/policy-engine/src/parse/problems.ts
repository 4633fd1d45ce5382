// What can be wrong with a document, as codes. They are Access Analyzer's where it has one for the fault; the others
// are JSON_SYNTAX_ERROR's neighbours: limits, and things that Access Analyzer does not tell apart.
import type { PolicyErrorCode } from '../errors.js';

/** Finding code → code of the error that `parsePolicy` throws. */
export const PROBLEM_CODES = {
  JSON_SYNTAX_ERROR: 'ERR_POLICY_JSON',
  LIMIT_EXCEEDED: 'ERR_POLICY_LIMIT',
  DATA_TYPE_MISMATCH: 'ERR_POLICY_ELEMENT',
  INVALID_POLICY_ELEMENT: 'ERR_POLICY_ELEMENT',
  INVALID_PRINCIPAL_KEY: 'ERR_POLICY_ELEMENT',
  MISSING_ACTION: 'ERR_POLICY_ELEMENT',
  MISSING_EFFECT: 'ERR_POLICY_ELEMENT',
  MISSING_PRINCIPAL: 'ERR_POLICY_ELEMENT',
  MISSING_RESOURCE: 'ERR_POLICY_ELEMENT',
  MISSING_STATEMENT: 'ERR_POLICY_ELEMENT',
  UNSUPPORTED_ELEMENT_COMBINATION: 'ERR_POLICY_ELEMENT',
  UNSUPPORTED_PRINCIPAL: 'ERR_POLICY_ELEMENT',
  DUPLICATE_KEYS_WITH_DIFFERENT_CASE: 'ERR_POLICY_ELEMENT',
  EMPTY_ARRAY_NOT_ACTION: 'ERR_POLICY_VALUE',
  EMPTY_ARRAY_NOT_PRINCIPAL: 'ERR_POLICY_VALUE',
  EMPTY_ARRAY_NOT_RESOURCE: 'ERR_POLICY_VALUE',
  INVALID_ACTION: 'ERR_POLICY_VALUE',
  INVALID_CONDITION_DATA_TYPE: 'ERR_POLICY_VALUE',
  INVALID_EFFECT: 'ERR_POLICY_VALUE',
  INVALID_POLICY_TYPE: 'ERR_POLICY_VALUE',
  INVALID_PRINCIPAL_FORMAT: 'ERR_POLICY_VALUE',
  INVALID_VERSION: 'ERR_POLICY_VALUE',
  MISSING_ARN_FIELD: 'ERR_POLICY_VALUE',
  TYPE_MISMATCH_BINARY: 'ERR_POLICY_VALUE',
  TYPE_MISMATCH_BOOLEAN: 'ERR_POLICY_VALUE',
  TYPE_MISMATCH_DATE: 'ERR_POLICY_VALUE',
  TYPE_MISMATCH_IP_RANGE: 'ERR_POLICY_VALUE',
  TYPE_MISMATCH_NUMBER: 'ERR_POLICY_VALUE',
  UNSUPPORTED_WILDCARD_IN_PRINCIPAL: 'ERR_POLICY_VALUE',
  INVALID_CONDITION_OPERATOR: 'ERR_POLICY_OPERATOR',
  NULL_WITH_IF_EXISTS: 'ERR_POLICY_OPERATOR',
  EMPTY_VARIABLE: 'ERR_POLICY_VARIABLE',
  INVALID_VARIABLE_FOR_OPERATOR: 'ERR_POLICY_VARIABLE',
  MISSING_BRACE_IN_VARIABLE: 'ERR_POLICY_VARIABLE',
  MISSING_QUOTE_IN_VARIABLE: 'ERR_POLICY_VARIABLE',
  UNSUPPORTED_SPACE_IN_VARIABLE: 'ERR_POLICY_VARIABLE',
} as const satisfies Record<string, PolicyErrorCode>;

export type ProblemCode = keyof typeof PROBLEM_CODES;

/** Where something stands: what a JSON node is besides its value. */
export interface Extent {
  readonly pointer: string;
  readonly start: number;
  readonly end: number;
}

export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly pointer: string;
  readonly start: number;
}

/**
 * Notes one problem; parsing goes on, so that a document's faults are all found in one go.
 * @throws {Stop} when enough have been noted
 */
export type Report = (code: ProblemCode, where: Pick<Extent, 'pointer' | 'start'>, message: string) => void;

/** Ends parsing from any depth, after the reason was reported. Never leaves `parsePolicyFindings`. */
export class Stop extends Error {}
