// access-log.ts: one line of JSON for each request, by pino, when it is over. Fields are called as in VPC Lattice's own log, so
// that one query serves both; what Lattice does not have (decision, signing, retries) stands beside them. The query of a
// request is not logged: signatures and tokens travel there.
import { pino } from 'pino';
import type { LogConfig } from '../config/sidecar-config.js';
import type { DecisionRecord, Exchange, ExchangeObserver } from '../http/exchange.js';
import type { LogOutput } from './log-output.js';
import { NESTING } from './logger.js';
import type { Redactor } from './redact.js';

/** Longer user agents and paths are cut. */
const TEXT_CHARS_MAX = 2_048;

/** Lattice's words for whose policy refused. */
const DENIED_REASONS: Readonly<Record<string, string>> = {
  serviceNetwork: 'Network',
  service: 'Service',
  identity: 'Identity',
};

/** An observer that writes the log; undefined when there is to be none. */
export function createAccessLog(
  config: LogConfig,
  output: LogOutput,
  redactor: Redactor,
): ExchangeObserver | undefined {
  if (config.access === 'off') return undefined;
  const failedOnly = config.access === 'failed';
  const formatters = { level: () => ({ log: 'access' }) };
  const lines = pino({ ...NESTING, base: null, timestamp: false, formatters }, output);
  return {
    onEnd(exchange) {
      const failed = exchange.status >= 400 || exchange.status === 0 || exchange.errorCode !== undefined;
      if (!failed && failedOnly) return;
      lines.info(accessRecord(exchange, Date.now(), performance.now(), redactor));
    },
  };
}

/** What is written about a request. `wallMs` and `nowMs` are the same moment on both clocks. */
export function accessRecord(
  exchange: Exchange,
  wallMs: number,
  nowMs: number,
  redactor: Redactor,
): Record<string, unknown> {
  const { direction, target, startedAtMs, endedAtMs, sentAtMs, firstByteAtMs, decision } = exchange;
  const end = endedAtMs === 0 ? nowMs : endedAtMs;
  const sent = sentAtMs !== 0;
  return {
    startTime: new Date(wallMs - (nowMs - startedAtMs)).toISOString(),
    direction,
    requestId: redactor.text(exchange.requestId),
    traceparent: exchange.traceparent === undefined ? undefined : shown(exchange.traceparent, redactor),
    // A Unix socket has neither, and Envoy need not say.
    sourceIpPort: exchange.peerAddress === '' ? undefined : `${exchange.peerAddress}:${exchange.peerPort}`,
    requestMethod: exchange.method,
    hostHeader: exchange.authority,
    requestPath: shown(pathOf(target), redactor),
    protocol: exchange.protocol === 'h2' ? 'HTTP/2' : exchange.protocol.toUpperCase(),
    userAgent: exchange.userAgent === undefined ? undefined : shown(exchange.userAgent, redactor),
    responseCode: exchange.status,
    bytesReceived: exchange.bytesIn,
    bytesSent: exchange.bytesOut,
    duration: milliseconds(end - startedAtMs),
    targetIpPort: exchange.upstream || undefined,
    requestToTargetDuration: sent ? milliseconds(sentAtMs - startedAtMs) : undefined,
    responseFromTargetDuration: sent && firstByteAtMs !== 0 ? milliseconds(firstByteAtMs - sentAtMs) : undefined,
    targetResponseCode: exchange.upstreamStatus || undefined,
    route: exchange.route,
    signingDuration: exchange.signingMs === 0 ? undefined : milliseconds(exchange.signingMs),
    retries: exchange.retries || undefined,
    ...(decision === undefined ? undefined : decisionFields(decision)),
    failureReason: exchange.errorCode,
    failureDetail: exchange.errorDetail === undefined ? undefined : shown(exchange.errorDetail, redactor),
  };
}

function decisionFields(decision: DecisionRecord): Record<string, unknown> {
  const denied = decision.effect === 'deny';
  return {
    callerPrincipal: decision.principal,
    authDeniedReason: denied ? (DENIED_REASONS[decision.layer] ?? decision.layer) : undefined,
    decision: {
      mode: decision.mode,
      effect: decision.effect,
      layer: decision.layer,
      reason: decision.reason,
      statements: decision.statements,
      duration: milliseconds(decision.durationMs),
    },
  };
}

function pathOf(target: string): string {
  const query = target.indexOf('?');
  return query === -1 ? target : target.slice(0, query);
}

function shown(text: string, redactor: Redactor): string {
  return redactor.text(text.length > TEXT_CHARS_MAX ? `${text.slice(0, TEXT_CHARS_MAX)}…` : text);
}

const milliseconds = (ms: number) => Math.round(ms * 1_000) / 1_000;
