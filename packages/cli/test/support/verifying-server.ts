// verifying-server.ts: a server on loopback that checks signatures as VPC Lattice does, and answers as it is told.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type RawHeader, type Verification, verifyRequest } from '@lattice-auth/sigv4-fetch/core';

/** Credentials as a process finds them. */
export const CREDENTIALS_ENV = {
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEKEY000002',
  AWS_SECRET_ACCESS_KEY: 'example/secret+key',
  AWS_SESSION_TOKEN: 'example-session-token',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** One request as it arrived. */
interface Received {
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string | undefined>;
  readonly body: Buffer;
  readonly verification: Verification;
}

export type Answer = (received: Received, response: ServerResponse) => void;

export interface VerifyingServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
}

/** Starts a server; without an answer it says what it received. */
export async function startServer(
  answer: Answer = echo,
  tls?: { key: string; cert: string },
): Promise<VerifyingServer> {
  const received: Received[] = [];
  const handle: RequestListener = async (request, response) => {
    const verification = verify(request);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url: target = '', headers } = request;
    const seen = { method, target, headers: headers as Received['headers'], body: Buffer.concat(chunks), verification };
    received.push(seen);
    answer(seen, response);
  };
  const server = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function verify(request: IncomingMessage): Verification {
  const { method = '', url: target = '', rawHeaders } = request;
  const headers = rawHeaders.flatMap((name, i): RawHeader[] => (i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? '']] : []));
  const secret = {
    secretAccessKey: CREDENTIALS_ENV.AWS_SECRET_ACCESS_KEY,
    sessionToken: CREDENTIALS_ENV.AWS_SESSION_TOKEN,
  };
  const lookup = (id: string) => (id === CREDENTIALS_ENV.AWS_ACCESS_KEY_ID ? secret : undefined);
  return verifyRequest(
    { method, target, headers },
    { lookup, now: Date.now(), service: 'vpc-lattice-svcs', region: 'eu-west-1' },
  );
}

const echo: Answer = ({ verification, method, target, body }, response) => {
  if (verification.kind === 'rejected') response.writeHead(403).end(verification.message);
  else response.end(`${verification.kind} ${method} ${target} ${body.length}\n`);
};

/** Lattice's text for a request that nothing in the identity policies allows. */
export const NO_IDENTITY_POLICY =
  'AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/app/pod-1 is not authorized to perform: ' +
  'vpc-lattice-svcs:Invoke on resource: arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0/orders ' +
  'because no identity-based policy allows the vpc-lattice-svcs:Invoke action';
