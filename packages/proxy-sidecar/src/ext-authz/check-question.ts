// check-question.ts: a request that Envoy holds, whichever form it asks in, as the judge sees requests: what Envoy has added to
// it is taken off again, as far as that can be told.
import type { JudgedRequest } from '../http/exchange.js';
import { onlyFieldOf } from '../http/flat-headers.js';
import { plainAddress } from '../inbound/trusted-peers.js';
import type { CheckRequest } from './check-request.js';

/** What Envoy's configuration says about a route, in `context_extensions`. */
interface RouteNames {
  readonly service: string | undefined;
  readonly serviceNetwork: string | undefined;
  readonly sourceVpc: string | undefined;
}

/** A question that can be decided. */
export interface CheckQuestion {
  readonly request: JudgedRequest;
  readonly route: RouteNames;
  /** Who Envoy's peer is by its certificate; '' for nobody. */
  readonly peerPrincipal: string;
  readonly peerPort: number;
  /** Of the request: `HTTP/2`… */
  readonly httpVersion: string;
  readonly requestId: string | undefined;
}

/** Keys of `context_extensions`. */
export const EXTENSION_KEYS = {
  service: 'lattice-auth.service',
  serviceNetwork: 'lattice-auth.service-network',
  sourceVpc: 'lattice-auth.source-vpc',
} as const;

const NO_NAMES: RouteNames = { service: undefined, serviceNetwork: undefined, sourceVpc: undefined };
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}$/;
/** As inbound takes targets: visible ASCII without a fragment, beginning with a slash. */
const TARGET = /^\/[\x21\x22\x24-\x7e]*$/;

/** The question in a gRPC call; undefined when it is not about a request that can be read. */
export function questionFromGrpc({ source, http, extensions }: CheckRequest): CheckQuestion | undefined {
  if (http === undefined) return undefined;
  const { headers, pseudo } = withoutPseudo(http.headers);
  const authority = http.host || pseudo.get(':authority') || onlyFieldOf(headers, 'host') || '';
  if (onlyFieldOf(headers, 'host') === undefined && authority !== '') headers.push('host', authority);
  const named = (key: string) => extensions.get(key) || undefined;
  const route = {
    service: named(EXTENSION_KEYS.service),
    serviceNetwork: named(EXTENSION_KEYS.serviceNetwork),
    sourceVpc: named(EXTENSION_KEYS.sourceVpc),
  };
  const { method, path: target, protocol: httpVersion } = http;
  const request = judgedRequest({ method, target, authority, headers, peerAddress: source.address });
  if (request === undefined) return undefined;
  const requestId = onlyFieldOf(headers, 'x-amzn-requestid') ?? (http.id || onlyFieldOf(headers, 'x-request-id'));
  return { request, route, peerPrincipal: source.principal, peerPort: source.port, httpVersion, requestId };
}

/** What stands for a question in the HTTP form: a request itself. */
export interface CheckedMessage {
  readonly method: string;
  /** Without Envoy's prefix. */
  readonly target: string;
  readonly authority: string;
  /** Flat. */
  readonly headers: readonly string[];
  /** Header with the address of Envoy's peer. */
  readonly peerHeader: string | undefined;
}

/** The question that a request is; undefined when it cannot be read. */
export function questionFromHttp(message: CheckedMessage): CheckQuestion | undefined {
  const { method, target, authority, peerHeader } = message;
  const peer = peerHeader === undefined ? undefined : onlyFieldOf(message.headers, peerHeader);
  const headers: string[] = [];
  for (let at = 0; at < message.headers.length; at += 2) {
    const name = message.headers[at]?.toLowerCase() ?? '';
    // Envoy's own: the address of its peer, and that the question has no body.
    if (name !== 'content-length' && name !== peerHeader) headers.push(name, message.headers[at + 1] ?? '');
  }
  // Two values would mean that not only Envoy has written one.
  const peerAddress = typeof peer === 'string' ? peer.trim() : '';
  // SPEC: Envoy's client for this form ends the list with an address of Envoy's own, whether it was told to show it or not.
  const forwarded = withoutLastAddress(headers, () => true);
  const request = judgedRequest({ method, target, authority, headers: forwarded, peerAddress });
  if (request === undefined) return undefined;
  const requestId = onlyFieldOf(headers, 'x-amzn-requestid') ?? onlyFieldOf(headers, 'x-request-id');
  return { request, route: NO_NAMES, peerPrincipal: '', peerPort: 0, httpVersion: '', requestId };
}

function judgedRequest(parts: Omit<JudgedRequest, 'protocol'>): JudgedRequest | undefined {
  const { method, target, authority, peerAddress } = parts;
  const isTarget = TARGET.test(target) || (target === '*' && method === 'OPTIONS');
  if (!METHOD.test(method) || method === 'CONNECT' || !isTarget || authority === '') return undefined;
  const headers = withoutOwnAddress(parts.headers, peerAddress);
  const protocol = onlyFieldOf(headers, 'content-type')?.startsWith('application/grpc') === true ? 'grpc' : 'http';
  return { method, target, authority: authority.toLowerCase(), headers, peerAddress, protocol };
}

/**
 * `x-forwarded-for` without the address of Envoy's peer at its end, which Envoy may have added. What then comes last is what
 * that peer has written: Lattice, where it is believed.
 */
function withoutOwnAddress(flat: readonly string[], peerAddress: string): readonly string[] {
  if (peerAddress === '') return flat;
  return withoutLastAddress(flat, (last) => plainAddress(last) === plainAddress(peerAddress));
}

/** The last `x-forwarded-for` without the last address in it, if that is one to be taken off. */
function withoutLastAddress(flat: readonly string[], isTakenOff: (last: string) => boolean): readonly string[] {
  const name = flat.findLastIndex((text, at) => at % 2 === 0 && text === 'x-forwarded-for');
  if (name < 0) return flat;
  const addresses = (flat[name + 1] ?? '').split(',');
  if (!isTakenOff(addresses.at(-1)?.trim() ?? '')) return flat;
  const rest = addresses.slice(0, -1).join(',');
  return rest === '' ? flat.toSpliced(name, 2) : flat.with(name + 1, rest);
}

function withoutPseudo(flat: readonly string[]): { headers: string[]; pseudo: Map<string, string> } {
  const headers: string[] = [];
  const pseudo = new Map<string, string>();
  for (let at = 0; at < flat.length; at += 2) {
    const name = flat[at] ?? '';
    const value = flat[at + 1] ?? '';
    if (name.startsWith(':')) pseudo.set(name, value);
    else headers.push(name, value);
  }
  return { headers, pseudo };
}
