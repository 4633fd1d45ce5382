// exchange.ts: an exchange as the request path would have written it, for tests of those who look on.
import type { Exchange } from '../../src/http/exchange.js';

/** A finished GET that was signed and answered with 200; `more` changes it. */
export function exchangeWith(more: Partial<Exchange> = {}): Exchange {
  return {
    direction: 'outbound',
    requestId: 'req-1',
    startedAtMs: 1_000,
    protocol: 'http/1.1',
    peerAddress: '127.0.0.1',
    peerPort: 40_000,
    method: 'GET',
    target: '/orders/7?status=open',
    authority: 'orders.example.com',
    route: 'default',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    userAgent: 'test/1',
    upstream: '169.254.171.1:443',
    upstreamProtocol: 'http/1.1',
    signingMs: 0.02,
    sentAtMs: 1_001,
    firstByteAtMs: 1_006,
    endedAtMs: 1_010,
    bytesIn: 0,
    bytesOut: 12,
    status: 200,
    upstreamStatus: 200,
    retries: 0,
    reusedConnection: true,
    decision: undefined,
    errorCode: undefined,
    errorDetail: undefined,
    ...more,
  };
}
