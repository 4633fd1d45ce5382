// claim.ts — what a signature says of itself, read strictly (docs/signing.md, VERIFY-10..16): each part once, each in its
// one form. What is read here is not yet believed.
import type { SigningAlgorithm } from '../signing/options.js';
import type { Received } from './received.js';
import { incomplete, invalid, shown } from './rejection.js';

/** A signature's own statements. */
export interface Claim {
  readonly placement: 'header' | 'query';
  readonly algorithm: SigningAlgorithm;
  readonly accessKeyId: string;
  /** Credential scope: `day/region/service/aws4_request`; without the region in SigV4A. */
  readonly scope: string;
  readonly day: string;
  /** Undefined in SigV4A, whose scope has no region. */
  readonly region: string | undefined;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly amzDate: string;
  /** Query placement only. */
  readonly expiresSeconds: number | undefined;
  readonly sessionToken: string | undefined;
  readonly regionSet: string | undefined;
}

const EXPIRES_SECONDS_MAX = 604_800;
const HMAC_SIGNATURE = /^[0-9a-f]{64}$/;
// DER of two integers of up to 33 bytes.
const ECDSA_SIGNATURE = /^(?:[0-9a-f]{2}){8,72}$/;
const SIGNED_NAME = /^(?::authority|[0-9a-z!#$%&'*+.^_`|~-]+)$/;
const AMZ_DATE = /^\d{8}T\d{6}Z$/;
const SIGV4_SCHEME = /^AWS4-/i;

/** The claim of a request; undefined when it carries no signature. Throws Rejection when it carries a broken one. */
export function readClaim(received: Received): Claim | undefined {
  const authorization = received.headers.get('authorization') ?? [];
  const inHeader = authorization.some((value) => SIGV4_SCHEME.test(value));
  const inQuery = received.parameters.some(({ name }) => /^x-amz-(?:algorithm|credential|signature)$/i.test(name));
  if (inHeader && inQuery) {
    throw invalid(
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified',
    );
  }
  if (inQuery) return queryClaim(received);
  if (!inHeader) return undefined;
  if (authorization.length > 1) throw incomplete('Only one Authorization header is allowed.');
  return headerClaim(received, authorization[0] as string);
}

function headerClaim(received: Received, authorization: string): Claim {
  const space = authorization.indexOf(' ');
  const algorithm = knownAlgorithm(space < 0 ? authorization : authorization.slice(0, space));
  const parts = space < 0 ? new Map<string, string>() : authorizationParts(authorization.slice(space + 1));
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !parts.has(name));
  if (missing.length > 0) {
    throw incomplete(missing.map((name) => `Authorization header requires '${name}' parameter.`).join(' '));
  }
  const amzDates = received.headers.get('x-amz-date') ?? [];
  if (amzDates.length !== 1) {
    throw incomplete("Authorization header requires existence of exactly one 'X-Amz-Date' header.");
  }
  return {
    placement: 'header',
    algorithm,
    ...credentialParts(parts.get('Credential') as string, algorithm),
    signedHeaders: signedHeaderNames(parts.get('SignedHeaders') as string),
    signature: signatureText(parts.get('Signature') as string, algorithm),
    amzDate: dateText(amzDates[0] as string),
    expiresSeconds: undefined,
    sessionToken: atMostOnce(received, 'x-amz-security-token'),
    regionSet: algorithm === 'AWS4-ECDSA-P256-SHA256' ? atMostOnce(received, 'x-amz-region-set') : undefined,
  };
}

// `Credential=…, SignedHeaders=…, Signature=…` in any order, with or without a space after the comma.
function authorizationParts(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const piece of text.split(',')) {
    const equals = piece.indexOf('=');
    const name = piece.slice(0, Math.max(equals, 0)).trim();
    if (equals < 0 || !/^(?:Credential|SignedHeaders|Signature)$/.test(name)) {
      throw incomplete(
        `'${shown(equals < 0 ? piece.trim() : name)}' not a valid key=value pair (missing equal-sign or unknown key) in Authorization header.`,
      );
    }
    if (parts.has(name)) throw incomplete(`Authorization header has more than one '${name}' parameter.`);
    parts.set(name, piece.slice(equals + 1).trim());
  }
  return parts;
}

function queryClaim(received: Received): Claim {
  const parts = signatureParameters(received);
  const required = [
    'X-Amz-Algorithm',
    'X-Amz-Credential',
    'X-Amz-Signature',
    'X-Amz-SignedHeaders',
    'X-Amz-Date',
    'X-Amz-Expires',
  ];
  const missing = required.filter((name) => !parts.has(name));
  if (missing.length > 0) {
    throw incomplete(missing.map((name) => `AWS query-string parameters must include '${name}'.`).join(' '));
  }
  const part = (name: string): string => parts.get(name) as string;
  const algorithm = knownAlgorithm(part('X-Amz-Algorithm'));
  return {
    placement: 'query',
    algorithm,
    ...credentialParts(part('X-Amz-Credential'), algorithm),
    signedHeaders: signedHeaderNames(part('X-Amz-SignedHeaders')),
    signature: signatureText(part('X-Amz-Signature'), algorithm),
    amzDate: dateText(part('X-Amz-Date')),
    expiresSeconds: expiresSeconds(part('X-Amz-Expires')),
    sessionToken: parts.get('X-Amz-Security-Token'),
    regionSet: algorithm === 'AWS4-ECDSA-P256-SHA256' ? parts.get('X-Amz-Region-Set') : undefined,
  };
}

// INVARIANT: no two `X-Amz-*` parameters whose names differ in case only (CVE-2022-2385: which of them counts?).
function signatureParameters(received: Received): Map<string, string> {
  const parts = new Map<string, string>();
  const seen = new Set<string>();
  for (const { name, value } of received.parameters) {
    const lower = name.toLowerCase();
    if (!lower.startsWith('x-amz-')) continue;
    if (seen.has(lower)) throw incomplete(`AWS query-string parameter '${shown(name)}' is given more than once.`);
    seen.add(lower);
    parts.set(name, decoded(value));
  }
  return parts;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw incomplete('AWS query-string parameters must be UTF-8.');
  }
}

function knownAlgorithm(name: string): SigningAlgorithm {
  if (name === 'AWS4-HMAC-SHA256' || name === 'AWS4-ECDSA-P256-SHA256') return name;
  throw incomplete(`Unsupported AWS 'algorithm': '${shown(name)}'.`);
}

function credentialParts(credential: string, algorithm: SigningAlgorithm) {
  const parts = credential.split('/');
  const scopeLength = algorithm === 'AWS4-HMAC-SHA256' ? 4 : 3;
  if (parts.length <= scopeLength || parts.includes('')) {
    throw incomplete(
      `Credential must have at least ${scopeLength + 1} slash-delimited elements, not '${shown(credential)}'.`,
    );
  }
  const scope = parts.slice(-scopeLength);
  const terminator = scope[scopeLength - 1] as string;
  if (terminator !== 'aws4_request') {
    throw invalid(`Credential should be scoped with a valid terminator: 'aws4_request', not '${shown(terminator)}'.`);
  }
  return {
    // An access key id may hold slashes: it is all that stands before the scope.
    accessKeyId: parts.slice(0, -scopeLength).join('/'),
    scope: scope.join('/'),
    day: scope[0] as string,
    region: scopeLength === 4 ? (scope[1] as string) : undefined,
    service: scope[scopeLength - 2] as string,
  };
}

function signedHeaderNames(text: string): string[] {
  const names = text.split(';');
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (!SIGNED_NAME.test(name) || (i > 0 && (names[i - 1] as string) >= name)) {
      throw incomplete(`SignedHeaders must be lower-case names, sorted, each once, not '${shown(text)}'.`);
    }
  }
  return names;
}

function signatureText(text: string, algorithm: SigningAlgorithm): string {
  if ((algorithm === 'AWS4-HMAC-SHA256' ? HMAC_SIGNATURE : ECDSA_SIGNATURE).test(text)) return text;
  throw incomplete('Signature must be in lower-case hexadecimal of the length that the algorithm gives.');
}

function dateText(text: string): string {
  if (AMZ_DATE.test(text) && !Number.isNaN(amzDateMs(text)) && amzDateText(amzDateMs(text)) === text) return text;
  throw incomplete(`Date must be in ISO-8601 'basic format'. Got '${shown(text)}'.`);
}

/** Milliseconds since 1970 of `YYYYMMDDTHHMMSSZ`. */
export function amzDateMs(text: string): number {
  return Date.parse(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** `YYYYMMDDTHHMMSSZ` of milliseconds since 1970; a word where there is no such date. */
export function amzDateText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? 'never' : date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function expiresSeconds(text: string): number {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (seconds >= 1 && seconds <= EXPIRES_SECONDS_MAX) return seconds;
  throw incomplete(`X-Amz-Expires must be a number of seconds from 1 to ${EXPIRES_SECONDS_MAX}, not '${shown(text)}'.`);
}

function atMostOnce(received: Received, name: string): string | undefined {
  const values = received.headers.get(name);
  if (values === undefined) return undefined;
  if (values.length > 1) throw incomplete(`Only one '${name}' header is allowed.`);
  return values[0];
}
