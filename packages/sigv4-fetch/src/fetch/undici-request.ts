// undici-request.ts — the fast path: `undici.request` under the same exchange. A third of the CPU of any `fetch`, for
// services under load. Loaded, undici included, at the first call.
import type { Dispatcher } from 'undici';
import { type RetryOptions, retryPolicy } from '../retry/retry-policy.js';
import { bodySource, isStreamed, type LatticeBody, type LatticeBodyInit } from './body.js';
import { toBytes } from './byte-stream.js';
import { type Client, checkedTimeout } from './client.js';
import { DENIAL_CHARS_MAX } from './denial.js';
import { exchange } from './exchange.js';
import { outgoing, type WireRequest, wireMethod } from './outgoing.js';
import { type HeadersInput, plainHeaders } from './plain-headers.js';
import { RefusalTap } from './refusal-tap.js';
import { responseError } from './response-error.js';
import { newRun, type Run, type Transport } from './run.js';
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

function call(
  undici: Undici,
  client: Client,
  input: string | URL,
  options: LatticeRequestOptions,
  dispatcher: Dispatcher,
  baseUrl: string | URL | undefined,
): Promise<Dispatcher.ResponseData> {
  try {
    const { signal, body } = options;
    const place = client.destinations.place(input, baseUrl);
    signal?.throwIfAborted();
    const retry = options.retry === undefined ? undefined : retryPolicy(options.retry);
    const timeout = options.timeout === undefined ? undefined : checkedTimeout(options.timeout);
    const headers = plainHeaders(options.headers);
    if (body instanceof URLSearchParams) headers['content-type'] ??= 'application/x-www-form-urlencoded;charset=UTF-8';
    const parts = { place, method: wireMethod(options.method), headers, body: bodySource(body), retry, timeout };
    const total = deadline(signal ?? undefined, 'total', (timeout ?? client.timeout).totalMs);
    try {
      const run = newRun(client, outgoing(client, parts, total.signal));
      const response = exchange(run, new UndiciTransport(undici, dispatcher, options));
      return total.signal === (signal ?? undefined) ? response : response.finally(total.stop);
    } catch (error) {
      total.stop();
      throw error;
    }
  } catch (error) {
    return Promise.reject(error);
  }
}

// A transport, and the dispatcher that `undici.request` sends by: what it dispatches is tapped on the way.
class UndiciTransport implements Transport<Dispatcher.ResponseData> {
  readonly #undici: Undici;
  readonly #target: Dispatcher;
  readonly #options: LatticeRequestOptions;
  #tap: RefusalTap | undefined;

  constructor(undici: Undici, target: Dispatcher, options: LatticeRequestOptions) {
    this.#undici = undici;
    this.#target = target;
    this.#options = options;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    this.#tap = new RefusalTap(handler);
    return this.#target.dispatch(options, this.#tap);
  }

  send(wire: WireRequest): Promise<Dispatcher.ResponseData> {
    const { origin, target: path, method, body, signal } = wire;
    const headers = headerList(wire);
    const options = { ...this.#options, origin, path, method, headers, body: null, signal: signal ?? null };
    const { FormData, Dispatcher: base } = this.#undici;
    const sent = options as Dispatcher.RequestOptions;
    // undici 8 encodes its own FormData only; the platform's knows how to become a stream.
    if (isFormData(body) && !(body instanceof FormData)) {
      const encoded = new Response(body);
      sent.body = toUndiciBody(encoded.body);
      if (wire.headers['content-type'] === undefined) {
        headers.push('content-type', encoded.headers.get('content-type') ?? '');
      }
    } else if (body !== null) sent.body = toUndiciBody(body);
    return base.prototype.request.call(this as unknown as Dispatcher, sent) as Promise<Dispatcher.ResponseData>;
  }

  status(response: Dispatcher.ResponseData): number {
    return response.statusCode;
  }

  header(response: Dispatcher.ResponseData, name: string): string | undefined {
    return header(response, name);
  }

  peek(): Promise<string> {
    return this.#tap?.text() ?? Promise.resolve('');
  }

  discard({ body }: Dispatcher.ResponseData): void {
    body.dump({ limit: 65_536 }).catch(() => undefined);
  }

  finish(run: Run, response: Dispatcher.ResponseData): Dispatcher.ResponseData | Promise<Dispatcher.ResponseData> {
    return response.statusCode < 400 || !run.client.options.throwOnError ? response : refuse(run, response);
  }
}

async function refuse(run: Run, response: Dispatcher.ResponseData): Promise<never> {
  const text = await readAndRelease(response);
  throw responseError(run, response.statusCode, header(response, 'x-amzn-requestid'), text);
}

// A flat list of names and values: the form that costs undici least.
function headerList({ headers, signature }: WireRequest): string[] {
  const list: string[] = [];
  for (const name in headers) list.push(name, headers[name] as string);
  for (const [name, value] of signature) list.push(name, value);
  return list;
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

function header({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
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
