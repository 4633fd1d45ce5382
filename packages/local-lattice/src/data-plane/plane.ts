// plane.ts — what one generation of the data plane is made of: everything that follows from a stack. A reload makes another;
// requests that are on their way end with the one that they began with.
import type { CredentialBook } from '../credential-book.js';
import type { SeenRequest } from '../model.js';
import type { VpcFinder } from './find-vpc.js';
import type { InFlight } from './in-flight.js';
import type { Topology } from './topology.js';

/** One generation. */
export interface Plane {
  readonly topology: Topology;
  readonly vpcs: VpcFinder;
  readonly book: CredentialBook;
  readonly inFlight: InFlight;
  /** In milliseconds since 1970; what signatures and policies take for now. */
  readonly now: () => number;
  /** Nobody looks at requests once they are over, so that none need be described. */
  readonly isWatched: () => boolean;
  readonly record: (seen: SeenRequest) => void;
  /** One line for people: a defect, a diagnosis. */
  readonly log: (line: string) => void;
}
