// The Arn operators (docs/evaluation.md, ARN-1, ARNOP-1..2): six parts, each a pattern of its own.
import { splitArn } from '../match/arn.js';
import { compileGlob, type Glob, hasPrefix } from '../match/wildcard.js';
import type { RequestState } from '../request-state.js';
import { MATCH, NO_MATCH, type OperandTest, type Outcome, UNDECIDED_MATCH, UNREADABLE } from './operand.js';
import { type CompiledPart, constantParts, expandedGlob, expandTemplate } from './policy-variables.js';
import { like } from './string.js';

const ARN_PARTS = 6;

/** One operand of ArnEquals, ArnLike or their negations. */
export function arnOperand(parts: readonly CompiledPart[]): OperandTest {
  const fields = splitParts(parts);
  if (fields.length < ARN_PARTS) {
    return (_value, state) => unreadable(state);
  }
  const constants = fields.map(constantParts);
  if (constants.every((constant) => constant !== undefined)) {
    return constantArn(constants.map((constant) => compileGlob(expandedGlob(constant))));
  }
  return (value, state) => {
    // What can't be read comes before what has no value (COND-8, ARNOP-2).
    if (splitArn(value) === undefined) {
      state.assumed.push('arn-incomplete');
      return UNREADABLE;
    }
    const globs: Glob[] = [];
    for (const field of fields) {
      const expanded = expandTemplate(field, state);
      if (expanded === 'unknown') return UNDECIDED_MATCH;
      if (expanded === 'noValue') return NO_MATCH;
      globs.push(compileGlob(expandedGlob(expanded)));
    }
    return matchesFields(globs, value, state);
  };
}

/** Most operands have wildcards in their last part only: what is in front of it is compared at once. */
function constantArn(globs: readonly Glob[]): OperandTest {
  const exact = globs.slice(0, -1).flatMap((glob) => (glob.shape === 'exact' ? [`${glob.text}:`] : []));
  const last = globs.at(-1);
  if (exact.length < ARN_PARTS - 1 || last === undefined) return (value, state) => matchesFields(globs, value, state);
  const head = exact.join('');
  return (value, state) => {
    if (hasPrefix(value, head)) return like(last, value.slice(head.length), state);
    return hasAllParts(value) ? NO_MATCH : unreadable(state);
  };
}

function unreadable(state: RequestState): Outcome {
  state.assumed.push('arn-incomplete');
  return UNREADABLE;
}

function hasAllParts(value: string): boolean {
  let start = 0;
  for (let part = 1; part < ARN_PARTS; part++) {
    const colon = nextColon(value, start);
    if (colon === -1) return false;
    start = colon + 1;
  }
  return true;
}

/** Compares part by part in place. */
function matchesFields(globs: readonly Glob[], value: string, state: RequestState): Outcome {
  if (!hasAllParts(value)) return unreadable(state);
  let start = 0;
  for (let index = 0; index < ARN_PARTS; index++) {
    const end = index === ARN_PARTS - 1 ? value.length : nextColon(value, start);
    if (matchesField(globs[index] as Glob, value, start, end, state) === NO_MATCH) return NO_MATCH;
    start = end + 1;
  }
  return MATCH;
}

/** Colons of an ARN are near one another: `indexOf` takes longer to start than to find them (bench engine). */
function nextColon(value: string, start: number): number {
  for (let index = start; index < value.length; index++) if (value.charCodeAt(index) === 58) return index;
  return -1;
}

function matchesField(glob: Glob, value: string, start: number, end: number, state: RequestState): Outcome {
  if (glob.shape === 'any') return MATCH;
  if (glob.shape !== 'exact') return like(glob, value.slice(start, end), state);
  return glob.text.length === end - start && value.startsWith(glob.text, start) ? MATCH : NO_MATCH;
}

/** Splits at the first five colons of literal text: colons of variables and their defaults don't count. */
function splitParts(parts: readonly CompiledPart[]): CompiledPart[][] {
  const fields: CompiledPart[][] = [[]];
  for (const part of parts) {
    if (part.kind !== 'pattern') {
      fields.at(-1)?.push(part);
      continue;
    }
    let { text } = part;
    for (let colon = text.indexOf(':'); colon !== -1 && fields.length < ARN_PARTS; colon = text.indexOf(':')) {
      fields.at(-1)?.push({ kind: 'pattern', text: text.slice(0, colon) });
      fields.push([]);
      text = text.slice(colon + 1);
    }
    fields.at(-1)?.push({ kind: 'pattern', text });
  }
  return fields;
}
