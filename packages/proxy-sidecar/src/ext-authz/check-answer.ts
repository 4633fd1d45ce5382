// check-answer.ts: a verdict as Envoy is told it: what becomes of the request, what the caller reads, which headers the app must
// not see, and, for Envoy's own log and filters, which policy and statement it was.
import type { ExtAuthzConfig } from '../config/sidecar-config.js';
import { IDENTITY_HEADERS } from '../inbound/identity-headers.js';
import { isForeignIdentity } from '../inbound/inbound-judge.js';
import { DECISION_HEADER, refusal, shownDecision } from '../policy/decided.js';
import type { Verdict } from './check-judge.js';
import type { CheckAnswer } from './check-response.js';
import type { StructObject } from './struct.js';

const STATEMENTS_SHOWN_MAX = 10;

/** How answers are given. */
export type AnswerStyle = Pick<ExtAuthzConfig, 'mode' | 'decisionHeader' | 'statusOnError'>;

/** The answer. `headers` are the request's, as far as Envoy has shown them. */
export function answerTo(
  verdict: Verdict,
  headers: readonly string[],
  requestId: string,
  style: AnswerStyle,
): CheckAnswer {
  const { record, message } = verdict;
  const allowed = record.effect === 'allow' || style.mode === 'shadow';
  const metadata = metadataOf(verdict, allowed, requestId);
  if (allowed) {
    const headersToRemove = [
      ...removedHeaders(headers, verdict.trusted),
      ...(style.decisionHeader ? [] : [DECISION_HEADER]),
    ];
    const shadow = record.effect === 'allow' ? '' : '; mode=shadow';
    const told = style.decisionHeader ? [DECISION_HEADER, `${shownDecision(record)}${shadow}`] : [];
    return { kind: 'allow', headers: told, headersToRemove, metadata };
  }
  const refused = refusal(record, message);
  if (refused.kind !== 'deny') throw new Error('a refusal that refuses nothing');
  const status = record.effect === 'error' ? style.statusOnError : refused.status;
  return { kind: 'deny', status, headers: refused.headers, body: refused.body, metadata };
}

/**
 * Identity headers of somebody else than Lattice. All their names, seen or not: Envoy shows us what it was told to show, and
 * the app would see the rest.
 */
function removedHeaders(flat: readonly string[], trusted: boolean): Set<string> {
  const names = new Set(trusted ? [] : IDENTITY_HEADERS);
  for (let at = 0; at < flat.length; at += 2) {
    const name = flat[at] ?? '';
    if (isForeignIdentity(name, trusted)) names.add(name.toLowerCase());
  }
  return names;
}

function metadataOf({ record, decision }: Verdict, allowed: boolean, requestId: string): StructObject {
  const determining = decision?.determining ?? [];
  const [first] = determining;
  return {
    id: requestId,
    decision: allowed ? 'allow' : 'deny',
    effect: record.effect,
    mode: record.mode,
    deniedBy: record.effect === 'deny' ? record.layer : undefined,
    reason: record.reason,
    principal: record.principal,
    policy: first?.policy,
    statement: first === undefined ? undefined : (first.sid ?? `#${first.index}`),
    statements: determining.slice(0, STATEMENTS_SHOWN_MAX).map(({ policy, sid, index, line, column }) => {
      return { policy, sid, index, line, column };
    }),
    assumptions: decision?.assumptions,
  };
}
