// What can be wrong with a document, as codes. They are Access Analyzer's where it has one for the fault; the others
// are JSON_SYNTAX_ERROR's neighbours: limits, and things that Access Analyzer does not tell apart.
import type { PolicyErrorCode } from '../errors.js';

/** Code of the error that `parsePolicy` throws → codes of findings that are such an error. */
const PROBLEMS = {
  ERR_POLICY_JSON: ['JSON_SYNTAX_ERROR'],
  ERR_POLICY_LIMIT: ['LIMIT_EXCEEDED'],
  ERR_POLICY_ELEMENT: [
    'DATA_TYPE_MISMATCH',
    'INVALID_POLICY_ELEMENT',
    'INVALID_PRINCIPAL_KEY',
    'MISSING_ACTION',
    'MISSING_EFFECT',
    'MISSING_PRINCIPAL',
    'MISSING_RESOURCE',
    'MISSING_STATEMENT',
    'UNSUPPORTED_ELEMENT_COMBINATION',
    'UNSUPPORTED_PRINCIPAL',
    'DUPLICATE_KEYS_WITH_DIFFERENT_CASE',
  ],
  ERR_POLICY_VALUE: [
    'EMPTY_ARRAY_NOT_ACTION',
    'EMPTY_ARRAY_NOT_PRINCIPAL',
    'EMPTY_ARRAY_NOT_RESOURCE',
    'INVALID_ACTION',
    'INVALID_CONDITION_DATA_TYPE',
    'INVALID_EFFECT',
    'INVALID_POLICY_TYPE',
    'INVALID_PRINCIPAL_FORMAT',
    'INVALID_VERSION',
    'MISSING_ARN_FIELD',
    'TYPE_MISMATCH_BINARY',
    'TYPE_MISMATCH_BOOLEAN',
    'TYPE_MISMATCH_DATE',
    'TYPE_MISMATCH_IP_RANGE',
    'TYPE_MISMATCH_NUMBER',
    'UNSUPPORTED_WILDCARD_IN_PRINCIPAL',
  ],
  ERR_POLICY_OPERATOR: ['INVALID_CONDITION_OPERATOR', 'NULL_WITH_IF_EXISTS'],
  ERR_POLICY_VARIABLE: [
    'EMPTY_VARIABLE',
    'INVALID_VARIABLE_FOR_OPERATOR',
    'MISSING_BRACE_IN_VARIABLE',
    'MISSING_QUOTE_IN_VARIABLE',
    'UNSUPPORTED_SPACE_IN_VARIABLE',
  ],
} as const satisfies Record<PolicyErrorCode, readonly string[]>;

export type ProblemCode = (typeof PROBLEMS)[PolicyErrorCode][number];

/** The error that a finding of parsing becomes. */
export function errorCodeOf(code: string): PolicyErrorCode {
  for (const [error, codes] of Object.entries(PROBLEMS)) {
    if ((codes as readonly string[]).includes(code)) return error as PolicyErrorCode;
  }
  return 'ERR_POLICY_VALUE';
}

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
