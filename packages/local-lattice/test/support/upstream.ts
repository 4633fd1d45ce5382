// upstream.ts — servers for tests to forward to: one that tells what it got, or whatever a test wants.
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttp2, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';

export interface Upstream {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** What the telling server answers with. */
export interface Told {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** Answers with what it got, as JSON. */
const tell: RequestListener = async (request, response) => {
  const body = await textOf(request);
  const told: Told = { method: request.method ?? '', url: request.url ?? '', headers: pairs(request.rawHeaders), body };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(told));
};

export async function startUpstream(listener: RequestListener = tell): Promise<Upstream> {
  return listening(createServer(listener));
}

/** HTTP/2 without TLS. */
export async function startHttp2Upstream(onStream: (stream: ServerHttp2Stream, headers: readonly string[]) => void) {
  const server: Http2Server = createHttp2();
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', ((stream: ServerHttp2Stream, _h: unknown, _f: number, raw: string[]) => {
    onStream(stream, raw);
  }) as never);
  const upstream = await listening(server as unknown as Server);
  return {
    ...upstream,
    close: async () => {
      for (const session of sessions) session.destroy();
      await upstream.close();
    },
  };
}

export async function listening(server: Server): Promise<Upstream> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) (server.closeAllConnections as () => void)();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function pairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1] ?? ''] as [string, string]] : []));
}

export function headerOf(told: Told, name: string): string[] {
  return told.headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}
