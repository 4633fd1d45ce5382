import { createLatticeFetch, type LatticeFetchOptions } from '@lattice-auth/sigv4-fetch';
import ky from 'ky';

export function kyClient(options: LatticeFetchOptions) {
  // One of the two retries: ours also mends a skewed clock, and signs after the pause.
  return ky.create({ fetch: createLatticeFetch(options), retry: 0 });
}
