// loopback-server.ts — the server that requests are measured against: answers at once, with a little JSON.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts listening; resolves to the origin. */
export async function loopbackServer(): Promise<string> {
  const body = JSON.stringify({ id: 'order-100042', status: 'open', total: 4200 });
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    request.resume();
    response.writeHead(200, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
