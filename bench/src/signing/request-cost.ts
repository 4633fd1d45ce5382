// request-cost.ts — the CPU of the client for a signed request and for the same request unsigned, user and system time
// both, the server being another process. Sixteen requests are under way at a time.
import { createLatticeFetch } from '@lattice-auth/sigv4-fetch';
import { request as undiciRequest } from 'undici';
import { atMost, type Figure } from './figures.ts';
import { callerHeaders, credentials, REGION, target } from './lattice-get.ts';
import { type Contender, measureRounds } from './rounds.ts';

const AT_ONCE = 16;

type Send = (url: string) => Promise<unknown>;

const headers = { ...callerHeaders };

function contender<Name extends string>(name: Name, send: Send, url: (n: number) => string): Contender<Name> {
  let n = 0;
  const worker = async (times: number) => {
    for (let i = 0; i < times; i += 1) await send(url(n++));
  };
  return {
    name,
    async run(times) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => worker(times / AT_ONCE)));
    },
  };
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** The figures of requests. */
export async function measureRequests(
  startServer: () => Promise<{ origin: string; stop: () => void }>,
): Promise<Figure[]> {
  const { origin, stop } = await startServer();
  const lattice = createLatticeFetch({ credentials, region: REGION, hosts: ['127.0.0.1'] });
  const sends = {
    fetch: async (url: string) => (await fetch(url, { headers })).text(),
    'signed fetch': async (url: string) => (await lattice(url, { headers })).text(),
    request: async (url: string) => (await undiciRequest(url, { headers })).body.text(),
    'signed request': async (url: string) => (await lattice.request(url, { headers })).body.text(),
  };
  const unique = (n: number) => origin + target(n);
  const repeated = (n: number) => origin + target(n % 8);
  const figures: Figure[] = [];
  for (const [urls, url] of [
    ['every URL another', unique],
    ['the same eight URLs', repeated],
  ] as const) {
    const contenders = Object.entries(sends).map(([name, send]) => contender(name, send, url));
    const measured = await measureRounds(contenders, { rounds: 25, times: 1_600, clock: cpu });
    const us = (what: string, name: string) => atMost(what, measured.median(name), undefined, ' µs', 1);
    figures.push(
      us(`CPU of a request, ${urls}: fetch`, 'fetch'),
      us('  signed fetch', 'signed fetch'),
      us('  undici.request', 'request'),
      us('  signed .request()', 'signed request'),
      atMost('signed fetch : fetch', measured.ratio('signed fetch', 'fetch'), 1.1, 'x'),
      atMost('signed .request() : undici.request', measured.ratio('signed request', 'request'), 1.4, 'x'),
    );
  }
  await lattice.close();
  stop();
  return figures;
}
