// check-claim.ts — what a claim must fulfil before any key is looked at: signed headers, payload, scope, time
// (docs/signing.md, VERIFY-20..24). The texts are AWS's where AWS's are known.
import { amzDateText } from '../signing/amz-date.js';
import { LATTICE_SIGNING_NAME, UNSIGNED_PAYLOAD } from '../signing/options.js';
import type { Claim } from './claim.js';
import { hostOf, type Received } from './received.js';
import { complete, hint, shown, valid } from './rejection.js';
import type { VerifyOptions } from './verification.js';

const CLOCK_SKEW_MS_DEFAULT = 300_000;
/** SHA-256 of no bytes. */
export const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const SHA256_HEX = /^[0-9a-f]{64}$/;

/** All that must be signed is signed, and all that is said to be signed is there. Throws Rejection. */
export function checkSignedHeaders(claim: Claim, received: Received, { service }: VerifyOptions): void {
  const signed = new Set(claim.signedHeaders);
  const { headers } = received;
  const namesHost = signed.has('host') || signed.has(':authority');
  complete(namesHost, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  complete(hostOf(received), "The request must have exactly one 'Host' or ':authority'.");
  const hash = 'x-amz-content-sha256';
  const isLattice = service === LATTICE_SIGNING_NAME;
  complete(!isLattice || (signed.has(hash) && headers.has(hash)), `Missing the '${hash}' in canonical headers`);
  for (const name of signed) {
    const there = headers.has(name) || name === 'host' || name === ':authority';
    complete(there, () => `'${shown(name)}' is named as a SignedHeader, but it does not exist in the HTTP request.`);
  }
  // INVARIANT: a header that AWS services act on is never taken unsigned (see the advisories in the tests).
  for (const name of headers.keys()) {
    const covered = !name.startsWith('x-amz-') || signed.has(name);
    valid(covered, () => `There were headers present in the request which were not signed: ${shown(name)}`);
  }
}

/**
 * The payload hashes that may have been signed: one where the request states it or the caller knows it, else the two that
 * say nothing of a body. Throws Rejection when the one stated cannot be accepted.
 */
export function acceptedPayloadHashes({ headers }: Received, { service, payloadHash }: VerifyOptions): string[] {
  const stated = headers.get('x-amz-content-sha256');
  if (service === LATTICE_SIGNING_NAME) {
    valid(stated === UNSIGNED_PAYLOAD, 'Signed payloads are not supported', () => [
      hint('unsigned-payload', ' is due, signed'),
    ]);
  }
  if (stated === undefined) return payloadHash === undefined ? [EMPTY_SHA256, UNSIGNED_PAYLOAD] : [payloadHash];
  if (stated === UNSIGNED_PAYLOAD) return [stated];
  // Chunked and trailer forms (`STREAMING-…`) carry further signatures in the body, which nobody here would check.
  valid(SHA256_HEX.test(stated), `The provided 'x-amz-content-sha256' header must be a SHA256 or ${UNSIGNED_PAYLOAD}.`);
  const agrees = stated === (payloadHash ?? stated);
  valid(agrees, "The provided 'x-amz-content-sha256' header does not match what was computed.", () => [
    hint('body-hash', ' of another body was signed'),
  ]);
  return [stated];
}

/** The scope is for this day, this region and this service. Throws Rejection. */
export function checkScope(claim: Claim, { region, service }: VerifyOptions): void {
  const { amzDate, day, regionSet } = claim;
  const dateDay = amzDate.slice(0, 8);
  valid(
    day === dateDay,
    () =>
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${shown(day)}' != '${dateDay}', from '${amzDate}'.`,
  );
  const regions = claim.region ?? regionSet;
  complete(regions !== undefined, "AWS4-ECDSA-P256-SHA256 requires 'X-Amz-Region-Set'.");
  const covered =
    claim.region === undefined ? regions.split(',').some((pattern) => covers(pattern, region)) : regions === region;
  valid(
    covered,
    () => `Credential should be scoped to a valid Region, not '${shown(regions)}'.`,
    () => [hint('other-region', `: \`${shown(regions)}\` was signed for`)],
  );
  valid(
    claim.service === service,
    () => `Credential should be scoped to correct service: '${service}'.`,
    () => [hint('other-service', `: \`${shown(claim.service)}\` was signed for`)],
  );
}

/** `*` stands for any end of a region's name, as in `*` and `eu-*`. */
function covers(pattern: string, region: string): boolean {
  const trimmed = pattern.trim();
  return trimmed.endsWith('*') ? region.startsWith(trimmed.slice(0, -1)) : trimmed === region;
}

/** The signature was made within the allowed time around `now`, and a presigned URL has not run out. Throws Rejection. */
export function checkTime(claim: Claim, nowMs: number, { clockSkewMs = CLOCK_SKEW_MS_DEFAULT }: VerifyOptions): void {
  const { signedMs, amzDate, expiresSeconds } = claim;
  const now = () => amzDateText(nowMs);
  const minutes = `${clockSkewMs / 60_000} min.`;
  const hints = () => [hint('clock-off', ` by ${Math.round((signedMs - nowMs) / 1000)} s, or sent late`)];
  const latest = nowMs + clockSkewMs;
  // INVARIANT: written so that a `now` that is no number is refused, not let through.
  valid(
    signedMs <= latest,
    () => `Signature not yet current: ${amzDate} is still later than ${amzDateText(latest)} (${now()} + ${minutes})`,
    hints,
  );
  if (expiresSeconds === undefined) {
    const earliest = nowMs - clockSkewMs;
    valid(
      signedMs >= earliest,
      () => `Signature expired: ${amzDate} is now earlier than ${amzDateText(earliest)} (${now()} - ${minutes})`,
      hints,
    );
  } else {
    const endMs = signedMs + expiresSeconds * 1000;
    valid(nowMs <= endMs, () => `Signature expired: ${amzDateText(endMs)} is now earlier than ${now()}`);
  }
}
