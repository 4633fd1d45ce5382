// lintPolicy: everything that docs/lint.md says about one parsed policy. Pure and total: the same policy always gives the
// same findings, in the order of the text.
import { FINDINGS_MAX } from '../limits.js';
import type { Finding, Policy } from '../model.js';
import type { LintSubject, Rule } from './rule.js';
import { RULES } from './rules.js';
import { sourceDocument } from './source-document.js';
import { factsReader } from './statement-facts.js';

/**
 * Finds what is wrong, dangerous, doubtful or superfluous in a policy that parsed.
 *
 * @example
 * for (const { severity, code, message, line } of lintPolicy(policy)) console.log(line, severity, code, message);
 */
export function lintPolicy(policy: Policy): Finding[] {
  const subject: LintSubject = { policy, document: sourceDocument(policy.source), factsOf: factsReader(policy) };
  const rules = RULES.filter((rule) => rule.applies(policy.type));
  const findings = rules.flatMap((rule) => findingsOf(rule, subject));
  return sortFindings(findings).slice(0, FINDINGS_MAX);
}

function findingsOf({ code, severity, check }: Rule, subject: LintSubject): Finding[] {
  const findings: Finding[] = [];
  for (const { at, message } of check(subject)) {
    if (findings.length >= FINDINGS_MAX) break;
    findings.push({ code, severity, message, pointer: at.pointer, line: at.line, column: at.column });
  }
  return findings;
}

/** By place, then by code, so that the order never depends on the rules'. */
export function sortFindings<F extends Finding>(findings: readonly F[]): F[] {
  return findings.toSorted(
    (left, right) =>
      left.line - right.line ||
      left.column - right.column ||
      compareText(left.code, right.code) ||
      compareText(left.pointer, right.pointer),
  );
}

/** By code unit: no locale decides. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
