// echo-server.ts — the least that answers a unary call on node:http2: waits for the end of the question, sends an answer that was made
// before. What is above it in time is reading, deciding, writing, and the sidecar's own order.
import { createServer } from 'node:http2';
import { CheckResponse, framed } from './questions.ts';

const [port] = process.argv.slice(2).map(Number);
const answer = framed(
  CheckResponse.encode(CheckResponse.fromObject({ status: { code: 0 }, ok_response: {} })).finish(),
);

const server = createServer();
server.on('stream', (stream) => {
  stream.on('data', () => undefined);
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.on('end', () => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.end(answer);
  });
});
server.listen(port, '127.0.0.1');
