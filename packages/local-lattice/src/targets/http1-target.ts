// http1-target.ts — a target that speaks HTTP/1.1: a pool of connections of undici's, used by its lowest interface. Bodies
// stream both ways; who is slow slows the other.
import type { Dispatcher, Pool } from 'undici';
import { TargetError, type TargetFailure } from '../errors.js';
import type { AnswerSink, ForwardCall, ForwardRequest, HttpTransport, TargetTimeouts } from './target-parts.js';

type Controller = Dispatcher.DispatchController;

/** Connections to one origin. */
export function http1Transport(origin: string, timeouts: TargetTimeouts): HttpTransport {
  let pool: Pool | undefined;
  let loading: Promise<void> | undefined;
  const load = async () => {
    // undici takes longer to load than everything else together.
    const { Pool } = await import('undici');
    pool ??= new Pool(origin, {
      connect: { timeout: timeouts.connectMs, rejectUnauthorized: false },
      headersTimeout: timeouts.idleMs,
      bodyTimeout: timeouts.idleMs,
      keepAliveTimeout: 4_000,
      pipelining: 1,
      allowH2: false,
    });
  };
  return {
    forward(request, sink) {
      const call = new Http1Call(sink);
      if (pool !== undefined) call.start(pool, request);
      else {
        loading ??= load();
        loading.then(
          () => pool && call.start(pool, request),
          (cause) => call.onResponseError(undefined, cause),
        );
      }
      return call;
    },
    async close() {
      await loading;
      await pool?.destroy();
    },
  };
}

const EXPECTED_BODYLESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

/** One request and its answer. */
class Http1Call implements ForwardCall, Dispatcher.DispatchHandler {
  readonly #sink: AnswerSink;
  #controller: Controller | undefined;
  #ended = false;
  #cancelled = false;

  constructor(sink: AnswerSink) {
    this.#sink = sink;
  }

  start(pool: Pool, { method, target, fields, body, idleMs }: ForwardRequest): void {
    if (this.#cancelled) return;
    const idempotent = body === undefined && EXPECTED_BODYLESS.has(method);
    pool.dispatch(
      {
        method: method as Dispatcher.HttpMethod,
        path: target,
        headers: fields,
        body: body ?? null,
        idempotent,
        headersTimeout: idleMs ?? null,
        bodyTimeout: idleMs ?? null,
      },
      this,
    );
  }

  cancel(): void {
    if (this.#ended || this.#cancelled) return;
    this.#cancelled = true;
    this.#controller?.abort(new TargetError('cancelled', 'the caller went away'));
  }

  resume(): void {
    this.#controller?.resume();
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#cancelled) controller.abort(new TargetError('cancelled', 'the caller went away'));
  }

  onResponseStart(controller: Controller, status: number): void {
    if (this.#cancelled) return;
    const fields = flatText(controller.rawHeaders);
    if (status >= 200) this.#sink.onHead(status, fields);
    else this.#sink.onInterim(status, fields);
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (!this.#cancelled && !this.#sink.onData(chunk)) controller.pause();
  }

  onResponseEnd(controller: Controller): void {
    if (this.#ended) return;
    this.#ended = true;
    if (!this.#cancelled) this.#sink.onEnd(flatText(controller.rawTrailers));
  }

  onResponseError(_controller: Controller | undefined, error: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    if (!this.#cancelled) this.#sink.onError(targetError(error));
  }
}

function flatText(raw: Controller['rawHeaders']): string[] {
  if (!Array.isArray(raw)) return [];
  const flat: string[] = new Array(raw.length);
  for (let i = 0; i < raw.length; i += 1) {
    const item = raw[i] as Buffer | string;
    flat[i] = typeof item === 'string' ? item : item.toString('latin1');
  }
  return flat;
}

const FAILURES: Readonly<Record<string, TargetFailure>> = {
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'badAnswer',
  UND_ERR_SOCKET: 'reset',
  ECONNREFUSED: 'connect',
  EHOSTUNREACH: 'connect',
  ENETUNREACH: 'connect',
  ENOTFOUND: 'connect',
  EADDRNOTAVAIL: 'connect',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
};

/** What a failure of a connection or its parser means. */
export function targetError(cause: Error & { code?: string }): TargetError {
  if (cause instanceof TargetError) return cause;
  const failure = FAILURES[cause.code ?? ''] ?? (isTls(cause) ? 'connect' : 'badAnswer');
  return new TargetError(failure, `${cause.code ?? cause.name}: ${cause.message}`, { cause });
}

function isTls({ code = '' }: Error & { code?: string }): boolean {
  return code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS');
}
