// The access log: Lattice's field names, what a denial looks like, and which requests are written.
import { expect, test } from 'vitest';
import type { Exchange } from '../../../src/http/exchange.js';
import { accessRecord, createAccessLog } from '../../../src/log/access-log.js';
import { Redactor } from '../../../src/log/redact.js';
import { exchangeWith } from '../../support/exchange.js';

const redactor = new Redactor();
const record = (exchange: Exchange) => accessRecord(exchange, Date.UTC(2026, 10, 21, 8, 0, 1), 2_000, redactor);

test('a request, in the words of Lattice’s own log', () => {
  expect(record(exchangeWith())).toEqual({
    startTime: '2026-11-21T08:00:00.000Z',
    direction: 'outbound',
    requestId: 'req-1',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    sourceIpPort: '127.0.0.1:40000',
    requestMethod: 'GET',
    hostHeader: 'orders.example.com',
    requestPath: '/orders/7',
    protocol: 'HTTP/1.1',
    userAgent: 'test/1',
    responseCode: 200,
    bytesReceived: 0,
    bytesSent: 12,
    duration: 10,
    targetIpPort: '169.254.171.1:443',
    requestToTargetDuration: 1,
    responseFromTargetDuration: 5,
    targetResponseCode: 200,
    route: 'default',
    signingDuration: 0.02,
    retries: undefined,
    failureReason: undefined,
    failureDetail: undefined,
  });
});

test('a peer without an address, as over a Unix socket, is left out', () => {
  expect(record(exchangeWith({ peerAddress: '', peerPort: 0 })).sourceIpPort).toBeUndefined();
});

test('a denial: who, by whose policy, and that nothing was sent', () => {
  const decision = {
    mode: 'enforce',
    effect: 'deny',
    layer: 'serviceNetwork',
    reason: 'implicitDeny',
    principal: 'arn:aws:sts::111122223333:assumed-role/web/pod',
    statements: [],
    durationMs: 0.0041,
  } as const;
  const denied = record(
    exchangeWith({ decision, status: 403, upstreamStatus: 0, upstream: '', sentAtMs: 0, firstByteAtMs: 0 }),
  );
  expect(denied).toMatchObject({
    callerPrincipal: 'arn:aws:sts::111122223333:assumed-role/web/pod',
    authDeniedReason: 'Network',
    decision: { mode: 'enforce', effect: 'deny', layer: 'serviceNetwork', reason: 'implicitDeny', duration: 0.004 },
    targetIpPort: undefined,
    requestToTargetDuration: undefined,
  });
});

test.each([
  ['all', {}, 1],
  ['failed', {}, 0],
  ['failed', { status: 404 }, 1],
  ['failed', { status: 0 }, 1],
  ['failed', { errorCode: 'ERR_SIDECAR_UPSTREAM_RESET' as const }, 1],
] as const)('access: %s writes of %j', (access, more, lines) => {
  const written: string[] = [];
  const output = { write: (line: string) => void written.push(line), dropped: 0, close: () => Promise.resolve() };
  createAccessLog({ level: 'silent', access, signing: false }, output, redactor)?.onEnd?.(exchangeWith(more));
  expect(written).toHaveLength(lines);
  for (const line of written) expect(JSON.parse(line)).toMatchObject({ log: 'access', requestId: 'req-1' });
});

test('access: off is no observer', () => {
  const output = { write() {}, dropped: 0, close: () => Promise.resolve() };
  expect(createAccessLog({ level: 'info', access: 'off', signing: false }, output, redactor)).toBeUndefined();
});

test('hostile text stays within its field', () => {
  const written: string[] = [];
  const output = { write: (line: string) => void written.push(line), dropped: 0, close: () => Promise.resolve() };
  const exchange = exchangeWith({ target: '/"},\n{"log":"access"', userAgent: 'x'.repeat(9_000) });
  createAccessLog({ level: 'info', access: 'all', signing: false }, output, redactor)?.onEnd?.(exchange);
  expect(written.join('').trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(written[0] ?? '').userAgent.length).toBeLessThan(2_100);
});
