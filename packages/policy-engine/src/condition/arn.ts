// The Arn operators (docs/evaluation.md, ARN-1, ARNOP-1..2): six parts, each a pattern of its own.
import { splitArn } from '../match/arn.js';
import { compileGlob, type Glob } from '../match/wildcard.js';
import type { RequestState } from '../request-state.js';
import { MATCH, NO_MATCH, type OperandTest, type Outcome, UNDECIDED_MATCH, UNREADABLE } from './operand.js';
import { type CompiledPart, constantParts, expandedGlob, expandTemplate } from './policy-variables.js';
import { like } from './string.js';

const ARN_PARTS = 6;

/** One operand of ArnEquals, ArnLike or their negations. */
export function arnOperand(parts: readonly CompiledPart[]): OperandTest {
  const fields = splitParts(parts);
  if (fields.length < ARN_PARTS) {
    return (_value, state) => {
      state.assumed.push('arn-incomplete');
      return UNREADABLE;
    };
  }
  const constants = fields.map(constantParts);
  if (constants.every((constant) => constant !== undefined)) {
    const globs = constants.map((constant) => compileGlob(expandedGlob(constant)));
    return (value, state) => matchesFields(globs, value, state);
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

/** Compares part by part in place; all colons are looked for, because too few make the value unreadable. */
function matchesFields(globs: readonly Glob[], value: string, state: RequestState): Outcome {
  const { assumed } = state;
  const before = assumed.length;
  let outcome: Outcome = MATCH;
  let start = 0;
  for (let index = 0; index < ARN_PARTS; index++) {
    const end = index === ARN_PARTS - 1 ? value.length : nextColon(value, start);
    if (end === -1) {
      assumed.length = before;
      assumed.push('arn-incomplete');
      return UNREADABLE;
    }
    if (outcome === MATCH) outcome = matchesField(globs[index] as Glob, value, start, end, state);
    start = end + 1;
  }
  return outcome;
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
