// What the rules about Lattice need to know of a statement: which of Lattice's two actions it can be about, and what its
// resources say (docs/evaluation.md, LATTICE-ACTION).
import { compileGlob, matchesGlob } from '../match/wildcard.js';
import type { Statement } from '../model.js';
import { fieldsOf } from './arn-fields.js';
import { LATTICE_PREFIX } from './condition-keys.js';

/** The two actions of Lattice's data plane. */
export const LATTICE_ACTIONS = ['Invoke', 'Connect'] as const;

/** Which of the two actions a statement can match. */
export interface Reach {
  readonly invoke: boolean;
  readonly connect: boolean;
}

export function reachOf({ action }: Statement): Reach {
  const patterns = action.entries.map((entry) => compileGlob(entry.text.toLowerCase()));
  const reaches = (name: string) =>
    patterns.some((pattern) => matchesGlob(pattern, `${LATTICE_PREFIX}:${name}`)) !== action.negated;
  return { invoke: reaches('invoke'), connect: reaches('connect') };
}

/** A Resource that names Lattice services. `rest` is what follows `service/<id>`, with its slash; `undefined` without one. */
export interface ServiceResource {
  readonly arn: string;
  readonly id: string;
  readonly rest: string | undefined;
}

/** Reads `arn:P:vpc-lattice:R:A:service/ID[/PATH]`; `undefined` for anything else. */
export function readServiceResource(text: string): ServiceResource | undefined {
  const [prefix, , service, , , resource] = fieldsOf(text);
  if (prefix !== 'arn' || resource === undefined || !/^vpc-lattice(?:-svcs)?$/i.test(service ?? '')) return undefined;
  const [, id, rest] = /^service\/([^/]*)(\/.*)?$/s.exec(resource) ?? [];
  if (id === undefined) return undefined;
  return { arn: text.slice(0, text.length - (rest?.length ?? 0)), id, rest };
}
