// wire-view.ts: what goes over the wire, as undici reports it on its diagnostics channels: heads exactly as sent and
// received, for `-i`, `-I` and `-v`. What identifies the caller to AWS is blotted out before anybody sees it.
import { type ChannelListener, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { oneLine } from '../../errors.js';

/** The head of a response, in lines. */
export interface ResponseHead {
  readonly statusLine: string;
  readonly headers: readonly string[];
}

/** Called as things happen. */
export interface WireView {
  readonly connected?: (text: string) => void;
  readonly sent?: (lines: readonly string[]) => void;
  readonly received: (head: ResponseHead) => void;
}

/** Reports until the function that it returns is called. */
export function watchWire(view: WireView): () => void {
  const listeners: [name: string, listener: ChannelListener][] = [
    ['undici:request:headers', (event) => view.received(responseHead((event as HeadersEvent).response))],
  ];
  const { connected, sent } = view;
  if (connected) listeners.push(['undici:client:connected', (event) => connected(connection(event as ConnectedEvent))]);
  if (sent) listeners.push(['undici:client:sendHeaders', (event) => sent(sentLines((event as SentEvent).headers))]);
  for (const [name, listener] of listeners) subscribe(name, listener);
  return () => {
    for (const [name, listener] of listeners) unsubscribe(name, listener);
  };
}

interface HeadersEvent {
  readonly response: {
    readonly statusCode: number;
    readonly statusText: string;
    /** HTTP/1: name, value, name, value. HTTP/2: an object. */
    readonly headers: readonly Uint8Array[] | Readonly<Record<string, string | readonly string[]>>;
  };
}
interface ConnectedEvent {
  readonly connectParams: { readonly host: string };
  readonly socket: Socket;
}
interface SentEvent {
  readonly headers: string;
}

function responseHead({ statusCode, statusText, headers }: HeadersEvent['response']): ResponseHead {
  const isFirstVersion = Array.isArray(headers);
  const version = isFirstVersion ? 'HTTP/1.1' : 'HTTP/2';
  const pairs = isFirstVersion ? rawPairs(headers as readonly Uint8Array[]) : objectPairs(headers);
  return {
    statusLine: `${version} ${statusCode}${statusText === '' ? '' : ` ${oneLine(statusText)}`}`,
    headers: pairs.map(([name, value]) => oneLine(`${name}: ${value}`)),
  };
}

function rawPairs(raw: readonly Uint8Array[]): [string, string][] {
  const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('latin1');
  return raw.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[text(name), text(raw[i + 1])]] : []));
}

function objectPairs(headers: object): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]));
}

function connection({ connectParams, socket }: ConnectedEvent): string {
  const { remoteAddress, remotePort } = socket;
  const protocol = socket instanceof TLSSocket ? ` with ${socket.getProtocol()}, ALPN ${socket.alpnProtocol}` : '';
  return oneLine(`connected to ${connectParams.host} (${remoteAddress} port ${remotePort})${protocol}`);
}

function sentLines(head: string): readonly string[] {
  return head
    .trimEnd()
    .split('\r\n')
    .map((line) => withoutSecrets(oneLine(line)));
}

/** A line of a request's head, with token and signature taken out. */
export function withoutSecrets(line: string): string {
  return line
    .replace(/^(x-amz-security-token: ).*$/i, '$1[redacted]')
    .replace(/^(authorization: .*Signature=)[0-9a-f]+/i, '$1[redacted]')
    .replace(/([?&]X-Amz-(?:Security-Token|Signature)=)[^&\s]*/gi, '$1[redacted]');
}
