// make-signature.ts — one signature for one request: what fetch, undici and the signer have in common.
// SigV4 counts in seconds: but for method and target, a signature is the same for all requests to a host within one. That
// part is made once (bench/signing). What is sent is the same, byte for byte, as without that.
import { sha256Before } from '#hasher';
import type { RawHeader, RawRequest, SignedParts, SigningOptions } from '../core.js';
import type { CredentialSet } from '../credentials/credentials.js';
import { UNSIGNED_PAYLOAD } from '../signing/options.js';
import { type Frame, frameOf, signInFrame } from '../signing/sign-request.js';
import type { Client } from './client.js';
import type { Destination } from './destination.js';
import type { PlainHeaders } from './plain-headers.js';
import type { SigningRegion } from './region.js';
import { dropOurs, payloadHashFor, type ResolvedSettings, rawRequest, signingOptions } from './signing-settings.js';

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

/** The frame of one host for one second. */
interface HostFrame {
  readonly second: number;
  readonly credentials: CredentialSet;
  readonly signed: readonly RawHeader[];
  readonly options: SigningOptions;
  readonly frame: Frame;
  readonly hash: (head: string) => string;
}

/** The last frame of each destination. */
export type HostFrames = Map<Destination, HostFrame>;

// More hosts at a time than any client talks to; past that all are made anew.
const FRAMES_MAX = 64;

/** Signs a request for a destination, with the clock of that destination. */
export function makeSignature(
  client: Client,
  settings: ResolvedSettings,
  destination: Destination,
  region: SigningRegion,
  { method, target, headers }: Signable,
  credentials: CredentialSet,
): Signature {
  const payloadHash = payloadHashFor(settings, headers);
  const hasSignable = dropOurs(settings, headers);
  const nowMs = Date.now() + destination.clockOffsetMs;
  // INVARIANT: whatever else goes into a frame is the same for all requests of a client to a destination.
  const plain = settings === client.settings && payloadHash === UNSIGNED_PAYLOAD && !hasSignable;
  if (!plain || client.frames === undefined) {
    const raw = rawRequest(settings, method, target, destination.host, headers);
    const options = signingOptions(settings, credentials, region, new Date(nowMs), payloadHash);
    return { raw, options, parts: client.signRaw(raw, options) };
  }
  const second = Math.floor(nowMs / 1000);
  let known = client.frames.get(destination);
  if (known?.second !== second || known.credentials !== credentials) {
    const options = signingOptions(settings, credentials, region, new Date(nowMs), payloadHash);
    const signed: RawHeader[] = [['host', destination.host]];
    const frame = frameOf(signed, options);
    known = { second, credentials, signed, options, frame, hash: sha256Before(frame.tail) };
    if (client.frames.size >= FRAMES_MAX) client.frames.clear();
    client.frames.set(destination, known);
  }
  const raw = { method, target, headers: known.signed };
  return { raw, options: known.options, parts: signInFrame(known.frame, method, target, known.hash) };
}

/** Puts the headers of a signature among those of a request. */
export function placeHeaders(headers: PlainHeaders, signature: readonly RawHeader[]): void {
  for (const [name, value] of signature) headers[name] = value;
}
