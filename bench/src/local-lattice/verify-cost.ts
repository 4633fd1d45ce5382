// verify-cost.ts — the time of one verification, by itself: the same requests, as a server has them.
import { verifyRequest } from '@lattice-auth/sigv4-fetch/core';
import { atMost, type Figure } from '../signing/figures.ts';
import { measureRounds } from '../signing/rounds.ts';
import { KEYS, REGION, signedRequests } from './lattice-stack.ts';

/** Measures `verifyRequest`. */
export async function measureVerification(quick: boolean): Promise<Figure[]> {
  const requests = signedRequests(200).map(({ target, headers }) => ({ method: 'GET', target, headers }));
  const options = { lookup: () => KEYS, now: Date.now(), service: 'vpc-lattice-svcs', region: REGION, diagnose: false };
  const run = (times: number) => {
    for (let i = 0; i < times; i++) {
      const request = requests[i % requests.length];
      if (request === undefined || verifyRequest(request, options).kind !== 'signed') throw new Error('not signed');
    }
  };
  const measured = await measureRounds([{ name: 'verify', run }], {
    ...{ rounds: quick ? 1 : 25, times: quick ? 20 : 5_000 },
    clock: () => performance.now() * 1_000,
  });
  return [atMost('verifyRequest', measured.median('verify'), 12, ' µs', 1)];
}
