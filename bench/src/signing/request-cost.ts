// request-cost.ts — the CPU of the client for a signed request and for the same request unsigned, user and system time
// both. Sixteen requests are under way at a time. The server, and each way of sending, is a process of its own: a program
// that doesn't sign must not pay for what one that does leaves behind in the heap and in the compiled code.
import { once } from 'node:events';
import { createLatticeFetch, createSigner, type SignedRequest } from '@lattice-auth/sigv4-fetch';
import { request as undiciRequest } from 'undici';
import { atMost, type Figure } from './figures.ts';
import { callerHeaders, credentials, REGION, target } from './lattice-get.ts';
import type { Part } from './parts.ts';
import { median } from './rounds.ts';

const AT_ONCE = 16;
// One process may be luckier than the next with where its code and data lie: each way of sending gets several.
const EPOCHS = 3;
// Before that, code is still being compiled anew.
const WARM_UP = 25_600;
const ROUNDS = 9;
const TIMES = 1_600;

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
const names = Object.keys(ways) as Way[];

function signedHeaders(): Record<string, string> {
  const signer = createSigner({ credentials, region: REGION, hosts: ['127.0.0.1'] });
  return (signer.sign({ url: 'http://127.0.0.1/', headers }) as SignedRequest).headers;
}

/** The sending process: answers each number of requests with the microseconds of CPU that they took. */
export function sendOnDemand(origin: string, way: string): void {
  const send = ways[way as Way]();
  let n = 0;
  const worker = async (times: number) => {
    for (let i = 0; i < times; i += 1) await send(origin + target(n++));
  };
  process.on('message', async (times: number) => {
    const { user, system } = process.cpuUsage();
    await Promise.all(Array.from({ length: AT_ONCE }, () => worker(times / AT_ONCE)));
    const after = process.cpuUsage();
    process.send?.(after.user + after.system - user - system);
  });
}

async function spend(part: Part, times: number): Promise<number> {
  part.send(times);
  const [micros] = (await once(part, 'message')) as [number];
  return micros / times;
}

async function measureWays(
  start: (...args: string[]) => Part,
  origin: string,
  quick: boolean,
): Promise<(name: Way) => number> {
  const samples = new Map<Way, number[]>(names.map((name) => [name, []]));
  for (let epoch = 0; epoch < (quick ? 1 : EPOCHS); epoch += 1) {
    const parts = names.map((name) => start('--sender', origin, name));
    for (const part of parts) await spend(part, quick ? AT_ONCE : WARM_UP);
    for (let round = 0; round < (quick ? 1 : ROUNDS); round += 1) {
      for (const [i, part] of parts.entries())
        samples.get(names[i] as Way)?.push(await spend(part, quick ? AT_ONCE : TIMES));
    }
    for (const part of parts) part.disconnect();
  }
  return (name) => median(samples.get(name) ?? []);
}

/** The figures of requests. `start` starts a part of the benchmark in a process of its own. */
export async function measureRequests(start: (...args: string[]) => Part, quick: boolean): Promise<Figure[]> {
  const server = start('--server');
  const [origin] = (await once(server, 'message')) as [string];
  const micros = await measureWays(start, origin, quick);
  server.disconnect();
  const us = (what: string, name: Way) => atMost(what, micros(name), undefined, ' µs', 1);
  const times = (what: string, one: Way, other: Way, limit?: number) =>
    atMost(what, micros(one) / micros(other), limit, 'x');
  return [
    us('CPU of a request, with a session token: fetch', 'fetch'),
    us('  signed fetch', 'signed fetch'),
    us('  fetch, sending the same headers', 'fetch, same headers'),
    us('  undici.request', 'request'),
    us('  signed .request()', 'signed request'),
    us('  undici.request, sending the same headers', 'request, same headers'),
    times('signed fetch : fetch', 'signed fetch', 'fetch', 1.1),
    times('  : fetch, sending the same headers', 'signed fetch', 'fetch, same headers'),
    times('signed .request() : undici.request', 'signed request', 'request', 1.4),
    times('  : undici.request, sending the same headers', 'signed request', 'request, same headers'),
  ];
}
