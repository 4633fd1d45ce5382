// The public names of @lattice-auth/local-lattice.
export type * from './model.js';
