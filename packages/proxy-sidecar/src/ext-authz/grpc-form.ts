// grpc-form.ts: external authorization as gRPC: envoy.service.auth.v3.Authorization/Check, and beside it the standard health
// check. SPEC: gRPC over HTTP/2. An answer is a message in which the request is allowed or denied; whatever is not understood
// is denied by such a message too, since a failed call is what Envoy can be told to let pass.
import type { SidecarErrorCode } from '../errors.js';
import type { Downstream } from '../http/downstream.js';
import { fieldOf } from '../http/flat-headers.js';
import { answerTo } from './check-answer.js';
import { type CheckParts, guarded, NOBODY, tellFailure, tellObservers } from './check-parts.js';
import { questionFromGrpc } from './check-question.js';
import { requestIdOf } from './check-record.js';
import { readCheckRequest } from './check-request.js';
import { writeCheckResponse } from './check-response.js';
import { collectBody, type Unfinished } from './collect-body.js';
import { framed, MessageCollector, type ReadMessage } from './grpc-message.js';
import { readHealthRequest, writeHealthResponse } from './health-messages.js';

const SERVICE = 'envoy.service.auth.v3.Authorization';
const CHECK = `/${SERVICE}/Check`;
const HEALTH = '/grpc.health.v1.Health/Check';
const CONTENT_TYPE = /^application\/grpc(?:\+proto)?(?:;|$)/i;
const GRPC_HEADERS = ['content-type', 'application/grpc', 'grpc-accept-encoding', 'identity'];

/** gRPC's status codes, as far as they are given. */
const STATUS = {
  invalidArgument: '3',
  deadlineExceeded: '4',
  notFound: '5',
  unimplemented: '12',
  unavailable: '14',
} as const;

/** True for the paths that are gRPC's. */
export const isGrpcPath = (target: string) => target === CHECK || target === HEALTH;

/** Answers a call; its path is one of gRPC's. */
export function answerGrpc(parts: CheckParts, down: Downstream): void {
  const refused = notGrpc(down);
  if (refused !== undefined) {
    down.listen(NOBODY);
    down.head(refused, '', ['content-length', '0'], true);
    const startedAtMs = performance.now();
    tellFailure(parts, down, { form: 'grpc', startedAtMs, status: refused, errorCode: 'ERR_SIDECAR_REQUEST' });
  } else if (down.target === HEALTH) answerHealth(parts, down);
  else answerCheck(parts, down);
}

/** The HTTP status for what is no gRPC call; SPEC: gRPC over HTTP/2: 415 for another content type. */
function notGrpc(down: Downstream): number | undefined {
  if (down.method !== 'POST' || down.protocol !== 'h2') return 405;
  const { headers } = down;
  if (!CONTENT_TYPE.test(fieldOf(headers, 'content-type') ?? '')) return 415;
  return fieldOf(headers, 'te') === 'trailers' ? undefined : 400;
}

function answerCheck(parts: CheckParts, down: Downstream): void {
  const { config, deadlines } = parts;
  const startedAtMs = performance.now();
  if (deadlines.size >= config.limits.inFlight) {
    down.listen(NOBODY);
    fail(parts, down, startedAtMs, STATUS.unavailable, 'ERR_SIDECAR_OVERLOADED');
    return;
  }
  const collector = new MessageCollector(config.limits.bodyBytes);
  collectBody(down, collector, { deadlines, withinMs: config.timeouts.requestMs }, (read) => {
    guarded(parts, down, () => answerRead(parts, down, startedAtMs, read));
  });
}

function answerRead(parts: CheckParts, down: Downstream, startedAtMs: number, read: ReadMessage | Unfinished): void {
  switch (read.kind) {
    case 'whole':
      decide(parts, down, startedAtMs, read.message);
      break;
    case 'tooLarge':
    case 'broken':
      decide(parts, down, startedAtMs, undefined);
      break;
    case 'compressed':
      fail(parts, down, startedAtMs, STATUS.unimplemented, 'ERR_SIDECAR_REQUEST');
      break;
    case 'late':
      fail(parts, down, startedAtMs, STATUS.deadlineExceeded, 'ERR_SIDECAR_REQUEST_TIMEOUT');
      break;
    case 'gone':
      tellFailure(parts, down, { form: 'grpc', startedAtMs, status: 0, errorCode: 'ERR_SIDECAR_CALLER_GONE' });
  }
}

/** `message` is undefined when there is none that could be read. */
function decide(parts: CheckParts, down: Downstream, startedAtMs: number, message: Buffer | undefined): void {
  const { config, judge } = parts;
  const read = message === undefined ? undefined : readCheckRequest(message, config.limits);
  const question = read === undefined ? undefined : questionFromGrpc(read);
  const requestId = requestIdOf(question);
  const verdict = judge.decide(question);
  const answer = answerTo(verdict, question?.request.headers ?? [], requestId, config);
  const bytes = framed(writeCheckResponse(answer));
  send(down, bytes);
  tellObservers(parts, down, {
    form: 'grpc',
    startedAtMs,
    question,
    requestId,
    status: answer.kind === 'allow' ? 200 : answer.status,
    bytesIn: message?.length ?? 0,
    bytesOut: bytes.length,
    decision: verdict.record,
  });
}

function answerHealth(parts: CheckParts, down: Downstream): void {
  const { config, deadlines } = parts;
  const collector = new MessageCollector(config.limits.bodyBytes);
  collectBody(down, collector, { deadlines, withinMs: config.timeouts.requestMs }, (read) => {
    guarded(parts, down, () => answerHealthRead(parts, down, read));
  });
}

function answerHealthRead(parts: CheckParts, down: Downstream, read: ReadMessage | Unfinished): void {
  if (read.kind === 'gone') return;
  const service = read.kind === 'whole' ? readHealthRequest(read.message) : undefined;
  if (read.kind === 'compressed') trailersOnly(down, STATUS.unimplemented);
  else if (service === undefined) trailersOnly(down, STATUS.invalidArgument);
  else if (service !== '' && service !== SERVICE) trailersOnly(down, STATUS.notFound);
  else send(down, framed(writeHealthResponse(parts.ready())));
}

function send(down: Downstream, message: Buffer): void {
  down.head(200, '', GRPC_HEADERS, false);
  down.write(message, false);
  down.end(['grpc-status', '0']);
}

/** SPEC: gRPC over HTTP/2, Trailers-Only: a call that fails without a message. */
function trailersOnly(down: Downstream, status: string): void {
  down.head(200, '', [...GRPC_HEADERS, 'grpc-status', status], true);
}

function fail(
  parts: CheckParts,
  down: Downstream,
  startedAtMs: number,
  status: string,
  errorCode: SidecarErrorCode,
): void {
  trailersOnly(down, status);
  tellFailure(parts, down, { form: 'grpc', startedAtMs, status: 0, errorCode });
}
