// describe-request.ts — a request that was seen, as a line of the page's table: who, from where, to what, and who decided.

import { LAYER_NAMES, LAYER_REASONS } from '@lattice-auth/policy-engine';
import type { SeenRequest } from '../model.js';
import type { PageOutcome, PageRequest } from './browser/protocol.js';
import { TARGET_CHARS_MAX, TEXT_CHARS_MAX } from './limits.js';

export function describeRequest(seen: SeenRequest): PageRequest {
  return {
    id: seen.id,
    time: seen.startTime.toISOString(),
    method: cut(seen.method, 64),
    target: cut(seen.target, TARGET_CHARS_MAX),
    host: cut(seen.host, TARGET_CHARS_MAX),
    caller: seen.principal,
    vpc: seen.vpc,
    service: seen.service,
    status: seen.status,
    outcome: outcomeOf(seen),
    decidedBy: cut(decidedBy(seen), TARGET_CHARS_MAX),
    durationMs: Math.round(seen.durationMs * 100) / 100,
  };
}

function outcomeOf({ decision, signature }: SeenRequest): PageOutcome {
  if (signature?.verification.kind === 'rejected') return 'refused';
  if (decision === undefined) return 'stray';
  return decision.decision === 'allow' ? 'allowed' : 'denied';
}

function decidedBy(seen: SeenRequest): string {
  const { decision, rule, targetGroup, refusal, signature } = seen;
  if (signature?.verification.kind === 'rejected') return `signature: ${signature.verification.diagnosis.reason}`;
  if (decision === undefined) return refusal ?? 'no policy was asked';
  if (decision.decision === 'deny') {
    if (decision.deniedBy === undefined) return decision.invalidRequest ?? 'could not be read';
    return `${LAYER_NAMES[decision.deniedBy]}: ${LAYER_REASONS[decision.reason]}`;
  }
  if (targetGroup === undefined) return refusal ?? 'allowed';
  return `${rule === undefined || rule === 'default' ? 'default' : `rule ${rule}`} → ${targetGroup}${refusal === undefined ? '' : `: ${refusal}`}`;
}

/** Text for the page: never longer than it can show. */
export function cut(text: string, length = TEXT_CHARS_MAX): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
