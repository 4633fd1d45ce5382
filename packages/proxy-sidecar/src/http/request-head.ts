// request-head.ts: what a request says about itself, read strictly: where it is for, what its target is, how its body
// comes. Node's parser has refused what is not HTTP; here goes what is HTTP and still can be read in two ways.
import { SidecarError } from '../errors.js';
import { TARGET_BYTES_MAX } from '../limits.js';
import { isToken } from '../outbound/h1-fields.js';
import type { Downstream } from './downstream.js';

/** Where a request is for. */
export interface RequestHead {
  /** Host and port, lower case. */
  readonly authority: string;
  /** Origin form: path and query. */
  readonly target: string;
  readonly body: 'none' | 'stream' | number;
  readonly requestId: string | undefined;
  readonly traceparent: string | undefined;
  readonly userAgent: string | undefined;
}

const AUTHORITY = /^(?:[a-z0-9_](?:[a-z0-9_.-]{0,253}[a-z0-9_.])?|\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?$/;
const ABSOLUTE = /^https?:\/\/([^/?#]*)([^#]*)$/i;
// Visible ASCII without a fragment. Bytes beyond are refused: signer, pool and upstream could see different text.
const TARGET = /^\/[\x21\x22\x24-\x7e]*$/;

/**
 * Reads and checks the head of a request.
 *
 * @throws SidecarError `ERR_SIDECAR_REQUEST`, `ERR_SIDECAR_METHOD`, `ERR_SIDECAR_HEADERS_TOO_LARGE`.
 */
export function readRequestHead(down: Downstream, headerCountMax: number): RequestHead {
  const { headers, method } = down;
  if (method === 'CONNECT' || method === 'TRACE' || !isToken(method)) {
    throw new SidecarError('ERR_SIDECAR_METHOD', 'the method is not forwarded');
  }
  if (headers.length > headerCountMax * 2) {
    throw new SidecarError('ERR_SIDECAR_HEADERS_TOO_LARGE', `more than ${headerCountMax} headers`);
  }
  let host: string | undefined;
  let length: string | undefined;
  let encoding: string | undefined;
  let requestId: string | undefined;
  let traceparent: string | undefined;
  let userAgent: string | undefined;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    const value = headers[i + 1] as string;
    switch (name.length) {
      case 4:
        if (name.toLowerCase() === 'host') host = once(host, value, 'host');
        break;
      case 10:
        if (name.toLowerCase() === 'user-agent') userAgent = value;
        break;
      case 11:
        if (name.toLowerCase() === 'traceparent') traceparent = value;
        break;
      case 14:
        if (name.toLowerCase() === 'content-length') length = once(length, value, 'content-length');
        break;
      case 16:
        if (name.toLowerCase() === 'x-amzn-requestid') requestId = value;
        break;
      case 17:
        if (name.toLowerCase() === 'transfer-encoding') encoding = once(encoding, value, 'transfer-encoding');
        break;
    }
  }
  const { authority, target } = destination(down, host);
  return { authority, target, body: bodyOf(down, length, encoding), requestId, traceparent, userAgent };
}

function once(before: string | undefined, value: string, name: string): string {
  if (before !== undefined) throw refusal(`more than one \`${name}\``);
  return value;
}

function destination(down: Downstream, host: string | undefined): { authority: string; target: string } {
  let named = down.authority ?? host;
  let { target } = down;
  if (down.authority !== undefined && host !== undefined && down.authority.toLowerCase() !== host.toLowerCase()) {
    throw refusal('`:authority` and `host` differ');
  }
  if (target.length > TARGET_BYTES_MAX) throw refusal('the target is too long');
  if (!target.startsWith('/')) {
    const absolute = ABSOLUTE.exec(target);
    if (absolute !== null && down.protocol !== 'h2') {
      // SPEC: RFC 9112 3.2.2: with the absolute form, a proxy goes by the target and not by `Host`.
      named = absolute[1];
      const rest = absolute[2] ?? '';
      target = rest.startsWith('/') ? rest : `/${rest}`;
    } else if (target !== '*' || down.method !== 'OPTIONS') throw refusal('the target has no form that is forwarded');
  }
  if (target !== '*' && !TARGET.test(target)) throw refusal('the target has characters that have no place there');
  const authority = named?.toLowerCase() ?? '';
  const match = AUTHORITY.exec(authority);
  if (match === null || Number(match[1] ?? 1) > 65_535) throw refusal('no usable `host`');
  return { authority, target };
}

function bodyOf(
  down: Downstream,
  length: string | undefined,
  encoding: string | undefined,
): 'none' | 'stream' | number {
  if (length !== undefined && !/^\d{1,15}$/.test(length)) throw refusal('`content-length` is not a length');
  if (encoding !== undefined) {
    if (length !== undefined) throw refusal('both `content-length` and `transfer-encoding`');
    if (encoding.toLowerCase() !== 'chunked' || down.protocol !== 'http/1.1') {
      throw refusal('a `transfer-encoding` other than `chunked`');
    }
  }
  if (length !== undefined) return Number(length);
  return down.bodyless ? 'none' : 'stream';
}

function refusal(message: string): SidecarError {
  return new SidecarError('ERR_SIDECAR_REQUEST', message);
}
