// request-cost.ts — the CPU of the client for a signed request and for the same request unsigned, user and system time
// both. Sixteen requests are under way at a time. The server, and each way of sending, is a process of its own: a program
// that doesn't sign must not pay for what one that does leaves behind in the heap and in the compiled code.
import { once } from 'node:events';
import { createLatticeFetch, createSigner, type SignedRequest } from '@lattice-auth/sigv4-fetch';
import { request as undiciRequest } from 'undici';
import { atMost, type Figure } from './figures.ts';
import { callerHeaders, credentials, REGION, target } from './lattice-get.ts';
import type { Part } from './parts.ts';
import { type Contender, measureRounds } from './rounds.ts';

const AT_ONCE = 16;
const ROUNDS = 61;
const TIMES = 640;

const headers = { ...callerHeaders };

type Send = (url: string) => Promise<unknown>;

/** Ways to send, each made in the process that will use it. */
const ways = {
  fetch: (): Send => async (url) => (await fetch(url, { headers })).text(),
  'signed fetch': (): Send => {
    const lattice = createLatticeFetch({ credentials, region: REGION, hosts: ['127.0.0.1'] });
    return async (url) => (await lattice(url, { headers })).text();
  },
  // What no signer can save: a signature's headers, made beforehand, on the wire.
  'fetch, same headers': (): Send => {
    const all = signedHeaders();
    return async (url) => (await fetch(url, { headers: all })).text();
  },
  request: (): Send => async (url) => (await undiciRequest(url, { headers })).body.text(),
  'signed request': (): Send => {
    const lattice = createLatticeFetch({ credentials, region: REGION, hosts: ['127.0.0.1'] });
    return async (url) => (await lattice.request(url, { headers })).body.text();
  },
  'request, same headers': (): Send => {
    const all = signedHeaders();
    return async (url) => (await undiciRequest(url, { headers: all })).body.text();
  },
};

type Way = keyof typeof ways;

function signedHeaders(): Record<string, string> {
  const signer = createSigner({ credentials, region: REGION, hosts: ['127.0.0.1'] });
  return (signer.sign({ url: 'http://127.0.0.1/', headers }) as SignedRequest).headers;
}

const urls: Record<string, (n: number) => string> = {
  'each URL another': target,
  'the same eight URLs': (n) => target(n % 8),
};

/** The sending process: answers each number of requests with the microseconds of CPU that they took. */
export function sendOnDemand(origin: string, way: string, which: string): void {
  const send = ways[way as Way]();
  const path = urls[which] ?? target;
  let n = 0;
  const worker = async (times: number) => {
    for (let i = 0; i < times; i += 1) await send(origin + path(n++));
  };
  process.on('message', async (times: number) => {
    const { user, system } = process.cpuUsage();
    await Promise.all(Array.from({ length: AT_ONCE }, () => worker(times / AT_ONCE)));
    const after = process.cpuUsage();
    process.send?.(after.user + after.system - user - system);
  });
}

async function measure(start: (...args: string[]) => Part, origin: string, which: string): Promise<Figure[]> {
  let spent = 0;
  const parts: Part[] = [];
  const contenders = (Object.keys(ways) as Way[]).map((name): Contender<Way> => {
    const part = start('sender', origin, name, which);
    parts.push(part);
    return {
      name,
      async run(times) {
        part.send(times);
        const [micros] = (await once(part, 'message')) as [number];
        spent += micros;
      },
    };
  });
  for (const { run } of contenders) await run(TIMES * 20);
  const measured = await measureRounds(contenders, { rounds: ROUNDS, times: TIMES, clock: () => spent });
  for (const part of parts) part.disconnect();
  const us = (what: string, name: Way) => atMost(what, measured.median(name), undefined, ' µs', 1);
  return [
    us(`CPU of a request, ${which}: fetch`, 'fetch'),
    us('  signed fetch', 'signed fetch'),
    us('  fetch, sending the same headers', 'fetch, same headers'),
    us('  undici.request', 'request'),
    us('  signed .request()', 'signed request'),
    us('  undici.request, sending the same headers', 'request, same headers'),
    atMost('signed fetch : fetch', measured.ratio('signed fetch', 'fetch'), 1.1, 'x'),
    atMost(
      '  : fetch, sending the same headers',
      measured.ratio('signed fetch', 'fetch, same headers'),
      undefined,
      'x',
    ),
    atMost('signed .request() : undici.request', measured.ratio('signed request', 'request'), 1.4, 'x'),
    atMost(
      '  : undici.request, sending the same headers',
      measured.ratio('signed request', 'request, same headers'),
      undefined,
      'x',
    ),
  ];
}

/** The figures of requests. `start` starts a part of the benchmark in a process of its own. */
export async function measureRequests(start: (...args: string[]) => Part): Promise<Figure[]> {
  const server = start('server');
  const [origin] = (await once(server, 'message')) as [string];
  const figures: Figure[] = [];
  for (const which of Object.keys(urls)) figures.push(...(await measure(start, origin, which)));
  server.disconnect();
  return figures;
}
