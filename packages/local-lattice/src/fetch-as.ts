// fetch-as.ts — a `fetch` that calls as a principal of the stack, from a VPC of its choice: services by their own names and
// URLs, whatever the ports are here. It is the platform's fetch; connections go to our ports, and each request is signed on
// its way out by the signer of @lattice-auth/sigv4-fetch.
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type SigningCredentials, signRequest } from '@lattice-auth/sigv4-fetch/core';
import type { buildConnector, Dispatcher } from 'undici';
import { LocalLatticeError } from './errors.js';

/** What a client needs to know of the data plane. */
export interface ClientParts {
  /** Undefined: unsigned. */
  readonly credentials: SigningCredentials | undefined;
  readonly vpc: string | undefined;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly now: () => number;
  /** The region of a service by its host; undefined for a host that the stack doesn't have. */
  readonly regionOf: (host: string) => string | undefined;
  readonly authority: () => string;
  readonly claim: (clientPort: number, ourPort: number, vpc: string | undefined) => void;
}

/** A fetch with the connections behind it. */
export interface LocalClient {
  readonly fetch: typeof fetch;
  close(): Promise<void>;
}

/** Makes a client. Connections are opened by its first request. */
export function createLocalClient(parts: ClientParts): LocalClient {
  let opened: Promise<Connections> | undefined;
  let closed = false;
  const open = () => {
    opened ??= openConnections(parts);
    return opened;
  };
  return {
    async fetch(input, init) {
      if (closed) throw new LocalLatticeError('ERR_LOCAL_CLOSED', 'the data plane has been closed');
      const { dispatcher } = await open();
      return fetch(input, { ...init, dispatcher } as RequestInit);
    },
    async close() {
      closed = true;
      if (opened !== undefined) await (await opened).close();
    },
  };
}

interface Connections {
  /** As the platform's fetch takes it. */
  readonly dispatcher: object;
  close(): Promise<void>;
}

async function openConnections(parts: ClientParts): Promise<Connections> {
  const { Agent, Dispatcher1Wrapper } = await import('undici');
  const agent = new Agent({ connect: connectorOf(parts), connections: null, keepAliveTimeout: 10_000 });
  const signing = agent.compose(signer(parts));
  // The undici in Node may be older than the one that we bring.
  const isOlder = Number.parseInt(process.versions.undici ?? '0', 10) < 8;
  return { dispatcher: isOlder ? new Dispatcher1Wrapper(signing) : signing, close: () => agent.destroy() };
}

function connectorOf({ httpPort, httpsPort, vpc, claim, authority }: ClientParts): buildConnector.connector {
  return ({ hostname, protocol, servername }, done) => {
    const isTls = protocol === 'https:';
    const port = isTls ? httpsPort : httpPort;
    const raw = connectTcp({ host: '127.0.0.1', port, noDelay: true });
    const fail = (error: Error) => done(error, null);
    let claimed: number | undefined;
    raw.once('error', fail);
    raw.once('close', () => claimed !== undefined && claim(claimed, port, undefined));
    raw.once('connect', () => {
      claimed = raw.localPort;
      if (vpc !== undefined && claimed !== undefined) claim(claimed, port, vpc);
      if (!isTls) {
        raw.off('error', fail);
        done(null, raw);
        return;
      }
      const socket = connectTls({ socket: raw, servername: servername ?? hostname, ca: authority() });
      socket.once('error', fail);
      socket.once('secureConnect', () => {
        raw.off('error', fail);
        socket.off('error', fail);
        done(null, socket as Socket as never);
      });
    });
  };
}

/** Signs what is dispatched; what has a signature already stays as it is. */
function signer({ credentials, now, regionOf }: ClientParts): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    if (credentials === undefined || options.origin === undefined) return dispatch(options, handler);
    const { host, hostname } = new URL(options.origin);
    const region = regionOf(hostname);
    const headers = headerPairs(options.headers);
    if (region === undefined || headers.some(([name]) => name.toLowerCase() === 'authorization')) {
      return dispatch(options, handler);
    }
    const unhosted = headers.filter(([name]) => name.toLowerCase() !== 'host');
    const request = { method: options.method, target: options.path, headers: [...unhosted, ['host', host] as const] };
    const signed = signRequest(request, { credentials, region, date: new Date(now()) });
    const names = new Set(signed.headers.map(([name]) => name.toLowerCase()));
    const kept = request.headers.filter(([name]) => !names.has(name.toLowerCase()));
    return dispatch({ ...options, path: signed.target, headers: [...kept, ...signed.headers].flat() }, handler);
  };
}

function headerPairs(headers: Dispatcher.DispatchOptions['headers']): (readonly [string, string])[] {
  if (headers === undefined || headers === null) return [];
  if (Array.isArray(headers)) {
    return headers.flatMap((name, i) => (i % 2 === 0 ? [[String(name), String(headers[i + 1])] as const] : []));
  }
  const entries = Symbol.iterator in headers ? [...headers] : Object.entries(headers);
  return entries.flatMap(([name, value]) => {
    if (value === undefined) return [];
    return Array.isArray(value) ? value.map((each) => [name, each] as const) : [[name, String(value)] as const];
  });
}
