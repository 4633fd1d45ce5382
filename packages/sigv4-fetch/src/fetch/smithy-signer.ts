// smithy-signer.ts — the second implementation: AWS's own `@smithy/signature-v4`, behind the interface of `./core`'s
// signer. Same results wherever Smithy is right; test/diff says where it is not. Loaded on first use only.

import { SignatureV4 } from '@smithy/signature-v4';
import { hmac, sha256 } from '#hasher';
import type { RawHeader, RawRequest, SignedParts, SigningOptions } from '../core.js';
import { SigningError } from '../errors.js';
import { toBytes } from './byte-stream.js';

interface SmithyRequest {
  method: string;
  protocol: string;
  hostname: string;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
}

// Smithy brings no hash of its own.
class Sha256 {
  readonly #key: Uint8Array | undefined;
  #bytes: Uint8Array = new Uint8Array();

  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    this.#key = key === undefined ? undefined : toBytes(key);
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    const before = this.#bytes;
    const more = toBytes(data);
    this.#bytes = new Uint8Array(before.length + more.length);
    this.#bytes.set(before);
    this.#bytes.set(more, before.length);
  }

  async digest(): Promise<Uint8Array> {
    return this.#key === undefined ? sha256(this.#bytes) : hmac(this.#key, this.#bytes);
  }
}

/**
 * Signs as `signRequest` does, with Smithy's code.
 *
 * @throws SigningError `ERR_SIGNING_UNSUPPORTED` for what Smithy has no option for.
 */
export async function smithySign(request: RawRequest, options: SigningOptions): Promise<SignedParts> {
  requireSupported(options);
  const spaced = options.plusInQuery === 'keep' ? request.target : plusToSpace(request.target);
  const target = options.placement === 'query' ? withoutSignature(spaced) : spaced;
  const smithyRequest = toSmithy({ ...request, target }, options);
  const signer = new SignatureV4({
    credentials: signingCredentials(options),
    region: options.region ?? '',
    service: options.service ?? 'vpc-lattice-svcs',
    sha256: Sha256,
    uriEscapePath: (options.pathEncoding ?? 'double') === 'double',
    applyChecksum: false,
  });
  if (options.placement === 'query') {
    const names = new Set(Object.keys(smithyRequest.headers));
    const signed = await signer.presign(smithyRequest, {
      signingDate: options.date,
      expiresIn: options.expiresSeconds ?? 300,
      unhoistableHeaders: names,
    });
    return { target: withSignature(target, signed.query ?? {}, options), headers: ownHeaders(signed.headers, options) };
  }
  const signed = await signer.sign(smithyRequest, { signingDate: options.date });
  return { target, headers: ownHeaders(signed.headers, options) };
}

function requireSupported({ algorithm, pathEncoding = 'double', normalizePath = true }: SigningOptions): void {
  const unsupported = (what: string) =>
    new SigningError('ERR_SIGNING_UNSUPPORTED', `\`implementation: 'smithy'\` cannot do ${what}`);
  if (algorithm === 'AWS4-ECDSA-P256-SHA256') throw unsupported('SigV4A');
  if (pathEncoding === 'single') throw unsupported('`pathEncoding: single`');
  if (normalizePath !== (pathEncoding === 'double'))
    throw unsupported('this pair of `pathEncoding` and `normalizePath`');
}

function signingCredentials({ credentials, signSessionToken = true }: SigningOptions) {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  if (sessionToken === undefined || !signSessionToken) return { accessKeyId, secretAccessKey };
  return { accessKeyId, secretAccessKey, sessionToken };
}

function plusToSpace(target: string): string {
  const mark = target.indexOf('?');
  return mark === -1 ? target : target.slice(0, mark) + target.slice(mark).replaceAll('+', '%20');
}

// What an earlier signature left in the query, and empty pieces, which mean nothing.
function withoutSignature(target: string): string {
  const [path = '', ...query] = target.split('?');
  const pieces = query.join('?').split('&');
  const kept = pieces.filter((piece) => piece !== '' && !SIGNATURE_PARAMETER.test(piece));
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

const SIGNATURE_PARAMETER =
  /^x-amz-(?:algorithm|credential|date|signedheaders|expires|security-token|region-set|signature)(?:=|$)/i;

function toSmithy(request: RawRequest, options: SigningOptions): SmithyRequest {
  const { signedHeaders = 'minimal' } = options;
  const headers: Record<string, string> = {};
  for (const [rawName, value] of request.headers) {
    const name = rawName.toLowerCase();
    if (OWN_HEADERS.has(name)) continue;
    const wanted = signedHeaders === 'all' || (signedHeaders !== 'minimal' && signedHeaders(name));
    if (!(name === 'host' || name.startsWith('x-amz-') || wanted)) continue;
    headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  // Smithy takes the payload hash from this header. It is always sent for a hash that is not of the (absent) body.
  headers['x-amz-content-sha256'] = options.payloadHash ?? 'UNSIGNED-PAYLOAD';
  const mark = request.target.indexOf('?');
  const path = mark === -1 ? request.target : request.target.slice(0, mark);
  const query = mark === -1 ? {} : queryBag(request.target.slice(mark + 1));
  return { method: request.method, protocol: 'https:', hostname: headers.host ?? '', path, query, headers };
}

function queryBag(query: string): Record<string, string | string[]> {
  const bag: Record<string, string | string[]> = {};
  for (const piece of query.split('&')) {
    if (piece === '') continue;
    const equals = piece.indexOf('=');
    const name = decode(equals === -1 ? piece : piece.slice(0, equals));
    const value = equals === -1 ? '' : decode(piece.slice(equals + 1));
    const before = Object.hasOwn(bag, name) ? bag[name] : undefined;
    bag[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return bag;
}

// Smithy takes decoded text and encodes it again: bytes that are not UTF-8 would not come back.
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SigningError('ERR_SIGNING_UNSUPPORTED', 'Smithy cannot sign a query whose bytes are not UTF-8');
  }
}

// In the order of `./core`'s signer; one of the caller's is replaced.
const OWN_HEADERS = new Set(['x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token', 'authorization']);

function ownHeaders(signed: Record<string, string>, options: SigningOptions): RawHeader[] {
  const headers: RawHeader[] = [];
  for (const name of OWN_HEADERS) {
    const value = signed[name];
    if (value !== undefined) headers.push([name, value]);
  }
  const { sessionToken } = options.credentials;
  const tokenIsUnsigned = sessionToken !== undefined && options.signSessionToken === false;
  if (tokenIsUnsigned && options.placement !== 'query') headers.push(['x-amz-security-token', sessionToken]);
  return headers;
}

const PARAMETERS = ['Algorithm', 'Credential', 'Date', 'SignedHeaders', 'Expires', 'Security-Token', 'Signature'];

function withSignature(
  target: string,
  query: Record<string, string | readonly string[] | null>,
  options: SigningOptions,
): string {
  let text = target;
  for (const name of PARAMETERS) {
    const value = query[`X-Amz-${name}`];
    if (typeof value !== 'string') continue;
    text += `${text.includes('?') ? '&' : '?'}X-Amz-${name}=${encodeURIComponent(value)}`;
  }
  const { sessionToken } = options.credentials;
  if (sessionToken === undefined || options.signSessionToken !== false) return text;
  return `${text}&X-Amz-Security-Token=${encodeURIComponent(sessionToken)}`;
}
