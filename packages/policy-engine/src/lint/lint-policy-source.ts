// lintPolicySource: what is wrong with a text, whether it parses or not.
import type { Finding } from '../model.js';
import { lineTable } from '../parse/line-table.js';
import { type ParseOptions, parsePolicyFindings } from '../parse/parse-policy.js';
import { lintPolicy, sortFindings } from './lint-policy.js';

/**
 * Finds what is wrong with the text of a policy. What keeps it from parsing comes alone: only a policy that parses can be
 * looked at more closely. Never throws.
 */
export function lintPolicySource(text: string, options: ParseOptions): Finding[] {
  const { policy, findings } = parsePolicyFindings(text, options);
  if (policy === undefined) return [...findings];
  const lines = policy.type === 'auth' ? lineBreaks(policy.source) : [];
  return sortFindings([...findings, ...lines, ...lintPolicy(policy)]);
}

/** PutAuthPolicy's documentation forbids line breaks; Lattice is known to accept them. */
function lineBreaks(text: string): Finding[] {
  const at = text.trimEnd().search(/[\r\n]/);
  if (at === -1) return [];
  const message = "Lattice's API asks for a policy on one line (line breaks are known to be accepted)";
  return [{ code: 'LATTICE_LINE_BREAKS', severity: 'suggestion', message, pointer: '', ...lineTable(text)(at) }];
}
