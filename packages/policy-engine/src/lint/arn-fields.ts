// ARNs as they stand in policies: with wildcards, variables and missing fields. Colons inside `${…}` don't split
// (docs/evaluation.md, ARN-1).

/** The fields of an ARN pattern, at most six; colons after the fifth belong to the last. */
export function fieldsOf(text: string): string[] {
  const fields: string[] = [];
  let start = 0;
  let inVariable = false;
  for (let index = 0; index < text.length && fields.length < 5; index++) {
    if (text.startsWith('${', index)) inVariable = true;
    else if (text[index] === '}') inVariable = false;
    else if (text[index] === ':' && !inVariable) {
      fields.push(text.slice(start, index));
      start = index + 1;
    }
  }
  fields.push(text.slice(start));
  return fields;
}

/** A shortened ARN as the caller's policies read it: missing fields are `*` (docs/evaluation.md, RESOURCE-2). */
export function filledUp(text: string): string {
  return text.startsWith('arn:') ? text + ':*'.repeat(6 - fieldsOf(text).length) : text;
}

/** Whether a text says exactly one thing: neither wildcard nor variable. */
export function isLiteral(text: string): boolean {
  return !/[*?]|\$\{/.test(text);
}

/** Takes variables and escapes out, so that what is left can be searched for wildcards. */
export function withoutVariables(text: string): string {
  return text.replace(/\$\{[^}]*\}/g, '');
}

/** Partitions of AWS. */
export const PARTITIONS: ReadonlySet<string> = new Set([
  ...['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f'],
]);
