// below-fetch.ts — puts the headers of a signature into a request below Node's own `fetch`, where undici dispatches it.
// Given to `fetch` itself they would be converted, checked and copied several times over, which costs more than the
// signature (bench/signing). Any other `fetch` gets them in front.
import type { RawHeader } from '../core.js';
import type { FetchFunction } from './fetch-transport.js';

/** As much of undici's dispatcher as `fetch` uses. */
interface FetchDispatcher {
  readonly isMockActive?: boolean;
  dispatch(options: { readonly headers: Record<string, string> }, handler: unknown): boolean;
}

// Asked of the process rather than imported, so that the entry also loads where there is no Node.
const { process } = globalThis as { process?: { versions?: { undici?: string } } };
const major = Number.parseInt(process?.versions?.undici ?? '', 10);
// Where `fetch` looks for a dispatcher when it is given none. With a version of undici that is not known here, everything
// goes in front.
const globalDispatcher =
  major >= 6 && major <= 8 ? Symbol.for(`undici.globalDispatcher.${major < 8 ? 1 : 2}`) : undefined;

// INVARIANT: a memo of a pure function of the `fetch` in use.
let judged: FetchFunction | undefined;
let isNodes = false;

/**
 * The dispatcher that adds a signature's headers to what this `fetch` sends by `given`, or by its own when none is
 * given. Undefined when this `fetch` is not Node's own: one that someone put in its place may not know dispatchers.
 */
export function signingBelow(
  fetch: FetchFunction,
  given: unknown,
  signature: readonly RawHeader[],
): object | undefined {
  if (fetch !== judged) {
    isNodes = globalDispatcher !== undefined && String(fetch).includes("require('internal/deps/undici/undici')");
    judged = fetch;
  }
  if (!isNodes) return undefined;
  // Not there before undici is loaded, which happens in the first `fetch`.
  const target = given ?? (globalThis as Record<symbol, unknown>)[globalDispatcher as symbol];
  return target === undefined ? undefined : new SigningBelow(target as FetchDispatcher, signature);
}

// A class, since one is made for every request.
class SigningBelow implements FetchDispatcher {
  readonly #target: FetchDispatcher;
  readonly #signature: readonly RawHeader[];

  constructor(target: FetchDispatcher, signature: readonly RawHeader[]) {
    this.#target = target;
    this.#signature = signature;
  }

  get isMockActive(): boolean {
    return this.#target.isMockActive === true;
  }

  // The headers are an object that `fetch` makes for this call.
  dispatch(options: { readonly headers: Record<string, string> }, handler: unknown): boolean {
    for (const [name, value] of this.#signature) options.headers[name] = value;
    return this.#target.dispatch(options, handler);
  }
}
