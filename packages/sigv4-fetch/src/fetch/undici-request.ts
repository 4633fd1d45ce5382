// undici-request.ts — the fast path: `undici.request` under the same exchange. A third of the CPU of any `fetch`, for
// services under load. Loaded, undici included, at the first call.
import type { Dispatcher } from 'undici';
import { type RetryOptions, retryPolicy } from '../retry/retry-policy.js';
import { bodySource, isStreamed, type LatticeBody, type LatticeBodyInit, toBytes } from './body.js';
import { type Client, checkedTimeout } from './client.js';
import { DENIAL_CHARS_MAX } from './denial.js';
import { exchange } from './exchange.js';
import { outgoing, requestUrl, type WireRequest, wireMethod } from './outgoing.js';
import { type HeadersInput, plainHeaders } from './plain-headers.js';
import { RefusalTap } from './refusal-tap.js';
import { responseError } from './response-error.js';
import { newRun, type Transport } from './run.js';
import { deadline, type TimeoutOptions } from './timeouts.js';

/** Options of `undici.request`, with every kind of body and this package's options for a single call. */
export interface LatticeRequestOptions
  extends Omit<Dispatcher.RequestOptions, 'origin' | 'path' | 'method' | 'body' | 'headers' | 'query' | 'signal'> {
  readonly method?: string;
  readonly headers?: HeadersInput;
  readonly body?: LatticeBodyInit;
  readonly signal?: AbortSignal | null;
  readonly dispatcher?: Dispatcher;
  readonly retry?: RetryOptions | false;
  readonly timeout?: TimeoutOptions;
}

/** The fast path of a client, with the connections it opened. */
export interface UndiciCalls {
  request(
    client: Client,
    url: string | URL,
    options: LatticeRequestOptions | undefined,
    baseUrl: string | URL | undefined,
  ): Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
}

type Undici = typeof import('undici');

// SPEC: Lattice closes a connection that was idle for a minute, and any after ten minutes. Idle ones are given up before
// that; the old ones all together, since undici's own limit of age looks at every connection for every request.
const CONNECTIONS = { keepAliveTimeout: 45_000, keepAliveMaxTimeout: 55_000 };
const CONNECTIONS_AGE_MAX_MS = 9 * 60_000;

/** Calls through the given dispatcher, or through connections of their own. */
export function undiciCalls(undici: Undici, given: Dispatcher | undefined): UndiciCalls {
  let own: Dispatcher | undefined;
  let retireAtMs = 0;
  const ownDispatcher = (): Dispatcher => {
    const nowMs = Date.now();
    if (own !== undefined && nowMs < retireAtMs) return own;
    // What is in flight on the old connections ends there; closing waits for it.
    own?.close().catch(() => undefined);
    own = new undici.Agent(CONNECTIONS);
    retireAtMs = nowMs + CONNECTIONS_AGE_MAX_MS;
    return own;
  };
  return {
    request(client, url, options, baseUrl) {
      return call(undici, client, url, options ?? {}, options?.dispatcher ?? given ?? ownDispatcher(), baseUrl);
    },
    async close() {
      const closing = own;
      own = undefined;
      await closing?.close();
    },
  };
}

async function call(
  undici: Undici,
  client: Client,
  input: string | URL,
  { retry, timeout, headers, body, signal, method, dispatcher: _dispatcher, ...rest }: LatticeRequestOptions,
  dispatcher: Dispatcher,
  baseUrl: string | URL | undefined,
): Promise<Dispatcher.ResponseData> {
  const url = requestUrl(input, baseUrl);
  signal?.throwIfAborted();
  const per = {
    retry: retry === undefined ? undefined : retryPolicy(retry),
    timeout: timeout === undefined ? undefined : checkedTimeout(timeout),
  };
  const total = deadline(signal ?? undefined, 'total', (per.timeout ?? client.timeout).totalMs);
  try {
    const plain = plainHeaders(headers);
    if (body instanceof URLSearchParams) plain['content-type'] ??= 'application/x-www-form-urlencoded;charset=UTF-8';
    const parts = { url, method: wireMethod(method), headers: plain, body: bodySource(body), signal: total.signal };
    const run = newRun(client, outgoing(client, parts, per));
    const response = await exchange(run, undiciTransport(undici, dispatcher, rest));
    if (!client.options.throwOnError || response.statusCode < 400) return response;
    const text = await readAndRelease(response);
    throw responseError(run, response.statusCode, header(response, 'x-amzn-requestid'), text);
  } finally {
    total.stop();
  }
}

function undiciTransport(undici: Undici, target: Dispatcher, rest: object): Transport<Dispatcher.ResponseData> {
  let tap: RefusalTap | undefined;
  const dispatch: Dispatcher.Dispatch = (options, handler) => {
    tap = new RefusalTap(handler);
    return target.dispatch(options, tap);
  };
  const dispatcher = { dispatch } as Dispatcher;
  const { request } = undici.Dispatcher.prototype;
  return {
    send({ origin, target: path, method, headers, body, signal }: WireRequest) {
      const options: Dispatcher.RequestOptions = { ...rest, origin, path, method, headers, body: null };
      if (signal !== undefined) options.signal = signal;
      // undici 8 encodes its own FormData only; the platform's knows how to become a stream.
      if (isFormData(body) && !(body instanceof undici.FormData)) {
        const encoded = new Response(body);
        options.body = toUndiciBody(encoded.body);
        options.headers = { 'content-type': encoded.headers.get('content-type') ?? '', ...headers };
      } else if (body !== null) options.body = toUndiciBody(body);
      return request.call(dispatcher, options) as Promise<Dispatcher.ResponseData>;
    },
    status,
    header,
    peek: () => tap?.text() ?? Promise.resolve(''),
    discard,
  };
}

function isFormData(body: LatticeBody | null): body is FormData {
  return typeof body === 'object' && body !== null && Object.prototype.toString.call(body) === '[object FormData]';
}

// undici takes bytes, text, Node streams, iterables, Blob and FormData; views and buffers become the bytes they show.
function toUndiciBody(body: LatticeBody | null): NonNullable<Dispatcher.RequestOptions['body']> | null {
  if (body === null || typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return toBytes(body);
  if (isStreamed(body)) return pieces(body as AsyncIterable<Uint8Array>) as never;
  return body as never;
}

async function* pieces(body: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const piece of body) yield toBytes(piece);
}

function status(response: Dispatcher.ResponseData): number {
  return response.statusCode;
}

function header({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function discard({ body }: Dispatcher.ResponseData): void {
  body.dump({ limit: 65_536 }).catch(() => undefined);
}

async function readAndRelease({ body }: Dispatcher.ResponseData): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of body) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.length >= DENIAL_CHARS_MAX) break;
    }
  } catch {
    // The body broke off: what came is enough for an error.
  }
  return text.slice(0, DENIAL_CHARS_MAX);
}
