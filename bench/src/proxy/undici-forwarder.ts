// undici-forwarder.ts — the least that forwards with undici's `dispatch` and this project's signer: no checks, no limits, no
// metrics. What the sidecar's own HTTP/1.1 client is compared with (docs/decisions).
import { createServer } from 'node:http';
import { signRequest } from '@lattice-auth/sigv4-fetch/core';
import { Pool } from 'undici';

const [port, upstream] = process.argv.slice(2).map(Number);
const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN = '' } = process.env;
const credentials = {
  accessKeyId: AWS_ACCESS_KEY_ID,
  secretAccessKey: AWS_SECRET_ACCESS_KEY,
  sessionToken: AWS_SESSION_TOKEN,
};
const host = 'orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';
const pool = new Pool(`http://127.0.0.1:${upstream}`, { connections: 128, pipelining: 1 });

createServer((request, response) => {
  const { method = 'GET', url = '/', rawHeaders } = request;
  const signed = signRequest(
    { method, target: url, headers: [['host', host]] },
    { credentials, region: 'eu-west-1', date: new Date() },
  );
  const headers: string[] = ['host', host];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (!/^(?:host|connection|transfer-encoding)$/i.test(name)) headers.push(name, rawHeaders[i + 1] ?? '');
  }
  for (const [name, value] of signed.headers) headers.push(name, value);
  const bodyless =
    request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined;
  pool.dispatch(
    { method: method as 'GET', path: signed.target, headers, body: bodyless ? null : request },
    {
      onRequestStart() {},
      onResponseStart(_controller, status, received) {
        response.writeHead(status, received as Record<string, string>);
      },
      onResponseData(controller, chunk) {
        if (response.write(chunk)) return;
        controller.pause();
        response.once('drain', () => controller.resume());
      },
      onResponseEnd() {
        response.end();
      },
      onResponseError() {
        response.destroy();
      },
    },
  );
}).listen(port, '127.0.0.1');
