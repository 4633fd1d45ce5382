// The combination rule of Lattice (docs/evaluation.md, LATTICE-BOTH, LATTICE-DENIED-BY): no layer denies explicitly, and
// every layer that was asked allows.
import type { AssumptionId } from '../assumptions.js';
import type { DecisionReason, LatticeLayer, StatementRef } from '../model.js';
import { assumptionList, joined } from './evaluate-statements.js';
import type { LatticeVerdicts } from './lattice-layers.js';
import type { LayerVerdict } from './layer-verdict.js';

export interface Combined {
  readonly decision: 'allow' | 'deny';
  readonly reason: DecisionReason;
  readonly deniedBy: LatticeLayer | undefined;
  readonly determining: readonly StatementRef[];
  readonly assumptions: readonly AssumptionId[];
}

/** `verdicts` come in the order in which a denial names them. */
export function combine(verdicts: LatticeVerdicts): Combined {
  const explicit = withEffect(verdicts, 'explicitDeny');
  if (explicit.length > 0) return denial(explicit, 'explicitDeny');
  const implicit = withEffect(verdicts, 'implicitDeny');
  if (implicit.length > 0)
    return denial(implicit, implicit[0]?.result.reason === 'noPolicy' ? 'noPolicy' : 'implicitDeny');
  return {
    decision: 'allow',
    reason: 'allowed',
    deniedBy: undefined,
    determining: refsOf(verdicts),
    assumptions: assumptionList(allAssumptions(verdicts)),
  };
}

const NONE: LatticeVerdicts = [];

function withEffect(verdicts: LatticeVerdicts, effect: 'explicitDeny' | 'implicitDeny'): LatticeVerdicts {
  const hasEffect = ({ result }: LayerVerdict) => result.effect === effect;
  return verdicts.some(hasEffect) ? verdicts.filter(hasEffect) : NONE;
}

function denial(denying: LatticeVerdicts, reason: 'explicitDeny' | 'implicitDeny' | 'noPolicy'): Combined {
  return {
    decision: 'deny',
    reason,
    deniedBy: denying[0]?.layer as LatticeLayer,
    determining: refsOf(denying),
    assumptions: assumptionList([...denialAssumptions(denying), ...wordingAssumptions(denying, reason)]),
  };
}

/** A layer that denies without any assumption leaves nothing for the decision to rest on (TRI-5); a limit never does. */
function denialAssumptions(denying: LatticeVerdicts): readonly AssumptionId[] {
  const isCertain = ({ layer, evaluation }: LayerVerdict) => evaluation.assumptions.length === 0 && !LIMITS.has(layer);
  if (denying.some(isCertain)) return [];
  const all = allAssumptions(denying);
  return denying.some(({ layer }) => LIMITS.has(layer)) ? ['identity-layers', ...all] : all;
}

/** Layers that Lattice's guide doesn't mention (LATTICE-LAYERS). */
const LIMITS: ReadonlySet<string> = new Set(['scp', 'permissionsBoundary', 'session']);

/** What is not known about the layer that the text names, and its words. */
function wordingAssumptions(denying: LatticeVerdicts, reason: string): AssumptionId[] {
  const layers = denying.map(({ layer }) => layer);
  const [first = ''] = layers;
  const assumed: AssumptionId[] = [];
  const isObservedOrder =
    layers.length === 2 && first === 'service' && layers[1] === 'identity' && reason !== 'explicitDeny';
  if (layers.length > 1 && !isObservedOrder) assumed.push('reason-precedence');
  const isObservedText = reason === 'explicitDeny' ? first === 'service' : !LIMITS.has(first);
  if (!isObservedText) assumed.push('layer-wording');
  return assumed;
}

function allAssumptions(verdicts: LatticeVerdicts): readonly AssumptionId[] {
  let all: readonly AssumptionId[] = [];
  for (const { evaluation } of verdicts) all = joined(all, evaluation.assumptions);
  return all;
}

function refsOf(verdicts: readonly LayerVerdict[]): readonly StatementRef[] {
  let count = 0;
  for (const { evaluation } of verdicts) count += evaluation.determining.length;
  const refs = new Array<StatementRef>(count);
  let index = 0;
  for (const { layer, evaluation } of verdicts) {
    // Frozen empty lists in between would slow the loop down (bench engine: 3 %).
    if (evaluation.determining.length === 0) continue;
    for (const statement of evaluation.determining) refs[index++] = statement.ref(layer);
  }
  return refs;
}
