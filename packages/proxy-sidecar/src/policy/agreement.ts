// agreement.ts: what we said beside what Lattice did. A 403 that is not one of Lattice's texts is the service's own, so that
// Lattice has let the request through; a 5xx may come from either, and tells nothing.
import { type DenialLayer, parseDenial } from '@lattice-auth/sigv4-fetch/denial';
import type { DecisionRecord } from '../http/exchange.js';
import type { Agreement } from '../metrics/traffic.js';

/** Lattice's layer names, where they are not ours. */
const LAYERS: Partial<Readonly<Record<DenialLayer, string>>> = { serviceControl: 'scp' };

/** Compares. `text` is the beginning of a 403's body. */
export function compareAnswer(decision: DecisionRecord, status: number, text: string | undefined): Agreement {
  if (decision.effect === 'error' || status < 100 || status >= 500) return 'unknown';
  const denial = status === 403 && text !== undefined ? parseDenial(text) : undefined;
  if (denial?.kind === 'signature') return 'signatureRefused';
  const denied = denial !== undefined;
  if (decision.effect === 'allow') return denied ? 'allowedButDenied' : 'agree';
  if (denial === undefined) return 'deniedButAllowed';
  const layer = LAYERS[denial.layer] ?? denial.layer;
  return layer === decision.layer || layer === 'unknown' ? 'agree' : 'otherLayer';
}
