// Splits ARNs into their six parts (docs/evaluation.md, ARN-1). A part may be empty; colons after the fifth belong to
// the last part.

/** The six parts of an ARN: `arn`, partition, service, region, account, resource; `undefined` when there are fewer. */
export function splitArn(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  let start = 0;
  while (parts.length < 5) {
    const colon = text.indexOf(':', start);
    if (colon === -1) return undefined;
    parts.push(text.slice(start, colon));
    start = colon + 1;
  }
  parts.push(text.slice(start));
  return parts;
}
