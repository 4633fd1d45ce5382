// fake-view.ts — a data plane as the page sees it, with requests that never were: what they say is up to each test.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseStack, type Stack } from '@lattice-auth/stack';
import type { ControlHandler, DataPlaneView, SeenRequest } from '../../../src/model.js';

const STACK = `
description: A shop
account: "111122223333"
region: eu-west-1
vpcs:
  front: { id: vpc-0a0a0a0a0a0a0a0a0 }
  back: { id: vpc-0b0b0b0b0b0b0b0b0 }
serviceNetworks:
  shop: { id: sn-0e0e0e0e0e0e0e0e0, authType: AWS_IAM, vpcs: [front], vpcEndpoints: [back], services: [orders] }
services:
  orders:
    id: svc-0123456789abcdef0
    listeners:
      http:
        protocol: HTTP
        defaultAction: { fixedResponse: 404 }
        rules:
          read:
            priority: 10
            match: { method: GET, path: { prefix: /orders } }
            action: { forward: [{ targetGroup: v1, weight: 3 }, { targetGroup: v2, weight: 1 }] }
targetGroups:
  v1: { type: IP, protocol: HTTP }
  v2: { type: LAMBDA }
principals:
  web: { arn: "arn:aws:iam::111122223333:role/web", sessionName: pod, vpc: front, policies: assume-allowed }
local:
  targetGroups:
    v1: { targets: [{ command: [node, server.mjs, --password, hunter2] }] }
`;

const shopStack = (): Stack =>
  parseStack(STACK, {
    file: 'stack.yaml',
    readPolicy: () => {
      throw new Error('it has no files');
    },
  });

/** A data plane that is told what it has seen. */
export interface FakeView extends DataPlaneView {
  readonly seen: SeenRequest[];
  readonly listeners: Set<(request: SeenRequest) => void>;
  see(request: SeenRequest): void;
  reload(problem: string | undefined): void;
}

export function fakeView(stack = shopStack()): FakeView {
  const listeners = new Set<(request: SeenRequest) => void>();
  const reloads = new Set<(problem: string | undefined) => void>();
  const seen: SeenRequest[] = [];
  return {
    stack,
    httpUrl: 'http://127.0.0.1:8080',
    httpsUrl: undefined,
    controlUrl: 'http://127.0.0.1:9000',
    seen,
    listeners,
    see(request) {
      seen.push(request);
      for (const listener of listeners) listener(request);
    },
    reload(problem) {
      for (const listener of reloads) listener(problem);
    },
    onSeen(callback) {
      listeners.add(callback);
      return () => void listeners.delete(callback);
    },
    onReload(callback) {
      reloads.add(callback);
      return () => void reloads.delete(callback);
    },
  };
}

/** A request to `orders` that nobody was asked about; `given` says what else. */
export function seenRequest(stack: Stack, given: Partial<SeenRequest> = {}): SeenRequest {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    startTime: new Date('2026-01-15T10:30:00Z'),
    method: 'GET',
    target: '/orders/7',
    host: 'orders.example.com',
    protocol: 'HTTP/1.1',
    sourceAddress: '127.0.0.1',
    sourcePort: 40_000,
    userAgent: undefined,
    tls: undefined,
    vpc: 'front',
    service: 'orders',
    serviceNetwork: 'shop',
    listener: 'http',
    rule: undefined,
    targetGroup: undefined,
    principal: 'web',
    principalArn: 'arn:aws:sts::111122223333:assumed-role/web/pod',
    signature: undefined,
    question: undefined,
    decision: undefined,
    status: 200,
    refusal: undefined,
    targetAddress: undefined,
    bytesReceived: 0,
    bytesSent: 0,
    durationMs: 1.234567,
    requestToTargetMs: undefined,
    responseFromTargetMs: undefined,
    stack,
    ...given,
  };
}

/** A handler on a port of its own. */
export async function serve(handler: ControlHandler): Promise<{ url: string; server: Server; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const taken = handler(request, response, new URL(request.url ?? '/', 'http://localhost'));
    if (!taken) response.writeHead(404).end('not taken');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
