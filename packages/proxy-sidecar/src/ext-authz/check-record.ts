// check-record.ts: what log and metrics are told of a question: the request that Envoy holds, as if it had come here.
import { randomUUID } from 'node:crypto';
import type { SidecarErrorCode } from '../errors.js';
import type { Downstream } from '../http/downstream.js';
import type { DecisionRecord, Exchange } from '../http/exchange.js';
import { fieldOf } from '../http/flat-headers.js';
import type { CheckQuestion } from './check-question.js';

/** By which form Envoy asks, or `none` for what is no question. */
export type CheckForm = 'grpc' | 'http' | 'none';

/** What is known at the end. */
export interface CheckOutcome {
  readonly form: CheckForm;
  readonly startedAtMs: number;
  readonly question: CheckQuestion | undefined;
  readonly requestId: string;
  /** Told to the caller of the request; 200 when it may go on. */
  readonly status: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly decision: DecisionRecord | undefined;
  readonly errorCode?: SidecarErrorCode | undefined;
  readonly errorDetail?: string | undefined;
}

// As for what comes in elsewhere: an id goes into logs and answers.
const REQUEST_ID = /^[\w.:/+=-]{1,512}$/;

/** The request's own id, or one of ours. */
export function requestIdOf(question: CheckQuestion | undefined): string {
  const given = question?.requestId;
  return given !== undefined && REQUEST_ID.test(given) ? given : randomUUID();
}

/** The record, for whoever looks on. */
export function checkExchange(down: Downstream, outcome: CheckOutcome): Exchange {
  const { question } = outcome;
  const request = question?.request;
  const header = (name: string) => fieldOf(request?.headers ?? [], name);
  return {
    direction: 'extAuthz',
    requestId: outcome.requestId,
    startedAtMs: outcome.startedAtMs,
    protocol: protocolOf(question?.httpVersion ?? '', down),
    peerAddress: request?.peerAddress ?? down.peerAddress,
    peerPort: question?.peerPort ?? down.peerPort,
    method: request?.method ?? down.method,
    target: request?.target ?? down.target,
    authority: request?.authority ?? '',
    route: outcome.form,
    traceparent: header('traceparent'),
    userAgent: header('user-agent'),
    upstream: '',
    upstreamProtocol: '',
    signingMs: 0,
    sentAtMs: 0,
    firstByteAtMs: 0,
    endedAtMs: performance.now(),
    bytesIn: outcome.bytesIn,
    bytesOut: outcome.bytesOut,
    status: outcome.status,
    upstreamStatus: 0,
    retries: 0,
    reusedConnection: false,
    decision: outcome.decision,
    errorCode: outcome.errorCode,
    errorDetail: outcome.errorDetail,
  };
}

function protocolOf(version: string, down: Downstream): Exchange['protocol'] {
  if (version === '') return down.protocol;
  if (version === 'HTTP/1.0') return 'http/1.0';
  return version === 'HTTP/1.1' ? 'http/1.1' : 'h2';
}
