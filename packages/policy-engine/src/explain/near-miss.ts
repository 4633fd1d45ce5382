// Near misses: for each Allow that failed, what would have to differ. Elements are joined by AND, so that the smallest
// set is exactly those that were not true; within an element any one entry is enough.
import type { LayerExplanation, NearMiss } from './explanation.js';

/** Failed Allows of the given layers, in the layers' order, fewest differences first. */
export function nearMisses(layers: readonly LayerExplanation[]): readonly NearMiss[] {
  return layers.flatMap((layer) =>
    layer.policies
      .flatMap((policy) => policy.statements)
      .filter(({ statement, applies }) => statement.effect === 'Allow' && !applies)
      .map(({ statement, elements }) => ({
        statement,
        differences: elements.filter(({ outcome }) => outcome !== 'true'),
      }))
      .sort((left, right) => left.differences.length - right.differences.length),
  );
}
