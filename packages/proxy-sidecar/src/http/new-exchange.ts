// new-exchange.ts: the record of a request, as it is when its head has been read.
import { randomUUID } from 'node:crypto';
import type { Downstream } from './downstream.js';
import type { Direction, Exchange } from './exchange.js';
import type { RequestHead } from './request-head.js';

// What comes in as an id goes into logs and answers: nothing but what ids are made of.
const REQUEST_ID = /^[\w.:/+=-]{1,512}$/;

/** A record with everything that the head says. Without a head: what is known of a request that could not be read. */
export function newExchange(direction: Direction, down: Downstream, head: RequestHead | undefined): Exchange {
  const given = head?.requestId;
  return {
    direction,
    requestId: given !== undefined && REQUEST_ID.test(given) ? given : randomUUID(),
    startedAtMs: performance.now(),
    protocol: down.protocol,
    peerAddress: down.peerAddress,
    peerPort: down.peerPort,
    method: down.method,
    target: head?.target ?? down.target,
    authority: head?.authority ?? '',
    route: '',
    traceparent: head?.traceparent,
    userAgent: head?.userAgent,
    upstream: '',
    upstreamProtocol: '',
    signingMs: 0,
    sentAtMs: 0,
    firstByteAtMs: 0,
    endedAtMs: 0,
    bytesIn: 0,
    bytesOut: 0,
    status: 0,
    upstreamStatus: 0,
    retries: 0,
    reusedConnection: false,
    decision: undefined,
    errorCode: undefined,
    errorDetail: undefined,
  };
}
