// diagnose.ts — for a signature that does not hold: which other reading of the request it would hold for.
// Runs only on rejection. The number of readings is fixed, so that a bad signature costs a bounded amount of work.
import { UNSIGNED_PAYLOAD } from '../signing/options.js';
import { EMPTY_SHA256 } from './check-claim.js';
import type { Claim } from './claim.js';
import type { Received } from './received.js';
import { type Reading, recompute, type SignatureCheck } from './recompute.js';
import { hint } from './rejection.js';
import type { Hint, HintCode } from './verification.js';

type Variant = readonly [code: HintCode, changes: Partial<Reading>];

/** Hints for the first reading under which the signature holds; the secret is the suspect when there is none. */
export function diagnose(
  received: Received,
  claim: Claim,
  reading: Reading,
  check: SignatureCheck,
  bodyHash: string | undefined,
): Hint[] {
  const paths = pathVariants(reading);
  const others = otherVariants(received, claim, reading, bodyHash);
  const pairs = paths.flatMap((path) => others.map((other) => [path, other]));
  for (const variants of [...[...paths, ...others].map((one) => [one]), ...pairs]) {
    const changed = Object.assign({ ...reading }, ...variants.map(([, changes]) => changes));
    if (check(recompute(received, claim, changed).stringToSign)) {
      return variants.map(([code]) => hint(code, ': so read, the signature matches'));
    }
  }
  return [hint('wrong-secret', ', or a signed part was changed on the way: no other reading matches')];
}

function pathVariants({ pathEncoding, normalizePath }: Reading): Variant[] {
  const encodings: Variant[] = [
    ['path-encoded-twice', { pathEncoding: 'double' }],
    ['path-encoded-once', { pathEncoding: 'single' }],
    ['path-not-encoded', { pathEncoding: 'none' }],
  ];
  const found = encodings.filter(([, changes]) => changes.pathEncoding !== pathEncoding);
  found.push([normalizePath ? 'path-not-normalized' : 'path-normalized', { normalizePath: !normalizePath }]);
  return found;
}

function otherVariants(received: Received, claim: Claim, { host, payloadHash }: Reading, bodyHash?: string): Variant[] {
  const bare = host.replace(/:\d+$/, '');
  const hosts: Variant[] =
    bare === host
      ? [80, 443].map((port) => ['host-with-port', { host: `${host}:${port}` }])
      : [['host-without-port', { host: bare }]];
  const payloads: Variant[] = [
    ['body-hash', { payloadHash: bodyHash ?? payloadHash }],
    ['empty-body-hash', { payloadHash: EMPTY_SHA256 }],
    ['unsigned-payload', { payloadHash: UNSIGNED_PAYLOAD }],
  ];
  const found = [...hosts, ...payloads.filter(([, changes]) => changes.payloadHash !== payloadHash)];
  if (received.query.includes('+')) found.push(['plus-as-space', { plusAsSpace: true }]);
  if (claim.placement === 'query') {
    found.push(['token-not-signed', { leaveOut: /^X-Amz-Security-Token / }]);
    found.push(['query-left-out', { leaveOut: /^(?!X-Amz-)/ }]);
  } else if (received.query !== '') {
    found.push(['query-left-out', { leaveOut: /^/ }], ['query-as-sent', { queryAsSent: true }]);
  }
  return found;
}
