// own-answer.ts: the head of an answer that is the sidecar's, not the upstream's: a denial, or an error. When a policy had its
// say and the answer does not tell yet, a header does.
import type { Exchange } from './exchange.js';
import { fieldOf } from './flat-headers.js';

const DECISION_HEADER = 'x-lattice-auth-decision';

/** Headers of an answer of our own, complete. */
export function ownHeaders({ decision }: Exchange, headers: readonly string[], bodyBytes: number): string[] {
  const tells = decision?.mode === 'enforce' && fieldOf(headers, DECISION_HEADER) === undefined;
  const record = tells ? [DECISION_HEADER, `${decision.effect};${decision.layer};${decision.reason}`] : [];
  return [...headers, ...record, 'content-length', String(bodyBytes)];
}
