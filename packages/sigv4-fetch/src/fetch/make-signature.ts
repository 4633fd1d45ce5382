// make-signature.ts — one signature for one request: what fetch, undici and the signer have in common.
// A signature depends on the second it is made in, not on the moment: for requests that look the same within a second it is
// made once (bench/signing). What is sent is the same, byte for byte, as without that.
import { type RawRequest, type SignedParts, type SigningOptions, UNSIGNED_PAYLOAD } from '../core.js';
import type { CredentialSet } from '../credentials/credentials.js';
import type { Client } from './client.js';
import type { Destination } from './destination.js';
import { dropOurs, type PlainHeaders } from './plain-headers.js';
import type { SigningRegion } from './region.js';
import { payloadHashFor, type ResolvedSettings, rawRequest, signingOptions } from './signing-settings.js';

/** The part of a request that is signed. */
export interface Signable {
  readonly method: string;
  readonly target: string;
  /** Lower-case names. What an earlier signature left here is removed. */
  readonly headers: PlainHeaders;
}

/** A signature, with what went into it. */
export interface Signature {
  readonly raw: RawRequest;
  readonly options: SigningOptions;
  readonly parts: SignedParts | Promise<SignedParts>;
}

/** Signatures of the current second. */
export interface SignatureMemo {
  second: number;
  credentials: CredentialSet | undefined;
  readonly parts: Map<string, SignedParts>;
}

const MEMO_MAX = 256;

/** A memo without signatures. */
export function signatureMemo(): SignatureMemo {
  return { second: 0, credentials: undefined, parts: new Map() };
}

/** Signs a request for a destination, with the clock of that destination. */
export function makeSignature(
  client: Client,
  settings: ResolvedSettings,
  { host, clockOffsetMs }: Destination,
  region: SigningRegion,
  { method, target, headers }: Signable,
  credentials: CredentialSet,
): Signature {
  const payloadHash = payloadHashFor(settings, headers);
  dropOurs(headers, settings.placement);
  const raw = rawRequest(settings, method, target, host, headers);
  const nowMs = Date.now() + clockOffsetMs;
  const options = signingOptions(settings, credentials, region, new Date(nowMs), payloadHash);
  // INVARIANT: whatever else goes into a signature is in the key below, or is the same for all requests of a client.
  const plain = raw.headers.length === 1 && payloadHash === UNSIGNED_PAYLOAD && settings === client.settings;
  const known = plain ? client.memo : undefined;
  if (known === undefined) return { raw, options, parts: client.signRaw(raw, options) };

  const second = Math.floor(nowMs / 1000);
  if (known.second !== second || known.credentials !== credentials) {
    known.second = second;
    known.credentials = credentials;
    known.parts.clear();
  }
  const key = `${method} ${host} ${target}`;
  const before = known.parts.get(key);
  if (before !== undefined) return { raw, options, parts: before };
  const parts = client.signRaw(raw, options);
  if (!(parts instanceof Promise) && known.parts.size < MEMO_MAX) known.parts.set(key, parts);
  return { raw, options, parts };
}

/** Puts the headers of a signature among those of the request. */
export function placeHeaders(headers: PlainHeaders, { headers: signed }: SignedParts): void {
  for (const [name, value] of signed) headers[name] = value;
}
