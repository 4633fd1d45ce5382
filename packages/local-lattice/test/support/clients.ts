// clients.ts — what the tests ask of a client that somebody else wrote: sign a request as it is documented to, or wrongly
// in a stated way, and send it to a port of this machine under the name of a service.
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { request } from 'node:http';

/** A key, as clients take it. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** One request, and what is wrong with its signature. */
export interface Sending {
  /** Port on 127.0.0.1. */
  readonly port: number;
  /** The name that is called and signed. */
  readonly host: string;
  readonly method: string;
  /** As it is to be on the wire. */
  readonly target: string;
  readonly body?: string | undefined;
  readonly keys: Keys;
  readonly region: string;
  readonly service: string;
  /** What is signed for the body: Lattice's literal, a hash of it, or nothing said about it. */
  readonly payload: 'unsigned' | 'hashed' | 'unsaid';
  /** The client's clock; undefined for the machine's. */
  readonly date: Date | undefined;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** What can be done wrong with a client, beside giving it other keys. */
type Fault = 'date' | 'expired' | 'hashed' | 'unsaid' | 'service' | 'region';

/** Requests that need care, by what is special about them. */
export const CARE = {
  'escapes in the path': '/a%20b/%C3%BC/%2F/x',
  'reserved characters in the path': "/~-._!$&'()*+,;=:@",
  'a query out of order': '/orders?b=2&a=1',
  'escapes in the query': '/orders?d=%2F%26&e=%C3%BC',
  'a space in the query': '/orders?c=x%20y',
  'a name twice': '/orders?a=1&a=0',
} as const;

/** A client under test. */
export interface Client {
  /** As docs/local-clients.md lists it. */
  readonly name: string;
  /** What it lets its user get wrong. */
  readonly faults: readonly Fault[];
  /** What it is known to sign or send in another way than the other does. */
  readonly cannot?: readonly (keyof typeof CARE)[];
  send(sending: Sending): Promise<Answer>;
}

/** Sends what a signer made, byte for byte: no library between it and the socket but Node's. */
export function sendSigned(
  sending: Sending,
  headers: Readonly<Record<string, string>>,
  target = sending.target,
): Promise<Answer> {
  const { port, method, body, host } = sending;
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path: target, headers: { ...headers, host }, agent: false };
    const sent = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text })).on('error', reject);
    });
    sent.on('error', reject).end(body);
  });
}

/** `20261121T102030Z`. */
export function amzDate(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** What goes into `x-amz-content-sha256`; undefined when it is left out. */
export function payloadHeader({ payload, body = '' }: Sending): string | undefined {
  if (payload === 'unsaid') return undefined;
  return payload === 'unsigned' ? 'UNSIGNED-PAYLOAD' : createHash('sha256').update(body).digest('hex');
}

/** SHA-256, keyed or not, in the form that Smithy's signers ask for. */
export class Sha256 {
  readonly #secret: string | Uint8Array | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: unknown) {
    this.#secret = secret === undefined ? undefined : typeof secret === 'string' ? secret : bytes(secret);
    this.#hash = this.#start();
  }

  update(data: unknown): void {
    this.#hash.update(typeof data === 'string' ? data : bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest());
  }

  reset(): void {
    this.#hash = this.#start();
  }

  #start(): Hash | Hmac {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret);
  }
}

function bytes(data: unknown): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data as ArrayBuffer);
}
