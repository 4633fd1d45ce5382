// The text of a policy: what was given, or the JSON of the object that was given. An object is foreign code (getters,
// toJSON, proxies) and may be a graph that unfolds without end, so turning it into text is bounded as it goes
// (docs/evaluation.md, PARSE-SIZE).
import { DOCUMENT_LENGTH_MAX, NESTING_MAX } from '../limits.js';
import type { Problem, ProblemCode } from './problems.js';

/** Ends JSON.stringify; never leaves this file. */
class TooLarge extends Error {}

/** The text of a policy, or why there is none. */
export function policyText(source: unknown): string | Problem {
  try {
    const text = typeof source === 'string' ? source : jsonOf(source);
    if (text === undefined) return problem('JSON_SYNTAX_ERROR', 'expected a policy as text or as an object');
    if (text.length > DOCUMENT_LENGTH_MAX) throw new TooLarge();
    return text;
  } catch (error) {
    if (error instanceof TooLarge) return problem('LIMIT_EXCEEDED', 'longer or deeper than a policy can be');
    return problem('JSON_SYNTAX_ERROR', "the object can't be turned into JSON");
  }
}

function jsonOf(source: unknown): string | undefined {
  return typeof source === 'object' && source !== null ? JSON.stringify(source, limiter(), 2) : undefined;
}

function problem(code: ProblemCode, message: string): Problem {
  return { code, message, pointer: '', start: 0 };
}

/** A replacer that changes nothing, and throws when the text would be too long or too deep. */
function limiter(): (this: unknown, key: string, value: unknown) => unknown {
  const depths = new Map<unknown, number>();
  let length = 0;
  return function (key, value) {
    const depth = (depths.get(this) ?? -1) + 1;
    length += key.length + (typeof value === 'string' ? value.length : 1);
    if (depth > NESTING_MAX || length > DOCUMENT_LENGTH_MAX) throw new TooLarge();
    if (typeof value === 'object') depths.set(value, depth);
    return value;
  };
}
