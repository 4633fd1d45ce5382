// h2-call.ts: one request as a stream of an HTTP/2 connection to an upstream. gRPC lives from what is passed on here:
// trailers, answers that are trailers only, and resets.
import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2';
import { SidecarError } from '../errors.js';
import { CANCEL, END_STREAM_FLAG, NO_ERROR, REFUSED_STREAM } from '../http/node-http2.js';
import { LINGER_MS } from '../limits.js';
import type { Call, CallEvents, OutgoingHead } from './transport.js';

/** One stream. */
export class H2Call implements Call {
  readonly #stream: ClientHttp2Stream;
  #events: CallEvents | undefined;
  #trailersOut: readonly string[] = [];
  #trailersIn: string[] = [];
  #answered = false;
  /** Bytes that the response still owes, when it said how many there would be. */
  #owed: number | undefined;
  readonly #reused: boolean;

  constructor(
    session: ClientHttp2Session,
    scheme: string,
    head: OutgoingHead,
    events: CallEvents,
    reused: boolean,
    onClosed: () => void,
  ) {
    this.#events = events;
    this.#reused = reused;
    // A body that is said to be empty is no body to wait for: nobody may come to end it.
    const endStream = head.body === 'none' || head.body === 0;
    const waitForTrailers = head.body === 'stream';
    this.#stream = session.request(requestHeaders(head, scheme), { endStream, waitForTrailers });
    this.#listen(this.#stream);
    this.#stream.once('close', onClosed);
  }

  #listen(stream: ClientHttp2Stream): void {
    stream.on('headers', (headers, _flags, raw) => {
      this.#events?.onInterim(Number(headers[':status']), withoutPseudo(raw as unknown as string[]));
    });
    stream.on('response', (headers, flags, raw) => {
      const status = Number(headers[':status']);
      const bodyless = (flags & END_STREAM_FLAG) !== 0;
      const length = headers['content-length'];
      this.#answered = true;
      this.#owed = length === undefined || bodyless ? undefined : Number(length);
      this.#events?.onHead(status, '', withoutPseudo(raw as unknown as string[]), bodyless);
      if (bodyless) this.#finish();
    });
    stream.on('data', (chunk: Buffer) => {
      if (this.#owed !== undefined) this.#owed -= chunk.length;
      this.#events?.onData(chunk, false);
    });
    stream.on('trailers', (_headers, _flags, raw) => {
      this.#trailersIn = withoutPseudo(raw as unknown as string[]);
    });
    stream.on('wantTrailers', () => stream.sendTrailers(headerObject(this.#trailersOut)));
    stream.on('drain', () => this.#events?.onDrain());
    stream.on('end', () => this.#onEnd());
    stream.on('error', (error) => this.#fail(error));
    stream.on('close', () => this.#fail(undefined));
  }

  /** The head is on its way. Apart from the constructor, so that the caller holds the call first. */
  start(): void {
    this.#events?.onReady('h2', this.#reused);
  }

  write(chunk: Buffer): boolean {
    return this.#stream.destroyed ? true : this.#stream.write(chunk);
  }

  end(trailers: readonly string[]): void {
    this.#trailersOut = trailers;
    if (!this.#stream.destroyed) this.#stream.end();
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    if (this.#stream.isPaused()) this.#stream.resume();
  }

  cancel(): void {
    this.#events = undefined;
    this.#reset();
  }

  // Node's `close` ends what is still being written before it resets, and half a request would look like a whole one.
  #reset(): void {
    if (this.#stream.destroyed) return;
    if (this.#stream.writableEnded) this.#stream.close(CANCEL);
    else this.#stream.destroy(new Error('cancelled'));
  }

  #onEnd(): void {
    const events = this.#events;
    if (events === undefined) return;
    // A stream that was reset ends as well: what it sent is not all there was to send.
    const cutOff = !this.#answered || this.#stream.rstCode !== NO_ERROR || (this.#owed ?? 0) > 0;
    if (cutOff) {
      this.#fail(undefined);
      return;
    }
    this.#events = undefined;
    events.onEnd(this.#trailersIn);
    this.#finish();
  }

  // An answer before the end of the request: the rest of the request is not sent. Where all of it is on its way, it gets a
  // while: Node would wait for ever for an upstream that does not read it, or that has reset the stream without an error.
  #finish(): void {
    this.#events = undefined;
    const stream = this.#stream;
    stream.resume();
    if (stream.writableFinished) return;
    if (!stream.writableEnded) {
      stream.close(NO_ERROR);
      stream.destroy();
      return;
    }
    const late = setTimeout(() => stream.destroy(), LINGER_MS).unref();
    stream.once('close', () => clearTimeout(late));
  }

  #fail(cause: Error | undefined): void {
    const events = this.#events;
    if (events === undefined) return;
    this.#events = undefined;
    const { rstCode } = this.#stream;
    const message = `the upstream reset the stream: \`${rstCode ?? 0}\``;
    const error = new SidecarError('ERR_SIDECAR_UPSTREAM_RESET', message, { cause });
    this.#reset();
    // SPEC: RFC 9113 8.7: a refused stream has not been processed in any way.
    const unprocessed = !this.#answered && rstCode === REFUSED_STREAM;
    events.onFailure({ error, staleConnection: !this.#answered && this.#reused && !rstCode, unprocessed });
  }
}

function requestHeaders(head: OutgoingHead, scheme: string): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = headerObject(head.headers);
  headers[':method'] = head.method;
  headers[':path'] = head.target;
  headers[':scheme'] = scheme;
  headers[':authority'] = head.authority;
  if (head.trailers) headers.te = 'trailers';
  if (typeof head.body === 'number') headers['content-length'] = String(head.body);
  return headers;
}

/** What Node's HTTP/2 throws at when it is there twice. Of these the first counts, as it does for most receivers. */
const SINGLE = new Set(
  `access-control-allow-credentials access-control-max-age access-control-request-method age authorization
  content-encoding content-language content-length content-location content-md5 content-range content-type date dnt etag
  expires from host if-match if-modified-since if-none-match if-range if-unmodified-since last-modified location
  max-forwards proxy-authorization range referer retry-after tk upgrade-insecure-requests user-agent
  x-content-type-options`.split(/\s+/),
);

/** Of one connection, and refused by Node's HTTP/2 whoever sends them. */
const OF_A_CONNECTION = /^(?:connection|upgrade|http2-settings|keep-alive|proxy-connection|transfer-encoding)$/;

/** Flat headers as Node's HTTP/2 takes them: lower case, repeated names as lists. */
export function headerObject(flat: readonly string[]): OutgoingHttpHeaders {
  const object: OutgoingHttpHeaders = Object.create(null);
  for (let i = 0; i < flat.length; i += 2) {
    const name = (flat[i] as string).toLowerCase();
    const value = flat[i + 1] as string;
    if (OF_A_CONNECTION.test(name)) continue;
    const before = object[name];
    if (before === undefined) object[name] = value;
    else if (SINGLE.has(name)) continue;
    else if (Array.isArray(before)) before.push(value);
    else object[name] = [String(before), value];
  }
  return object;
}

/** Flat headers without those that begin with a colon. */
export function withoutPseudo(raw: readonly string[]): string[] {
  const flat: string[] = [];
  for (let i = 0; i < raw.length; i += 2) {
    if ((raw[i] as string).charCodeAt(0) !== 58) flat.push(raw[i] as string, raw[i + 1] as string);
  }
  return flat;
}
