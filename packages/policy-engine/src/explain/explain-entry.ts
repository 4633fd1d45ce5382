// One entry of an element, or one operand, with its variables resolved.
import { compileTemplate, expandedText, expandTemplate, readTemplate } from '../condition/policy-variables.js';
import type { PolicyVersion, SourceString } from '../model.js';
import { type RequestState, UNKNOWN_VALUE } from '../request-state.js';
import type { Tri } from '../tri.js';
import type { EntryExplanation, Outcome, ResolvedVariable } from './explanation.js';

export function outcomeOf(value: Tri): Outcome {
  return value === 2 ? 'true' : value === 1 ? 'undecided' : 'false';
}

/** `version` decides whether the text may have variables; `undefined`: this kind of entry never has. */
export function explainEntry(
  entry: SourceString,
  outcome: Outcome,
  version: PolicyVersion | undefined,
  state: RequestState,
): EntryExplanation {
  const { text, pointer, span } = entry;
  const variables = version === undefined ? undefined : resolveVariables(text, version, state);
  return {
    text,
    outcome,
    resolved: variables?.text,
    variables: variables?.variables ?? [],
    pointer,
    line: span.line,
    column: span.column,
  };
}

function resolveVariables(
  text: string,
  version: PolicyVersion,
  state: RequestState,
): { text: string | undefined; variables: readonly ResolvedVariable[] } | undefined {
  const parts = compileTemplate(readTemplate(text, version));
  const variables = parts.flatMap((part): ResolvedVariable[] => {
    if (part.kind !== 'variable') return [];
    const value = state.read(part.key);
    const own = typeof value === 'string' && value !== '' ? value : undefined;
    const fallback = value === UNKNOWN_VALUE ? undefined : part.fallback;
    return [{ name: part.key.text, value: own ?? fallback, fromDefault: own === undefined && fallback !== undefined }];
  });
  if (variables.length === 0) return undefined;
  const expanded = expandTemplate(parts, state);
  return { text: typeof expanded === 'string' ? undefined : expandedText(expanded), variables };
}
