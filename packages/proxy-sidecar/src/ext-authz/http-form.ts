// http-form.ts: external authorization without gRPC: Envoy sends the request itself, with a prefix to its path and without its
// body; 200 lets it pass, anything else is what its caller gets. The prefix is asked for, so that no path of a caller's can be
// one of gRPC's, whose answers are 200 whatever they say.
import type { SidecarErrorCode } from '../errors.js';
import type { Downstream } from '../http/downstream.js';
import { onlyFieldOf } from '../http/flat-headers.js';
import { endToEnd } from '../http/hop-by-hop.js';
import { answerTo } from './check-answer.js';
import { type CheckParts, guarded, NOBODY, tellFailure, tellObservers } from './check-parts.js';
import { type CheckQuestion, questionFromHttp } from './check-question.js';
import { requestIdOf } from './check-record.js';
import type { CheckAnswer } from './check-response.js';
import { collectBody, type Unfinished } from './collect-body.js';
import type { StructObject } from './struct.js';

/** Envoy takes the headers that are named in it off the request. */
const REMOVE_HEADER = 'x-envoy-auth-headers-to-remove';
/** Header values are visible ASCII. */
const UNFIT = /[^\x20-\x7e]/g;

/** Metadata that goes into headers, where it is asked for. */
const METADATA_HEADERS: readonly (readonly [key: string, header: string])[] = [
  ['id', 'x-lattice-auth-id'],
  ['effect', 'x-lattice-auth-effect'],
  ['deniedBy', 'x-lattice-auth-denied-by'],
  ['reason', 'x-lattice-auth-reason'],
  ['policy', 'x-lattice-auth-policy'],
  ['statement', 'x-lattice-auth-statement'],
];

/** True for paths of this form. */
export function isHttpForm(target: string, prefix: string): boolean {
  return target.startsWith(prefix) && (target[prefix.length] === '/' || target === `${prefix}*`);
}

/** Answers a request that stands for a question. */
export function answerHttp(parts: CheckParts, down: Downstream): void {
  const { config, deadlines } = parts;
  const startedAtMs = performance.now();
  if (deadlines.size >= config.limits.inFlight) {
    down.listen(NOBODY);
    fail(parts, down, startedAtMs, 503, 'ERR_SIDECAR_OVERLOADED');
    return;
  }
  const limits = { deadlines, withinMs: config.timeouts.requestMs };
  collectBody(down, new BodyCounter(config.limits.bodyBytes), limits, (read) => {
    guarded(parts, down, () => answerRead(parts, down, startedAtMs, read));
  });
}

function answerRead(parts: CheckParts, down: Downstream, startedAtMs: number, read: ReadBody | Unfinished): void {
  switch (read.kind) {
    case 'whole':
      decide(parts, down, startedAtMs, questionOf(parts, down));
      break;
    case 'tooLarge':
      decide(parts, down, startedAtMs, undefined);
      break;
    case 'late':
      fail(parts, down, startedAtMs, 408, 'ERR_SIDECAR_REQUEST_TIMEOUT');
      break;
    case 'gone':
      tellFailure(parts, down, { form: 'http', startedAtMs, status: 0, errorCode: 'ERR_SIDECAR_CALLER_GONE' });
  }
}

interface ReadBody {
  readonly kind: 'whole' | 'tooLarge';
}

/** A body that Envoy may have been told to send along: it says nothing here. */
class BodyCounter {
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  add(chunk: Buffer): ReadBody | undefined {
    this.#bytes += chunk.length;
    return this.#bytes > this.#bytesMax ? { kind: 'tooLarge' } : undefined;
  }

  end(): ReadBody {
    return { kind: 'whole' };
  }
}

function questionOf({ config: { http, limits } }: CheckParts, down: Downstream): CheckQuestion | undefined {
  if (down.headers.length > limits.headerCount * 2) return undefined;
  const { headers } = endToEnd(down.headers);
  const authority = down.authority ?? onlyFieldOf(headers, 'host');
  if (authority === undefined) return undefined;
  const target = down.target.slice(http.pathPrefix.length);
  return questionFromHttp({
    method: down.method,
    target,
    authority,
    headers,
    peerHeader: http.peerHeader?.toLowerCase(),
  });
}

function decide(parts: CheckParts, down: Downstream, startedAtMs: number, question: CheckQuestion | undefined): void {
  const { config, judge } = parts;
  const requestId = requestIdOf(question);
  const verdict = judge.decide(question);
  const answer = answerTo(verdict, question?.request.headers ?? [], requestId, config);
  const status = answer.kind === 'allow' ? 200 : answer.status;
  const body = answer.kind === 'allow' ? '' : answer.body;
  const told = config.http.metadataHeaders ? metadataHeaders(answer.metadata) : [];
  send(down, status, [...headersOf(answer), ...told], body);
  tellObservers(parts, down, {
    form: 'http',
    startedAtMs,
    question,
    requestId,
    status,
    bytesIn: 0,
    bytesOut: body.length,
    decision: verdict.record,
  });
}

function headersOf(answer: CheckAnswer): readonly string[] {
  if (answer.kind === 'deny' || answer.headersToRemove.length === 0) return answer.headers;
  return [...answer.headers, REMOVE_HEADER, answer.headersToRemove.map(plain).join(', ')];
}

function metadataHeaders(metadata: StructObject): string[] {
  return METADATA_HEADERS.flatMap(([key, header]) => {
    const value = metadata[key];
    return typeof value === 'string' ? [header, plain(value)] : [];
  });
}

const plain = (text: string) => text.replace(UNFIT, '?');

function send(down: Downstream, status: number, headers: readonly string[], body: string): void {
  const bytes = Buffer.from(body, 'utf8');
  const whole = [...headers, 'content-length', String(bytes.length)];
  const bodyless = bytes.length === 0 || down.method === 'HEAD';
  down.head(status, '', whole, bodyless);
  if (!bodyless) down.write(bytes, true);
}

function fail(
  parts: CheckParts,
  down: Downstream,
  startedAtMs: number,
  status: number,
  errorCode: SidecarErrorCode,
): void {
  send(down, status, [], '');
  tellFailure(parts, down, { form: 'http', startedAtMs, status, errorCode });
}
