// check-claim.ts — what a claim must fulfil before any key is looked at: scope, time, signed headers, payload
// (docs/signing.md, VERIFY-20..28). The texts are AWS's where AWS's are known.
import { LATTICE_SIGNING_NAME, UNSIGNED_PAYLOAD } from '../signing/options.js';
import { amzDateMs, amzDateText, type Claim } from './claim.js';
import { hostOf, onlyValue, type Received } from './received.js';
import { incomplete, invalid, shown } from './rejection.js';
import type { VerifyOptions } from './verification.js';

const CLOCK_SKEW_MS_DEFAULT = 300_000;
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const SHA256_HEX = /^[0-9a-f]{64}$/;

/** The scope is for this day, this region and this service. Throws Rejection. */
export function checkScope(claim: Claim, { region, service }: VerifyOptions): void {
  if (claim.amzDate.slice(0, 8) !== claim.day) {
    throw invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${shown(claim.day)}' != '${claim.amzDate.slice(0, 8)}', from '${claim.amzDate}'.`,
    );
  }
  if (claim.region !== undefined && claim.region !== region) {
    throw invalid(`Credential should be scoped to a valid Region, not '${shown(claim.region)}'.`, [
      { code: 'other-region', message: `signed for region \`${shown(claim.region)}\`, this is \`${region}\`` },
    ]);
  }
  if (claim.service !== service) {
    throw invalid(`Credential should be scoped to correct service: '${service}'.`, [
      { code: 'other-service', message: `signed for service \`${shown(claim.service)}\`, this is \`${service}\`` },
    ]);
  }
  if (claim.algorithm === 'AWS4-ECDSA-P256-SHA256') checkRegionSet(claim.regionSet, region);
}

function checkRegionSet(regionSet: string | undefined, region: string): void {
  if (regionSet === undefined) throw incomplete("AWS4-ECDSA-P256-SHA256 requires 'X-Amz-Region-Set'.");
  if (regionSet.split(',').some((pattern) => coversRegion(pattern.trim(), region))) return;
  throw invalid(`Credential should be scoped to a valid Region, not '${shown(regionSet)}'.`, [
    { code: 'other-region', message: `signed for regions \`${shown(regionSet)}\`, this is \`${region}\`` },
  ]);
}

/** `*` stands for any end of a region's name, as in `*` and `eu-*`. */
function coversRegion(pattern: string, region: string): boolean {
  return pattern.endsWith('*') ? region.startsWith(pattern.slice(0, -1)) : pattern === region;
}

/** The signature was made within the allowed time around `now`, and a presigned URL has not run out. Throws Rejection. */
export function checkTime(claim: Claim, nowMs: number, { clockSkewMs = CLOCK_SKEW_MS_DEFAULT }: VerifyOptions): void {
  const signedMs = amzDateMs(claim.amzDate);
  const minutes = `${clockSkewMs / 60_000} min.`;
  const offset = Math.round((signedMs - nowMs) / 1000);
  // INVARIANT: written so that a `now` that is no number is refused, not let through.
  if (!(signedMs <= nowMs + clockSkewMs)) {
    throw invalid(
      `Signature not yet current: ${claim.amzDate} is still later than ${amzDateText(nowMs + clockSkewMs)} (${amzDateText(nowMs)} + ${minutes})`,
      [{ code: 'clock-off', message: `the signer's clock is ${offset} s ahead of ours` }],
    );
  }
  if (claim.expiresSeconds === undefined) {
    if (signedMs >= nowMs - clockSkewMs) return;
    throw invalid(
      `Signature expired: ${claim.amzDate} is now earlier than ${amzDateText(nowMs - clockSkewMs)} (${amzDateText(nowMs)} - ${minutes})`,
      [
        {
          code: 'clock-off',
          message: `the signer's clock is ${-offset} s behind ours, or the request was sent again after that time`,
        },
      ],
    );
  }
  const endMs = signedMs + claim.expiresSeconds * 1000;
  if (nowMs <= endMs) return;
  throw invalid(`Signature expired: ${amzDateText(endMs)} is now earlier than ${amzDateText(nowMs)}`);
}

/** All that must be signed is signed, and all that is said to be signed is there. Throws Rejection. */
export function checkSignedHeaders(claim: Claim, received: Received, { service }: VerifyOptions): void {
  const signed = new Set(claim.signedHeaders);
  if (!signed.has('host') && !signed.has(':authority')) {
    throw incomplete("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  if (hostOf(received) === undefined) throw incomplete("The request must have exactly one 'Host' or ':authority'.");
  if (
    service === LATTICE_SIGNING_NAME &&
    !(signed.has('x-amz-content-sha256') && received.headers.has('x-amz-content-sha256'))
  ) {
    throw incomplete("Missing the 'x-amz-content-sha256' in canonical headers");
  }
  for (const name of claim.signedHeaders) {
    if (received.headers.has(name) || name === 'host' || name === ':authority') continue;
    throw incomplete(`'${shown(name)}' is named as a SignedHeader, but it does not exist in the HTTP request.`);
  }
  // INVARIANT: a header that AWS services act on is never taken unsigned (see the advisories in the tests).
  for (const name of received.headers.keys()) {
    if (name.startsWith('x-amz-') && !signed.has(name)) {
      throw invalid(`There were headers present in the request which were not signed: ${shown(name)}`);
    }
  }
}

/** The payload hash that was signed. Throws Rejection when it is none that can be accepted. */
export function acceptedPayloadHash(received: Received, { service, payloadHash }: VerifyOptions): string {
  const header = received.headers.get('x-amz-content-sha256');
  const stated = onlyValue(received, 'x-amz-content-sha256');
  if (service === LATTICE_SIGNING_NAME) {
    if (stated === UNSIGNED_PAYLOAD) return stated;
    throw invalid('Signed payloads are not supported', [
      {
        code: 'unsigned-payload',
        message: 'VPC Lattice takes `x-amz-content-sha256: UNSIGNED-PAYLOAD` only, and the header must be signed',
      },
    ]);
  }
  if (header === undefined) return payloadHash ?? EMPTY_SHA256;
  // Chunked and trailer forms (`STREAMING-…`) carry further signatures in the body, which nobody here would check.
  if (stated === undefined || !(stated === UNSIGNED_PAYLOAD || SHA256_HEX.test(stated))) {
    throw invalid(`The provided 'x-amz-content-sha256' header must be a SHA256 or ${UNSIGNED_PAYLOAD}.`);
  }
  if (stated !== UNSIGNED_PAYLOAD && payloadHash !== undefined && stated !== payloadHash) {
    throw invalid("The provided 'x-amz-content-sha256' header does not match what was computed.", [
      { code: 'body-hash', message: 'the body that arrived is not the body whose hash was signed' },
    ]);
  }
  return stated;
}
