// Bodies of requests over HTTP/2 to a target that speaks HTTP/1.1: empty, whole, and late. Each gets its answer.
import { createServer, type Server } from 'node:http';
import { type ClientHttp2Session, connect } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalLattice, startLocalLattice } from '../../src/index.js';

let target: Server;
let lattice: LocalLattice;
let session: ClientHttp2Session;
let host: string;

beforeAll(async () => {
  target = createServer(async (request, response) => {
    let length = 0;
    for await (const chunk of request) length += (chunk as Buffer).length;
    response.end(`${request.method} ${length}`);
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
  lattice = await startLocalLattice({
    account: '111122223333',
    region: 'eu-west-1',
    serviceNetworks: { net: { id: 'sn-0123456789abcdef0', services: ['orders'] } },
    services: {
      orders: {
        id: 'svc-0123456789abcdef0',
        listeners: { https: { protocol: 'HTTPS', defaultAction: { forward: 'group' } } },
      },
    },
    targetGroups: { group: { type: 'IP', protocol: 'HTTP' } },
    local: { targetGroups: { group: { targets: [{ url }] } } },
  });
  host = new URL(lattice.urlOf('orders')).host;
  session = connect(lattice.httpsUrl ?? '', { ca: lattice.ca, servername: host });
});

afterAll(async () => {
  session.destroy();
  await lattice.close();
  target.closeAllConnections();
  target.close();
});

function post(send: (write: (text: string) => void, end: () => void) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ':method': 'POST', ':path': '/x', ':authority': host });
    let text = '';
    stream.on('response', (headers) => {
      text += `${headers[':status']} `;
    });
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    stream.on('end', () => resolve(text)).on('error', reject);
    send(
      (part) => void stream.write(part),
      () => void stream.end(),
    );
  });
}

test('an empty body that ends in a frame of its own', async () => {
  expect(await post((_, end) => end())).toBe('200 POST 0');
});

test('an empty body that ends later', async () => {
  expect(await post((_, end) => void setTimeout(end, 30))).toBe('200 POST 0');
});

test('a body in pieces, its size counted', async () => {
  const sent = 'x'.repeat(100_000);
  const outcome = post((write, end) => {
    write(sent);
    setTimeout(() => {
      write(sent);
      end();
    }, 10);
  });
  expect(await outcome).toBe('200 POST 200000');
  expect(lattice.seen.at(-1)).toMatchObject({ status: 200, bytesReceived: 200_000 });
});
