// node-http.ts: Node's HTTP server, by a way that loads only that: an `import` of `node:http` reads all of its exports, and
// one of them brings undici along, 8 MiB and 20 ms that nothing here has a use for.
import type * as Http from 'node:http';

const http: typeof Http = process.getBuiltinModule('node:http');

export const createHttp1Server = http.createServer;
export const Http1Response = http.ServerResponse;
