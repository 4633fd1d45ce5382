// request-head.ts — what a request says about itself, read in one pass over its raw fields: for the verifier as they came,
// for policies by name, for the target without what is meant for this connection or is Lattice's to say.
import type { RawHeader } from '@lattice-auth/sigv4-fetch/core';
import { HEADER_COUNT_MAX } from '../limits.js';
import { isIdentityName, isLatticeOwn } from './identity-headers.js';

/** A request head in the forms that the data plane needs. */
export interface RequestHead {
  readonly method: string;
  /** Origin form, as it came. */
  readonly target: string;
  readonly path: string;
  readonly query: string | undefined;
  /** As sent, port and all. */
  readonly authority: string;
  /** Lower case, without port. */
  readonly host: string;
  readonly port: number | undefined;
  /** For the verifier: all, also the header that names the VPC. */
  readonly signedFields: readonly RawHeader[];
  /** For policies and rules: values by lower-case name. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** For the target: names and values in turn, `host` first. */
  readonly fields: string[];
  readonly vpcHeader: string | undefined;
  readonly contentLength: number | undefined;
  readonly isGrpc: boolean;
  readonly isSigned: boolean;
  readonly wantsWebSocket: boolean;
  readonly userAgent: string | undefined;
}

/** A request that can't be read: what to answer. */
export interface BadRequest {
  readonly status: 400 | 405 | 431;
  readonly text: string;
}

/** What a head is read from. */
export interface RawHead {
  readonly method: string;
  readonly url: string;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
  readonly isHttp2: boolean;
}

const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);
// Not taken out at the word of `Connection`: what the message is would change with them.
const KEPT = new Set(['host', 'content-length', 'content-type', 'authorization', 'cookie', 'trailer']);

const AUTHORITY = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_.])?)(?::(\d{1,5}))?$/;
const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: all that is not ASCII
const BEYOND_ASCII = /[^\u0000-\u007f]/;

/** Reads a head; `vpcHeader` is in lower case. */
export function readHead(raw: RawHead, vpcHeader: string | undefined): RequestHead | BadRequest {
  const { method, rawHeaders } = raw;
  if (method === 'CONNECT' || method === 'TRACE') return { status: 405, text: `the method ${method} is not forwarded` };
  if (rawHeaders.length > HEADER_COUNT_MAX * 2) return { status: 431, text: 'too many headers' };
  const fields = readFields(raw, vpcHeader);
  if (typeof fields === 'string') return { status: 400, text: fields };
  const place = readPlace(raw.url, fields.authority);
  if (typeof place === 'string') return { status: 400, text: place };
  const mark = place.target.indexOf('?');
  if (fields.forwarded[1] === '') fields.forwarded[1] = place.authority;
  const { signedFields, headers, forwarded, contentType, isSigned } = fields;
  return {
    method,
    ...place,
    path: plain(mark < 0 ? place.target : place.target.slice(0, mark)),
    query: mark < 0 ? undefined : plain(place.target.slice(mark + 1)),
    signedFields,
    headers,
    fields: forwarded,
    vpcHeader: fields.vpc,
    contentLength: fields.contentLength,
    isGrpc: contentType?.startsWith('application/grpc') === true,
    // A parameter's name may be percent-encoded.
    isSigned: isSigned || (mark >= 0 && /amz|%/i.test(place.target.slice(mark))),
    wantsWebSocket: fields.wantsWebSocket,
    userAgent: fields.userAgent,
  };
}

export function isBadRequest(head: RequestHead | BadRequest): head is BadRequest {
  return 'status' in head;
}

interface ReadFields {
  readonly signedFields: RawHeader[];
  readonly headers: Record<string, string | string[]>;
  readonly forwarded: string[];
  authority: string;
  contentLength: number | undefined;
  contentType: string | undefined;
  userAgent: string | undefined;
  vpc: string | undefined;
  isSigned: boolean;
  wantsWebSocket: boolean;
}

function readFields({ rawHeaders, isHttp2 }: RawHead, vpcHeader: string | undefined): ReadFields | string {
  const read: ReadFields = {
    signedFields: [],
    headers: Object.create(null) as Record<string, string | string[]>,
    forwarded: ['host', ''],
    authority: '',
    contentLength: undefined,
    contentType: undefined,
    userAgent: undefined,
    vpc: undefined,
    isSigned: false,
    wantsWebSocket: false,
  };
  let pseudo: string | undefined;
  let host: string | undefined;
  let dropped: ReadonlySet<string> | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    const value = rawHeaders[i + 1] as string;
    if (isHttp2 && name.charCodeAt(0) === 58) {
      if (name === ':authority') pseudo = value;
      continue;
    }
    const lower = name.toLowerCase();
    // Also the VPC's header: many clients sign all that they send.
    read.signedFields.push([name, value]);
    if (lower === vpcHeader) {
      read.vpc = value;
      continue;
    }
    if (lower === 'host') {
      if (host !== undefined) return 'more than one Host header';
      host = value;
      addValue(read.headers, lower, value);
      continue;
    }
    if (lower === 'connection') dropped = namedIn(value, dropped);
    keepField(read, lower, name, value);
  }
  if (pseudo !== undefined) {
    if (host !== undefined && host.toLowerCase() !== pseudo.toLowerCase()) return ':authority and Host differ';
    if (host === undefined) {
      read.signedFields.push([':authority', pseudo]);
      addValue(read.headers, 'host', pseudo);
    }
  }
  read.authority = pseudo ?? host ?? '';
  read.forwarded[1] = read.authority;
  if (dropped !== undefined) dropNamed(read.forwarded, dropped);
  return read;
}

function keepField(read: ReadFields, lower: string, name: string, value: string): void {
  switch (lower) {
    case 'content-length':
      read.contentLength = Number(value);
      break;
    case 'content-type':
      read.contentType = value;
      break;
    case 'user-agent':
      read.userAgent = value;
      break;
    case 'authorization':
      read.isSigned = true;
      break;
    case 'upgrade':
      // Others, such as h2c, may be left out; who wants a WebSocket has no use for an answer of HTTP.
      read.wantsWebSocket ||= value.toLowerCase().includes('websocket');
      break;
  }
  if (HOP_BY_HOP.has(lower)) {
    addValue(read.headers, lower, value);
    return;
  }
  if (!isLatticeOwn(lower)) read.forwarded.push(name, value);
  else if (isIdentityName(lower)) return;
  addValue(read.headers, lower, value);
}

function addValue(headers: Record<string, string | string[]>, name: string, raw: string): void {
  const value = plain(raw);
  const before = headers[name];
  if (before === undefined) headers[name] = value;
  else if (typeof before === 'string') headers[name] = [before, value];
  else before.push(value);
}

/** Text from bytes: Node gives each byte as a character. */
function plain(value: string): string {
  return BEYOND_ASCII.test(value) ? Buffer.from(value, 'latin1').toString('utf8') : value;
}

function namedIn(value: string, before: ReadonlySet<string> | undefined): ReadonlySet<string> | undefined {
  const lower = value.toLowerCase();
  if (lower === 'keep-alive' || lower === 'close') return before;
  return new Set([...(before ?? []), ...lower.split(',').map((name) => name.trim())]);
}

function dropNamed(fields: string[], named: ReadonlySet<string>): void {
  let to = 2;
  for (let i = 2; i < fields.length; i += 2) {
    const name = fields[i] as string;
    const lower = name.toLowerCase();
    if (named.has(lower) && !KEPT.has(lower)) continue;
    fields[to] = name;
    fields[to + 1] = fields[i + 1] as string;
    to += 2;
  }
  fields.length = to;
}

interface Place {
  readonly target: string;
  readonly authority: string;
  readonly host: string;
  readonly port: number | undefined;
}

// SPEC: RFC 9112 3.2.2: of the absolute form, which a client sends to a proxy, the authority counts. It must not differ
// from Host: what was signed is one of them.
function readPlace(url: string, named: string): Place | string {
  let target = url;
  let authority = named;
  if (!url.startsWith('/')) {
    const absolute = ABSOLUTE.exec(url);
    if (absolute === null) return 'the request target has no form that is forwarded';
    const [, from = '', rest = ''] = absolute;
    if (named !== '' && hostOnly(named) !== hostOnly(from)) return 'Host and the request target differ';
    authority = named === '' || /:\d+$/.test(from) ? from : named;
    target = rest.startsWith('/') ? rest : `/${rest}`;
  }
  const match = AUTHORITY.exec(authority.toLowerCase());
  if (match === null) return authority === '' ? 'there is no Host header' : 'Host is not a name';
  const [, host = '', port] = match;
  return { target, authority, host: host.replace(/\.$/, ''), port: port === undefined ? undefined : Number(port) };
}

function hostOnly(authority: string): string {
  return authority.toLowerCase().replace(/:\d+$/, '');
}
