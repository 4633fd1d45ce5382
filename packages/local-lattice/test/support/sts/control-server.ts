// control-server.ts — the handlers of credentials on a port of their own, with a stack that has roles and users.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseStack, type Stack } from '@lattice-auth/stack';
import { type CredentialBook, createCredentialBook } from '../../../src/credential-book.js';
import { containerCredentialsHandler } from '../../../src/sts/container-handler.js';
import { stsHandler } from '../../../src/sts/sts-handler.js';

export const ROLE = 'arn:aws:iam::111122223333:role/apps/web';

/** A stack's text; `more` goes into the section `principals`. */
export const stackText = (more = '') => `region: eu-west-1
account: "111122223333"
vpcs: { front: { id: vpc-11111111 } }
serviceNetworks: { net: { id: sn-00000000000000001, vpcs: [front], services: [api] } }
services: { api: { id: svc-00000000000000001, authType: AWS_IAM } }
principals:
  web:
    arn: ${ROLE}
    tags: { team: shop, Stage: test }
    vpc: front
    policies:
      identity: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "vpc-lattice-svcs:Invoke", Resource: "*" } }]
  free: { arn: "arn:aws:iam::111122223333:role/free", policies: assume-allowed }
  pod: { arn: "arn:aws:sts::111122223333:assumed-role/job/pod-1", roleArn: "arn:aws:iam::111122223333:role/job" }
  alice: { arn: "arn:aws:iam::111122223333:user/alice", uniqueId: AIDAALICE }
${more}`;

/** A stack from its text. */
export const stackOf = (text = stackText()): Stack => parseStack(text, { file: 'stack.yaml' });

/** A running control port. */
export interface ControlServer {
  readonly url: string;
  readonly port: number;
  readonly book: CredentialBook;
  readonly lines: string[];
  /** What the handlers take for now; undefined: the clock. */
  nowMs: number | undefined;
  use(stack: Stack): void;
  close(): Promise<void>;
}

/** Starts one. */
export async function startControlServer(): Promise<ControlServer> {
  let stack = stackOf();
  const book = createCredentialBook(stack);
  const lines: string[] = [];
  const shared = { book, stack: () => stack, now: () => control.nowMs ?? Date.now() };
  const handlers = [stsHandler({ ...shared, log: (line) => lines.push(line) }), containerCredentialsHandler(shared)];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (handlers.some((handle) => handle(request, response, url))) return;
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const control: ControlServer = {
    url: `http://127.0.0.1:${port}`,
    port,
    book,
    lines,
    nowMs: undefined,
    use(next) {
      stack = next;
      book.use(next);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return control;
}
