// verify-request.ts — is this request signed, by which key, and does the signature hold? The order of the checks is that
// of docs/signing.md, VERIFY-2. Total: whatever comes in, one of three results goes out.
import { equal } from '#hasher';
import type { RawRequest } from '../canonical/raw-request.js';
import { acceptedPayloadHashes, checkScope, checkSignedHeaders, checkTime } from './check-claim.js';
import { type Claim, readClaim } from './claim.js';
import { diagnose } from './diagnose.js';
import { hostOf, receive } from './received.js';
import { type Reading, type Recomputed, recompute, signatureCheck } from './recompute.js';
import { complete, Rejection, valid } from './rejection.js';
import type { RejectedVerification, Secret, Verification, VerifyOptions } from './verification.js';

// Stands in for the secret of an unknown key, so that its rejection takes as long as any other.
const NO_SECRET: Secret = { secretAccessKey: 'no-such-access-key-no-such-access-key-no' };
const INVALID_TOKEN = 'The security token included in the request is ';
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** What is known of a request by the time it is rejected: it goes into the diagnosis. */
interface Progress {
  claim?: Claim;
  texts?: Recomputed;
  secret?: Secret;
}

/**
 * Verifies the signature of a received request.
 *
 * A request without a signature is `anonymous`, whatever else it carries (a bearer token, say). A request with a
 * signature that does not hold is `rejected`, never anonymous. Never throws. Keeps nothing between calls but the key last
 * derived from each {@link Secret}, for as long as `lookup` gives that same object.
 *
 * `message` is AWS's own text, fit to be sent. `diagnosis` is for logs: it tells a signer's author what to change, and
 * would tell an attacker as much.
 *
 * @example
 * const verification = verifyRequest(
 *   { method: 'GET', target: '/parking', headers },
 *   { lookup: (id) => secrets.get(id), now: new Date(), service: 'vpc-lattice-svcs', region: 'eu-west-1' },
 * );
 */
export function verifyRequest(request: RawRequest, options: VerifyOptions): Verification {
  const progress: Progress = {};
  try {
    return verify(request, options, progress);
  } catch (thrown) {
    return rejected(thrown instanceof Rejection ? thrown : internalFailure(), options, progress);
  }
}

function verify(request: RawRequest, options: VerifyOptions, progress: Progress): Verification {
  const received = receive(request);
  const claim = readClaim(received);
  if (claim === undefined) return { kind: 'anonymous' };
  progress.claim = claim;
  checkSignedHeaders(claim, received, options);
  const hashes = acceptedPayloadHashes(received, options);
  const { pathEncoding = 'double', normalizePath = true, region } = options;
  const reading: Reading = { pathEncoding, normalizePath, host: hostOf(received), payloadHash: hashes[0] ?? '' };
  const texts = recompute(received, claim, reading);
  progress.texts = texts;
  checkScope(claim, options);
  const nowMs = Number(options.now);
  checkTime(claim, nowMs, options);

  const known = options.lookup(claim.accessKeyId);
  // INVARIANT: an unknown key is never replaced by anything that a caller could know; its signature counts for nothing.
  const secret = known ?? NO_SECRET;
  progress.secret = secret;
  if (typeof secret.secretAccessKey !== 'string' || secret.secretAccessKey === '') throw internalFailure();
  const check = signatureCheck(claim, secret);
  complete(check, () => `Unsupported AWS 'algorithm': '${claim.algorithm}'.`);
  const payloadHash = hashes.find((hash) => {
    const same = hash === reading.payloadHash;
    return check((same ? texts : recompute(received, claim, { ...reading, payloadHash: hash })).stringToSign);
  });
  const tokenMatches = equal(secret.sessionToken ?? '', claim.sessionToken ?? '');
  if (!known || !tokenMatches) throw new Rejection('UnrecognizedClientException', `${INVALID_TOKEN}invalid.`);
  const { diagnose: wanted = true } = options;
  if (payloadHash === undefined) {
    valid(false, MISMATCH, () => (wanted ? diagnose(received, claim, reading, check, options.payloadHash) : []));
  }
  if (known.expiration && !(nowMs < known.expiration.getTime())) {
    throw new Rejection('ExpiredTokenException', `${INVALID_TOKEN}expired`);
  }
  const { accessKeyId, algorithm, placement, service, regionSet, signedHeaders, signedMs, sessionToken } = claim;
  return {
    kind: 'signed',
    accessKeyId,
    algorithm,
    placement,
    date: new Date(signedMs),
    region,
    service,
    regionSet,
    signedHeaders,
    payloadHash,
    sessionToken: sessionToken !== undefined,
  };
}

function internalFailure(): Rejection {
  return new Rejection('InternalFailure', 'The request could not be verified.');
}

function rejected({ code, text, hints }: Rejection, options: VerifyOptions, progress: Progress): RejectedVerification {
  const { claim, texts } = progress;
  const clean = (dirty: string) => redact(dirty, progress);
  const reason = clean(text);
  return {
    kind: 'rejected',
    code,
    message: `${code}: ${reason}`,
    diagnosis: {
      reason,
      hints: hints.map((hint) => ({ code: hint.code, message: clean(hint.message) })),
      clockOffsetSeconds: claim && Math.round((claim.signedMs - Number(options.now)) / 1000),
      canonicalRequest: texts && clean(texts.canonicalRequest),
      stringToSign: texts && clean(texts.stringToSign),
    },
  };
}

// Tokens by where they stand; secrets by what they are, for a client that sends its secret in some other place.
function redact(text: string, { secret }: Progress): string {
  let clean = text.replace(/(x-amz-security-token[:=])[^&\n]*/gi, '$1[redacted]');
  for (const hidden of [secret?.secretAccessKey, secret?.sessionToken]) {
    if (hidden) clean = clean.replaceAll(hidden, '[redacted]');
  }
  return clean;
}
