// server.mjs: what runs on instances and in tasks. It only says where it runs, and who asked.
import { createServer } from 'node:http';

const { PLATFORM: platform, NAME: name, PORT: port = '8080' } = process.env;

createServer((request, response) => {
  if (request.url === '/health') {
    response.end('ok\n');
    return;
  }
  const identity = request.headers['x-amzn-lattice-identity'] ?? '';
  const caller = /Principal=([^;]+)/.exec(identity)?.[1] ?? 'anonymous';
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify({ platform, name, caller, rate: '2.50 an hour' })}\n`);
}).listen(Number(port), '127.0.0.1');
