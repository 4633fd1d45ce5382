// proof-wire.ts — bytes on a socket as an unkind client writes them, answers as they came, and requests signed by the
// core signer, which a test then spoils.
import { connect, type Socket } from 'node:net';
import { type RawHeader, type SigningOptions, signRequest } from '@lattice-auth/sigv4-fetch/core';
import type { Keys } from './clients.js';

/** One answer, read from its bytes. */
export interface WireAnswer {
  readonly status: number;
  /** In lower case; of a repeated one the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Opens a connection, from an address of this machine. */
export function openSocket(port: number, localAddress = '127.0.0.1', localPort = 0): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress, localPort, allowHalfOpen: true });
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** The first byte of an answer may take this long, on a machine that has other things to do. */
const FIRST_MS = 5_000;

/** Sends bytes on a new connection; everything that comes until it is closed, or until nothing more came for a while. */
export async function sendBytes(
  port: number,
  bytes: string | Buffer,
  { quietMs = 400, from = '127.0.0.1' }: { quietMs?: number; from?: string } = {},
): Promise<string> {
  const socket = await openSocket(port, from);
  const answer = readUntilQuiet(socket, quietMs);
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  const text = await answer;
  socket.destroy();
  return text;
}

function readUntilQuiet(socket: Socket, quietMs: number): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const done = () => resolve(text);
    socket.setTimeout(FIRST_MS, done);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      socket.setTimeout(quietMs, done);
    });
    socket.on('end', done).on('close', done).on('error', done);
  });
}

/** The answers in a text, one after the other. Those without a length end with the text. */
export function parseAnswers(text: string): WireAnswer[] {
  const answers: WireAnswer[] = [];
  for (let rest = text; rest !== ''; ) {
    const end = rest.indexOf('\r\n\r\n');
    const [line = '', ...fields] = rest.slice(0, end).split('\r\n');
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(line)?.[1] ?? 0);
    if (end < 0 || status === 0) throw new Error(`not an answer: ${JSON.stringify(rest.slice(0, 200))}`);
    const headers = Object.fromEntries(
      fields.map((field) => [
        field.slice(0, field.indexOf(':')).toLowerCase(),
        field.slice(field.indexOf(':') + 1).trim(),
      ]),
    );
    const chunked = headers['transfer-encoding'] === 'chunked';
    const after = rest.slice(end + 4);
    const length = chunked ? after.length : Number(headers['content-length'] ?? after.length);
    answers.push({ status, headers, text: after.slice(0, length) });
    rest = after.slice(length);
  }
  return answers;
}

/** The one answer to bytes. */
export async function askBytes(port: number, bytes: string | Buffer, from?: string): Promise<WireAnswer> {
  const answers = parseAnswers(
    await sendBytes(port, bytes, { quietMs: FIRST_MS, ...(from !== undefined && { from }) }),
  );
  const [first] = answers;
  if (first === undefined || answers.length > 1) throw new Error(`${answers.length} answers`);
  return first;
}

/** A request as a test writes it. */
export interface Draft {
  readonly method?: string;
  readonly target: string;
  readonly host: string;
  readonly headers?: readonly RawHeader[];
  readonly body?: string;
}

/** A request's bytes; the head's last line is `Connection: close`. */
export function bytesOf({ method = 'GET', target, host, headers = [], body }: Draft): string {
  const lines = [['Host', host], ...headers, ...(body === undefined ? [] : [['Content-Length', String(body.length)]])];
  const fields = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${method} ${target} HTTP/1.1\r\n${fields}Connection: close\r\n\r\n${body ?? ''}`;
}

/** The same request with a signature in it. */
export function signedDraft(draft: Draft, keys: Keys, options: Partial<SigningOptions> = {}): Draft {
  const { method = 'GET', target, host, headers = [] } = draft;
  const settings = { credentials: keys, region: 'eu-west-1', date: new Date(), ...options };
  const parts = signRequest({ method, target, headers: [['host', host], ...headers] }, settings);
  const replaced = new Set(parts.headers.map(([name]) => name.toLowerCase()));
  const kept = headers.filter(([name]) => !replaced.has(name.toLowerCase()));
  return { ...draft, target: parts.target, headers: [...kept, ...parts.headers] };
}

/** The headers of a draft, with one replaced, or left out. */
export function changed(draft: Draft, name: string, to: string | undefined): Draft {
  const others = (draft.headers ?? []).filter(([each]) => each.toLowerCase() !== name.toLowerCase());
  return { ...draft, headers: to === undefined ? others : [...others, [name, to]] };
}

/** A header's value in a draft. */
export function headerOf({ headers = [] }: Draft, name: string): string {
  return headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1] ?? '';
}
