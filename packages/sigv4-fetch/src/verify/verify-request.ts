// verify-request.ts — is this request signed, by which key, and does the signature hold? The order of the checks is that
// of docs/signing.md, VERIFY-2. Total: whatever comes in, one of three results goes out.
import { equal } from '#hasher';
import type { RawRequest } from '../canonical/raw-request.js';
import { acceptedPayloadHash, checkScope, checkSignedHeaders, checkTime } from './check-claim.js';
import { amzDateMs, type Claim, readClaim } from './claim.js';
import { diagnose } from './diagnose.js';
import { type Received, receive } from './received.js';
import { plainReading, type Reading, recompute, signatureCheck } from './recompute.js';
import { incomplete, invalid, Rejection } from './rejection.js';
import type { Diagnosis, Secret, SignedVerification, Verification, VerifyOptions } from './verification.js';

// Stands in for the secret of an unknown key, so that its rejection takes as long as any other.
const NO_SECRET: Secret = { secretAccessKey: 'no-such-access-key-no-such-access-key-no' };
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** What is known of a request by the time it is rejected: it goes into the diagnosis. */
interface Progress {
  claim?: Claim;
  canonicalRequest?: string;
  stringToSign?: string;
  secret?: Secret;
}

/**
 * Verifies the signature of a received request.
 *
 * A request without a signature is `anonymous`, whatever else it carries (a bearer token, say). A request with a
 * signature that does not hold is `rejected`, never anonymous. Never throws, and keeps nothing between calls.
 *
 * `message` is AWS's own text, fit to be sent. `diagnosis` is for logs: it tells a signer's author what to change, and
 * would tell an attacker as much.
 */
export function verifyRequest(request: RawRequest, options: VerifyOptions): Verification {
  const progress: Progress = {};
  try {
    return verify(request, options, progress);
  } catch (thrown) {
    const rejection =
      thrown instanceof Rejection ? thrown : new Rejection('InternalFailure', 'The request could not be verified.');
    return {
      kind: 'rejected',
      code: rejection.code,
      message: redact(`${rejection.code}: ${rejection.text}`, progress),
      diagnosis: diagnosisOf(rejection, options, progress),
    };
  }
}

function verify(request: RawRequest, options: VerifyOptions, progress: Progress): Verification {
  const received = receive(request);
  const claim = readClaim(received);
  if (claim === undefined) return { kind: 'anonymous' };
  progress.claim = claim;
  checkSignedHeaders(claim, received, options);
  const payloadHash = acceptedPayloadHash(received, options);
  const { pathEncoding = 'double', normalizePath = true } = options;
  const reading = plainReading(received, pathEncoding, normalizePath, payloadHash);
  Object.assign(progress, recompute(received, claim, reading));
  checkScope(claim, options);
  const nowMs = Number(options.now);
  checkTime(claim, nowMs, options);
  checkKeyAndSignature(received, claim, reading, nowMs, options, progress);
  return signedResult(claim, payloadHash, options.region);
}

function checkKeyAndSignature(
  received: Received,
  claim: Claim,
  reading: Reading,
  nowMs: number,
  options: VerifyOptions,
  progress: Progress,
): void {
  const known = options.lookup(claim.accessKeyId);
  // INVARIANT: an unknown key is never replaced by anything that a caller could know; its signature counts for nothing.
  const secret = known ?? NO_SECRET;
  progress.secret = secret;
  if (typeof secret.secretAccessKey !== 'string' || secret.secretAccessKey === '') {
    throw new Rejection('InternalFailure', 'The request could not be verified.');
  }
  const check = signatureCheck(claim, secret.secretAccessKey);
  if (check === undefined) throw incomplete(`Unsupported AWS 'algorithm': '${claim.algorithm}'.`);
  const matches = check(progress.stringToSign ?? '');
  const tokenMatches = equal(secret.sessionToken ?? '', claim.sessionToken ?? '');
  if (known === undefined || !tokenMatches) {
    throw new Rejection('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (!matches) {
    throw invalid(
      MISMATCH,
      options.diagnose === false ? [] : diagnose(received, claim, reading, check, options.payloadHash),
    );
  }
  if (secret.expiration !== undefined && !(nowMs < secret.expiration.getTime())) {
    throw new Rejection('ExpiredTokenException', 'The security token included in the request is expired');
  }
}

function signedResult(claim: Claim, payloadHash: string, region: string): SignedVerification {
  return {
    kind: 'signed',
    accessKeyId: claim.accessKeyId,
    algorithm: claim.algorithm,
    placement: claim.placement,
    date: new Date(amzDateMs(claim.amzDate)),
    region,
    service: claim.service,
    regionSet: claim.regionSet,
    signedHeaders: claim.signedHeaders,
    payloadHash,
    sessionToken: claim.sessionToken !== undefined,
  };
}

function diagnosisOf(rejection: Rejection, options: VerifyOptions, progress: Progress): Diagnosis {
  const { claim, canonicalRequest, stringToSign } = progress;
  const offset = claim === undefined ? undefined : Math.round((amzDateMs(claim.amzDate) - Number(options?.now)) / 1000);
  return {
    reason: redact(rejection.text, progress),
    hints: rejection.hints.map(({ code, message }) => ({ code, message: redact(message, progress) })),
    clockOffsetSeconds: offset,
    canonicalRequest: canonicalRequest === undefined ? undefined : redact(canonicalRequest, progress),
    stringToSign: stringToSign === undefined ? undefined : redact(stringToSign, progress),
  };
}

const REDACTED = '[redacted]';

// Tokens by where they stand; secrets by what they are, for a client that sends its secret in some other place.
function redact(text: string, { secret }: Progress): string {
  let clean = text
    .replace(/^(x-amz-security-token:).*$/gm, `$1${REDACTED}`)
    .replace(/(X-Amz-Security-Token=)[^&\n]*/gi, `$1${REDACTED}`);
  for (const hidden of [secret?.secretAccessKey, secret?.sessionToken]) {
    if (hidden) clean = clean.replaceAll(hidden, REDACTED);
  }
  return clean;
}
