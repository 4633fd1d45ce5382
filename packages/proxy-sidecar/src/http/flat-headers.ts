// flat-headers.ts: looking into headers as they came in: name, value, name, value, in the order and case of arrival.

/** The first value of a header; `name` in lower case. */
export function fieldOf(flat: readonly string[], name: string): string | undefined {
  for (let i = 0; i < flat.length; i += 2) if (flat[i]?.toLowerCase() === name) return flat[i + 1];
  return undefined;
}

/** The value of a header that there is once; undefined when there is none, or several. */
export function onlyFieldOf(flat: readonly string[], name: string): string | undefined {
  let found: string | undefined;
  for (let i = 0; i < flat.length; i += 2) {
    if (flat[i]?.toLowerCase() !== name) continue;
    if (found !== undefined) return undefined;
    found = flat[i + 1];
  }
  return found;
}

/** The content type says gRPC. */
export function isGrpc(flat: readonly string[]): boolean {
  return fieldOf(flat, 'content-type')?.startsWith('application/grpc') === true;
}
