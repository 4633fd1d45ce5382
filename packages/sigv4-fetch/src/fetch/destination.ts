// destination.ts — what is known of an origin: whether it may be signed for, for which region, and how far its clock is
// from ours. Decided once per origin and kept, so that a request under load pays for one map look-up.
import { SigningError } from '../errors.js';
import type { HostTest } from './allowed-hosts.js';
import { type RegionOption, type SigningRegion, signingRegion } from './region.js';

/** An origin that requests go to. */
export interface Destination {
  /** As the Host header has it: with the port when it is not the scheme's own. */
  readonly host: string;
  readonly origin: string;
  /** Undefined: requests pass through unsigned. */
  readonly region: SigningRegion | undefined;
  /** Added to our clock when signing; learned from the server. Requests take a copy when they sign. */
  clockOffsetMs: number;
}

/** Where a request goes, and what it asks for there. */
export interface Place {
  readonly destination: Destination;
  /** Path and query as the URL has them; signing gives the ones for the wire. */
  readonly target: string;
  /** The URL of the request, for events and for those that pass through unsigned. */
  readonly href: string;
}

/** What decides about an origin. */
export interface DestinationRules {
  readonly allows: HostTest;
  readonly hostNotAllowed: 'error' | 'pass-through';
  readonly allowInsecureHttp: boolean;
  readonly region: RegionOption | undefined;
}

/** Looks origins up. */
export interface Destinations {
  /**
   * The place that a caller named.
   *
   * @throws TypeError as `fetch` does, for no URL and for one with a user name or password; and as {@link of}.
   */
  place(input: string | URL, baseUrl?: string | URL): Place;
  /**
   * The destination of a URL.
   *
   * @throws SigningError `ERR_SIGNING_HOST_NOT_ALLOWED`, `ERR_SIGNING_INSECURE_HTTP` or `ERR_SIGNING_REGION`.
   */
  of(url: URL): Destination;
  /** The same for the target of a redirect: a host that may not be signed for is not an error, it gets no signature. */
  ofRedirect(url: URL): Destination;
}

// More origins than any client talks to; past that the oldest is looked up anew.
const DESTINATIONS_MAX = 1_000;

// Path and query that the URL parser would give back as they came. Most do, and parsing costs more than seeing it
// (bench/signing). A segment that begins with a dot may be a dot segment: those are left to the parser.
const AS_PARSED = /^(?:\/(?!\.|%2[Ee])[\w.~!$&'()*+,;=:@%-]*)+(?:\?[\w.~!$&()*+,;=:@%/?-]+)?$/;

/** A cache of destinations under one set of rules. */
export function destinations(rules: DestinationRules): Destinations {
  const known = new Map<string, Destination>();
  let last: Destination | undefined;
  const remember = (key: string, destination: Destination): Destination => {
    const oldest = known.size >= DESTINATIONS_MAX ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    known.set(key, destination);
    return destination;
  };
  const of = (url: URL): Destination => {
    const key = url.protocol + url.host;
    return known.get(key) ?? remember(key, decide(url, rules));
  };
  return {
    of,
    place(input, baseUrl) {
      if (last !== undefined && typeof input === 'string' && input.startsWith(last.origin)) {
        const target = input.slice(last.origin.length);
        if (AS_PARSED.test(target)) return { destination: last, target, href: input };
      }
      const url = new URL(input, baseUrl);
      if (url.username !== '' || url.password !== '') {
        throw new TypeError('the URL of a request cannot hold a user name or a password');
      }
      const destination = of(url);
      if (destination.region !== undefined) last = destination;
      return { destination, target: url.pathname + url.search, href: url.href };
    },
    ofRedirect(url) {
      const key = url.protocol + url.host;
      const cached = known.get(key);
      if (cached !== undefined) return cached;
      return mayBeSigned(url, rules) ? remember(key, decide(url, rules)) : unsigned(url);
    },
  };
}

function decide(url: URL, rules: DestinationRules): Destination {
  const allowed = isHttp(url) && rules.allows(url.hostname);
  if (!allowed && rules.hostNotAllowed === 'pass-through') return unsigned(url);
  if (!allowed) {
    const name = isHttp(url) ? url.hostname : url.protocol;
    throw new SigningError('ERR_SIGNING_HOST_NOT_ALLOWED', `\`${name}\` is not on the list of hosts: see \`hosts\``);
  }
  if (!isSecure(url, rules)) {
    throw new SigningError(
      'ERR_SIGNING_INSECURE_HTTP',
      `\`${url.host}\` would be called over plain http: see \`allowInsecureHttp\``,
    );
  }
  return { host: url.host, origin: url.origin, region: signingRegion(rules.region, url.hostname), clockOffsetMs: 0 };
}

function mayBeSigned(url: URL, rules: DestinationRules): boolean {
  return isHttp(url) && rules.allows(url.hostname) && isSecure(url, rules);
}

function unsigned(url: URL): Destination {
  return { host: url.host, origin: url.origin, region: undefined, clockOffsetMs: 0 };
}

function isHttp(url: URL): boolean {
  return url.protocol === 'https:' || url.protocol === 'http:';
}

function isSecure(url: URL, rules: DestinationRules): boolean {
  return url.protocol === 'https:' || rules.allowInsecureHttp || isLoopback(url.hostname);
}

function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]') return true;
  return /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
