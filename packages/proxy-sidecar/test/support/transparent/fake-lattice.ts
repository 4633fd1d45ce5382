// fake-lattice.ts: a program: what Lattice is to a pod. Each answer says how the request came: signed or not, for which
// host, from where. `node fake-lattice.ts PORT:ADDRESS… KEYS`; a port of 443 speaks TLS. Run from source, by Node alone.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { verifyRequest } from '@lattice-auth/sigv4-fetch/core';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly region: string;
  readonly certificate: string;
  readonly key: string;
}

const keys = JSON.parse(process.argv.at(-1) ?? '') as Keys;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { method = '', url = '', rawHeaders, socket } = request;
  const headers: [string, string][] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) headers.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '']);
  const { kind } = verifyRequest(
    { method, target: url, headers },
    {
      lookup: (id) => (id === keys.accessKeyId ? keys : undefined),
      now: Date.now(),
      service: 'vpc-lattice-svcs',
      region: keys.region,
    },
  );
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  request.on('end', () => {
    const { remoteAddress: from, localAddress: to, localPort: port } = socket;
    response.end(JSON.stringify({ kind, method, url, host: request.headers.host, bytes, from, to, port }));
  });
}

const places = process.argv.slice(2, -1).map((place) => {
  const at = place.indexOf(':');
  return { port: Number(place.slice(0, at)), host: place.slice(at + 1) };
});
for (const { port, host } of places) {
  const tls = { cert: keys.certificate, key: keys.key };
  const server = port === 443 ? createSecureServer(tls, answer) : createServer(answer);
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
}
process.stdout.write('listening\n');
process.on('SIGTERM', () => process.exit());
