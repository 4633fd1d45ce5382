// validate-document.ts — the shape of a stack file, by its JSON Schema: ajv's code for it, compiled ahead of time.
import type { StackErrorCode } from '../errors.js';
import { describeViolation, type SchemaError } from './describe-violation.js';
import { validateStack } from './stack-schema.generated.js';

/** A place where the document is not as the schema wants it. `onKey`: it is the key that is wrong. */
export interface Violation {
  readonly code: StackErrorCode;
  readonly pointer: string;
  readonly onKey: boolean;
  readonly message: string;
  /** The value is a property that the schema doesn't know: without it the rest may be right. */
  readonly unknownProperty?: boolean;
}

const validate: { (value: unknown): boolean; errors?: readonly SchemaError[] | null } = validateStack;

/** Everything that the schema has against a document; nothing when it is a `StackDocument`. */
export function validateDocument(value: unknown): Violation[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).flatMap((error) => describeViolation(error) ?? []);
}
