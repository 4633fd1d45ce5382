// proof-targets.ts — a target that says what reached it, and remembers it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What reached a target. */
export interface Delivered {
  readonly method: string;
  readonly target: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface EchoTarget {
  readonly url: string;
  readonly port: number;
  /** The oldest first. */
  readonly delivered: Delivered[];
  close(): Promise<void>;
}

/** Answers everything with 200 and what it was asked. */
export async function startEchoTarget(): Promise<EchoTarget> {
  const delivered: Delivered[] = [];
  const server = createServer({ maxHeaderSize: 131_072 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: target = '', rawHeaders } = request;
      const one = { method, target, rawHeaders, body: Buffer.concat(chunks).toString('utf8') };
      delivered.push(one);
      response.setHeader('content-type', 'application/json').end(JSON.stringify(one));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    delivered,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The values of a header that reached a target. */
export function valuesOf({ rawHeaders }: Delivered, name: string): string[] {
  return rawHeaders.flatMap((each, i) => (i % 2 === 0 && each.toLowerCase() === name ? [rawHeaders[i + 1] ?? ''] : []));
}
