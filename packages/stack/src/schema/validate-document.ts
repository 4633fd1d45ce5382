// validate-document.ts — the shape of a stack file, by its JSON Schema. The validator is compiled on first use.
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { StackDocument } from '../document.js';
import type { StackErrorCode } from '../errors.js';
import { describeViolation } from './describe-violation.js';
import { stackSchema } from './stack-schema.generated.js';

/** A place where the document is not as the schema wants it. `onKey`: it is the key that is wrong. */
export interface Violation {
  readonly code: StackErrorCode;
  readonly pointer: string;
  readonly onKey: boolean;
  readonly message: string;
  /** The value is a property that the schema doesn't know: without it the rest may be right. */
  readonly unknownProperty?: boolean;
}

let compiled: ValidateFunction<StackDocument> | undefined;

function validator(): ValidateFunction<StackDocument> {
  if (compiled === undefined) {
    const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, strictRequired: false });
    ajv.addVocabulary(['x-what']);
    compiled = ajv.compile<StackDocument>(stackSchema);
  }
  return compiled;
}

/** Everything that the schema has against a document; nothing when it is a {@link StackDocument}. */
export function validateDocument(value: unknown): Violation[] {
  const validate = validator();
  if (validate(value)) return [];
  const violations: Violation[] = [];
  for (const error of validate.errors ?? []) {
    const violation = describeViolation(error as ErrorObject);
    if (violation) violations.push(violation);
  }
  return violations;
}
