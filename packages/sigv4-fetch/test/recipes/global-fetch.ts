import { type LatticeInterceptorOptions, latticeInterceptor } from '@lattice-auth/sigv4-fetch/undici';
import { Agent, setGlobalDispatcher } from 'undici';

/** From here on every `fetch` of the process signs for Lattice's hosts, and leaves all others alone. */
export function signEveryFetch(options: LatticeInterceptorOptions = {}) {
  setGlobalDispatcher(new Agent().compose(latticeInterceptor({ hostNotAllowed: 'pass-through', ...options })));
}
