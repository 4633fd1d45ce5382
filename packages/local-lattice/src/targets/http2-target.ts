// http2-target.ts — a target that speaks HTTP/2, gRPC's included: one session of node:http2, opened when needed and anew
// when it has gone. Trailers pass, and both directions may stream for as long as they like.
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { TargetError } from '../errors.js';
import { targetError } from './http1-target.js';
import type { AnswerSink, ForwardCall, ForwardRequest, HttpTransport, TargetTimeouts } from './target-parts.js';

const { NGHTTP2_CANCEL, NGHTTP2_FLAG_END_STREAM } = constants;

/** A session to one origin; `http:` speaks HTTP/2 without TLS. */
export function http2Transport(origin: string, timeouts: TargetTimeouts): HttpTransport {
  let session: ClientHttp2Session | undefined;
  const scheme = origin.startsWith('https:') ? 'https' : 'http';
  const open = (): ClientHttp2Session => {
    if (session !== undefined && !session.closed && !session.destroyed) return session;
    const opened = connect(origin, { rejectUnauthorized: false, settings: { enablePush: false } });
    opened.on('error', () => undefined); // each stream hears of it
    opened.on('goaway', () => opened.close());
    opened.setTimeout(timeouts.idleMs, () => opened.close());
    opened.unref();
    session = opened;
    return opened;
  };
  return {
    forward: (request, sink) => new Http2Call(open(), scheme, request, sink, timeouts),
    async close() {
      session?.destroy();
    },
  };
}

/** One stream. */
class Http2Call implements ForwardCall {
  readonly #sink: AnswerSink;
  readonly #stream: ClientHttp2Stream;
  #trailers: string[] = [];
  #ended = false;

  constructor(
    session: ClientHttp2Session,
    scheme: string,
    { method, target, fields, body, idleMs }: ForwardRequest,
    sink: AnswerSink,
    timeouts: TargetTimeouts,
  ) {
    this.#sink = sink;
    const headers = toHttp2(fields);
    headers[':method'] = method;
    headers[':path'] = target;
    headers[':scheme'] = scheme;
    const stream = session.request(headers, { endStream: body === undefined });
    this.#stream = stream;
    // A target that is not there must not be waited for as long as one that thinks.
    if (session.connecting) this.#limitConnecting(session, timeouts.connectMs);
    stream.setTimeout(idleMs ?? timeouts.idleMs, () =>
      this.#fail(new TargetError('timeout', 'the target took too long')),
    );
    stream.on('headers', (given, _flags, raw) => this.#onInterim(given[':status'], raw as unknown as string[]));
    stream.on('response', (given, flags, raw) => this.#onHead(given[':status'], flags, raw as unknown as string[]));
    stream.on('trailers', (_given, _flags, raw) => {
      this.#trailers = raw as unknown as string[];
    });
    stream.on('data', (chunk: Buffer) => {
      if (!this.#ended && !sink.onData(chunk)) stream.pause();
    });
    stream.on('end', () => this.#end());
    stream.on('error', (cause) => this.#fail(targetError(cause)));
    stream.on('close', () => this.#fail(new TargetError('reset', 'the target closed the stream')));
    if (body !== undefined) body.pipe(stream);
  }

  #limitConnecting(session: ClientHttp2Session, connectMs: number): void {
    const timer = setTimeout(() => this.#fail(new TargetError('timeout', 'no connection in time')), connectMs).unref();
    session.once('connect', () => clearTimeout(timer));
  }

  cancel(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stream.close(NGHTTP2_CANCEL);
  }

  resume(): void {
    this.#stream.resume();
  }

  #onInterim(status: number | undefined, raw: string[]): void {
    if (!this.#ended && status !== undefined && status > 100) this.#sink.onInterim(status, withoutPseudo(raw));
  }

  #onHead(status: number | undefined, flags: number, raw: string[]): void {
    if (this.#ended) return;
    this.#sink.onHead(status ?? 502, withoutPseudo(raw));
    // In one go with its head, so that gRPC's answer of trailers only stays one.
    if ((flags & NGHTTP2_FLAG_END_STREAM) !== 0) this.#end();
  }

  #end(): void {
    if (this.#ended || this.#stream.rstCode !== 0) return;
    this.#ended = true;
    this.#sink.onEnd(this.#trailers);
  }

  #fail(error: TargetError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stream.close(NGHTTP2_CANCEL);
    this.#sink.onError(error);
  }
}

/** Names in lower case, repeated ones as lists; `host` as the authority. */
function toHttp2(fields: readonly string[]): OutgoingHttpHeaders {
  const headers: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (let i = 0; i < fields.length; i += 2) {
    const lower = (fields[i] as string).toLowerCase();
    const name = lower === 'host' ? ':authority' : lower;
    const value = fields[i + 1] as string;
    const before = headers[name];
    if (before === undefined) headers[name] = value;
    else if (name === 'cookie') headers[name] = `${before}; ${value}`;
    else headers[name] = typeof before === 'string' ? [before, value] : [...before, value];
  }
  return headers;
}

function withoutPseudo(raw: readonly string[]): string[] {
  const flat: string[] = [];
  for (let i = 0; i < raw.length; i += 2) {
    if (!(raw[i] as string).startsWith(':')) flat.push(raw[i] as string, raw[i + 1] as string);
  }
  return flat;
}
