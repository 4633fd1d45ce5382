// match-rule.ts — does a rule of a listener match? Method, path and headers, all of them; letter case counts where the rule
// says so. Made once for each rule.
import type { Rule, RuleMatch, TextMatch } from '@lattice-auth/stack';

/** What rules look at. */
export interface RoutedRequest {
  readonly method: string;
  /** Without the query; not decoded. */
  readonly path: string;
  /** Values by lower-case name. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}

type Test = (request: RoutedRequest) => boolean;
type TextTest = (text: string) => boolean;

/** A rule's match as a function. */
export function compileMatch({ method, path, headers }: RuleMatch): Test {
  const tests: Test[] = [];
  if (method !== undefined) tests.push((request) => request.method === method);
  if (path !== undefined) {
    const matches = compileText(path);
    tests.push((request) => matches(request.path));
  }
  for (const header of headers) tests.push(compileHeader(header));
  const [only, second] = tests;
  if (only === undefined) return () => true;
  if (second === undefined) return only;
  return (request) => tests.every((test) => test(request));
}

/** The first of the rules that matches; rules come in the order of their priority. */
export function firstMatch<T extends { readonly matches: Test }>(
  rules: readonly T[],
  request: RoutedRequest,
): T | undefined {
  for (const rule of rules) if (rule.matches(request)) return rule;
  return undefined;
}

/** Rules by priority, the lowest number first. */
export function byPriority(rules: readonly Rule[]): Rule[] {
  return rules.toSorted((a, b) => a.priority - b.priority);
}

// Of a header that comes several times, one value that matches will do, or all of them joined.
function compileHeader(header: TextMatch & { readonly name: string }): Test {
  const name = header.name.toLowerCase();
  const matches = compileText(header);
  return ({ headers }) => {
    const value = headers[name];
    if (value === undefined) return false;
    if (typeof value === 'string') return matches(value);
    return value.some(matches) || matches(value.join(', '));
  };
}

function compileText({ kind, text, caseSensitive }: TextMatch): TextTest {
  const wanted = caseSensitive ? text : text.toLowerCase();
  const test: (given: string) => boolean = {
    exact: (given: string) => given === wanted,
    prefix: (given: string) => given.startsWith(wanted),
    contains: (given: string) => given.includes(wanted),
  }[kind];
  return caseSensitive ? test : (given) => test(given.toLowerCase());
}
