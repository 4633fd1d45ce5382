// The public names of @lattice-auth/local-lattice.
export { LocalLatticeError, type LocalLatticeErrorCode } from './errors.js';
export type { ExpectedDenial, LocalCall } from './expectations.js';
export type { StackDocument } from './load-input.js';
export type { LocalLattice, LocalLatticeOptions } from './local-lattice.js';
export type {
  DataPlaneView,
  SeenRequest,
  SeenSignature,
} from './model.js';
export { startLocalLattice } from './start-local-lattice.js';
