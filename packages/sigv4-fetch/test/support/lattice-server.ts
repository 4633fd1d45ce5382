// lattice-server.ts — a server on loopback that checks every signature the way Lattice does, and records what arrived.
// A handler may answer; without one it says what it received.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RawRequest, type Verification, verifyRequest } from '../../src/core.js';

export const REGION = 'eu-west-1';
export const CREDENTIALS = {
  accessKeyId: 'ASIAEXAMPLEKEY000001',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: `IQoJb3JpZ2luX2VjE${'session+token/'.repeat(60)}==`,
};

/** One request as it arrived. */
interface Received {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
  readonly verification: Verification;
}

export type Answer = (request: Received, response: ServerResponse) => void | Promise<void>;

export interface LatticeServer {
  readonly origin: string;
  readonly host: string;
  readonly port: number;
  /** Every request, oldest first. */
  readonly received: Received[];
  /** What the next requests are answered with. */
  answer: Answer | undefined;
  /** Moves the clock the server verifies with. */
  clockOffsetMs: number;
  /** Secrets by access key id. */
  readonly secrets: Map<string, { secretAccessKey: string; sessionToken?: string; expiration?: Date }>;
  readonly connections: () => number;
  close(): Promise<void>;
}

export async function startLatticeServer(
  options: { service?: string; hostname?: string } = {},
): Promise<LatticeServer> {
  const received: Received[] = [];
  const secrets: LatticeServer['secrets'] = new Map([[CREDENTIALS.accessKeyId, CREDENTIALS]]);
  let connections = 0;
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.on('connection', () => {
    connections += 1;
  });
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const raw = rawRequestOf(request);
    const verification = verifyRequest(raw, {
      lookup: (id) => secrets.get(id),
      now: Date.now() + self.clockOffsetMs,
      service: options.service ?? 'vpc-lattice-svcs',
      region: REGION,
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const seen: Received = {
      method: raw.method,
      target: raw.target,
      rawHeaders: request.rawHeaders,
      headers: request.headers,
      body: Buffer.concat(chunks),
      verification,
    };
    received.push(seen);
    if (response.destroyed) return;
    response.sendDate = false;
    response.setHeader('date', new Date(Date.now() + self.clockOffsetMs).toUTCString());
    response.setHeader('x-amzn-requestid', String(request.headers['x-amzn-requestid'] ?? `srv-${received.length}`));
    await (self.answer ?? verified)(seen, response);
  };
  await listen(server, options.hostname ?? '127.0.0.1');
  const { port } = server.address() as AddressInfo;
  const self: LatticeServer = {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    received,
    answer: undefined,
    clockOffsetMs: 0,
    secrets,
    connections: () => connections,
    close: () => closeServer(server),
  };
  return self;
}

/** Answers as Lattice does: 403 with its text for a signature that does not hold, otherwise what was received. */
export const verified: Answer = ({ verification, method, target, body }, response) => {
  if (verification.kind === 'rejected') {
    response.writeHead(403, { 'content-type': 'text/plain' }).end(verification.message);
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ kind: verification.kind, method, target, bytes: body.length }));
};

function rawRequestOf(request: IncomingMessage): RawRequest {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    headers.push([request.rawHeaders[i] ?? '', request.rawHeaders[i + 1] ?? '']);
  }
  return { method: request.method ?? '', target: request.url ?? '', headers };
}

export function listen(server: Server, hostname = '127.0.0.1'): Promise<void> {
  return new Promise((resolve) => server.listen(0, hostname, resolve));
}

export function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
