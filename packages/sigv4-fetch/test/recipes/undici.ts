import { type LatticeInterceptorOptions, latticeInterceptor } from '@lattice-auth/sigv4-fetch/undici';
import { Agent, interceptors } from 'undici';

export function signingAgent(options: LatticeInterceptorOptions) {
  // First means innermost: every attempt and every hop is signed by itself.
  return new Agent().compose(
    latticeInterceptor(options),
    interceptors.retry({ maxRetries: 2, minTimeout: 100 }),
    interceptors.redirect({ maxRedirections: 5 }),
  );
}
