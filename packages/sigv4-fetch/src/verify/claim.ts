// claim.ts — what a signature says of itself, read strictly (docs/signing.md, VERIFY-10..13): each part once, each in its
// one form. What is read here is not yet believed.
import { BETWEEN } from '../canonical/query.js';
import { amzDateText } from '../signing/amz-date.js';
import type { SigningAlgorithm } from '../signing/options.js';
import type { Received } from './received.js';
import { complete, shown, valid } from './rejection.js';

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
  readonly signedMs: number;
  /** Query placement only. */
  readonly expiresSeconds: number | undefined;
  readonly sessionToken: string | undefined;
  /** SigV4A only. */
  readonly regionSet: string | undefined;
}

type Parts = ReadonlyMap<string, string>;

const EXPIRES_SECONDS_MAX = 604_800;
const HMAC_SIGNATURE = /^[0-9a-f]{64}$/;
// DER of two integers of up to 33 bytes.
const ECDSA_SIGNATURE = /^(?:[0-9a-f]{2}){8,72}$/;
const SIGNED_NAME = /^:?[0-9a-z!#$%&'*+.^_`|~-]+$/;

/** The claim of a request; undefined when it carries no signature. Throws Rejection when it carries a broken one. */
export function readClaim(received: Received): Claim | undefined {
  const { headers, parameters } = received;
  const authorization = headers.get('authorization') ?? '';
  const inHeader = /^AWS4-/im.test(authorization);
  const inQuery = parameters.some((pair) => /^x-amz-(?:algorithm|credential|signature) /i.test(pair));
  valid(!(inHeader && (inQuery || authorization.includes('\n'))), 'Only one auth mechanism allowed');
  if (inQuery)
    return claimOf(
      queryParts(parameters),
      'query',
      (name) => `AWS query-string parameters must include 'X-Amz-${name}'.`,
    );
  if (!inHeader) return undefined;
  const parts = authorizationParts(authorization);
  for (const name of ['Date', 'Security-Token', 'Region-Set']) {
    const value = headers.get(`x-amz-${name.toLowerCase()}`);
    if (value !== undefined) parts.set(name, value);
  }
  return claimOf(
    parts,
    'header',
    (name) => `Authorization header requires '${name === 'Date' ? 'X-Amz-Date' : name}' parameter.`,
  );
}

// `<algorithm> Credential=…, SignedHeaders=…, Signature=…`: in any order, with or without a space after the comma.
function authorizationParts(authorization: string): Map<string, string> {
  const [algorithm = '', ...rest] = authorization.split(' ');
  const parts = new Map([['Algorithm', algorithm]]);
  if (rest.length === 0) return parts;
  for (const piece of rest.join(' ').split(',')) {
    const [, name = '', value = ''] = /^ ?(Credential|SignedHeaders|Signature)=(.*)$/.exec(piece) ?? [];
    // Without what follows an equal-sign: that may be a signature.
    const start = () => shown(piece.replace(/=.*/, ''));
    complete(name, () => `'${start()}' not a valid key=value pair (missing equal-sign) in Authorization header.`);
    complete(!parts.has(name), () => `Authorization header has more than one '${name}' parameter.`);
    parts.set(name, value.trim());
  }
  return parts;
}

// INVARIANT: no two `X-Amz-*` parameters whose names differ in case only (CVE-2022-2385: which of them counts?).
function queryParts(parameters: Received['parameters']): Parts {
  const parts = new Map<string, string>();
  const seen = new Set<string>();
  for (const pair of parameters) {
    const [name = '', value = ''] = pair.split(BETWEEN);
    const lower = name.toLowerCase();
    if (!lower.startsWith('x-amz-')) continue;
    complete(!seen.has(lower), `AWS query-string parameter '${shown(name)}' is given more than once.`);
    seen.add(lower);
    if (name.startsWith('X-Amz-')) parts.set(name.slice(6), decoded(value));
  }
  return parts;
}

// What is not UTF-8 stays encoded, and then has none of the forms that are asked for.
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function claimOf(parts: Parts, placement: Claim['placement'], lacks: (name: string) => string): Claim {
  const required = ['Algorithm', 'Credential', 'Signature', 'SignedHeaders', 'Date'];
  if (placement === 'query') required.push('Expires');
  const missing = required.filter((name) => !parts.has(name));
  complete(missing.length === 0, () => missing.map(lacks).join(' '));
  const part = (name: string): string => parts.get(name) as string;
  const algorithm = part('Algorithm');
  const isHmac = algorithm === 'AWS4-HMAC-SHA256';
  complete(
    isHmac || algorithm === 'AWS4-ECDSA-P256-SHA256',
    () => `Unsupported AWS 'algorithm': '${shown(algorithm)}'.`,
  );
  const signature = part('Signature');
  complete((isHmac ? HMAC_SIGNATURE : ECDSA_SIGNATURE).test(signature), 'Signature must be in lower-case hexadecimal.');
  const amzDate = part('Date');
  const signedMs = amzDateMs(amzDate);
  complete(!Number.isNaN(signedMs), () => `Date must be in ISO-8601 'basic format'. Got '${shown(amzDate)}'.`);
  return {
    placement,
    algorithm,
    ...credentialParts(part('Credential'), isHmac),
    signedHeaders: signedHeaderNames(part('SignedHeaders')),
    signature,
    amzDate,
    signedMs,
    expiresSeconds: placement === 'query' ? expiresSeconds(part('Expires')) : undefined,
    sessionToken: parts.get('Security-Token'),
    regionSet: isHmac ? undefined : parts.get('Region-Set'),
  };
}

// INVARIANT: a pure function of the text; the memo only saves reading the same second again (bench/signing).
let memoText = '';
let memoMs = Number.NaN;

/** NaN for what is not exactly `YYYYMMDDTHHMMSSZ` of a time that exists. */
function amzDateMs(text: string): number {
  if (text === memoText) return memoMs;
  const ms = Date.parse(text.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  if (amzDateText(ms) !== text) return Number.NaN;
  memoText = text;
  memoMs = ms;
  return ms;
}

function credentialParts(credential: string, isHmac: boolean) {
  const parts = credential.split('/');
  const length = isHmac ? 4 : 3;
  const enough = parts.length > length && !parts.includes('');
  complete(
    enough,
    () => `Credential must have at least ${length + 1} slash-delimited elements, not '${shown(credential)}'.`,
  );
  const scope = parts.slice(-length) as [string, string, string];
  const end = scope.at(-1) as string;
  valid(
    end === 'aws4_request',
    () => `Credential should be scoped with a valid terminator: 'aws4_request', not '${shown(end)}'.`,
  );
  return {
    // An access key id may hold slashes: it is all that stands before the scope.
    accessKeyId: parts.slice(0, -length).join('/'),
    scope: scope.join('/'),
    day: scope[0],
    region: isHmac ? scope[1] : undefined,
    service: scope.at(-2) as string,
  };
}

function signedHeaderNames(text: string): string[] {
  const names = text.split(';');
  const inOrder = names.every((name, i) => SIGNED_NAME.test(name) && (i === 0 || (names[i - 1] as string) < name));
  complete(inOrder, () => `SignedHeaders must be lower-case, sorted and unique, not '${shown(text)}'.`);
  return names;
}

function expiresSeconds(text: string): number {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  complete(
    seconds > 0 && seconds <= EXPIRES_SECONDS_MAX,
    `X-Amz-Expires must be from 1 to ${EXPIRES_SECONDS_MAX} seconds.`,
  );
  return seconds;
}
