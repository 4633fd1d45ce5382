// diagnose.ts — for a signature that does not hold: which other reading of the request it would hold for.
// Runs only on rejection. The number of readings is fixed, so that a bad signature costs a bounded amount of work.
import { UNSIGNED_PAYLOAD } from '../signing/options.js';
import type { Claim } from './claim.js';
import type { Received } from './received.js';
import { type Reading, recompute, type SignatureCheck } from './recompute.js';
import type { Hint, HintCode } from './verification.js';

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

interface Variant {
  readonly changes: Partial<Reading>;
  readonly hints: readonly Hint[];
}

/** Hints for the first reading under which the signature holds; the secret is the suspect when there is none. */
export function diagnose(
  received: Received,
  claim: Claim,
  reading: Reading,
  check: SignatureCheck,
  bodyHash?: string,
): Hint[] {
  for (const { changes, hints } of variants(received, claim, reading, bodyHash)) {
    if (check(recompute(received, claim, { ...reading, ...changes }).stringToSign)) return [...hints];
  }
  return [
    {
      code: 'wrong-secret',
      message:
        'no other reading of the request matches: the secret is likely wrong, or a signed part was changed on the way',
    },
  ];
}

function variants(received: Received, claim: Claim, reading: Reading, bodyHash: string | undefined): Variant[] {
  const paths = pathVariants(reading);
  const others = [
    ...queryVariants(received, claim),
    ...hostVariants(reading.host),
    ...payloadVariants(reading, bodyHash),
  ];
  const pairs = paths.flatMap((path) =>
    others.map((other) => ({ changes: { ...path.changes, ...other.changes }, hints: [...path.hints, ...other.hints] })),
  );
  return [...paths, ...others, ...pairs];
}

function variant(changes: Partial<Reading>, code: HintCode, message: string): Variant {
  return { changes, hints: [{ code, message }] };
}

function pathVariants({ pathEncoding, normalizePath }: Reading): Variant[] {
  const found: Variant[] = [];
  if (pathEncoding !== 'double')
    found.push(variant({ pathEncoding: 'double' }, 'path-encoded-twice', 'matches with the path encoded twice'));
  if (pathEncoding !== 'single')
    found.push(variant({ pathEncoding: 'single' }, 'path-encoded-once', 'matches with the path encoded once'));
  if (pathEncoding !== 'none')
    found.push(
      variant({ pathEncoding: 'none' }, 'path-not-encoded', 'matches with the path not encoded by the signer'),
    );
  const other = normalizePath
    ? variant(
        { normalizePath: false },
        'path-not-normalized',
        'matches with dot segments and empty segments left in the path',
      )
    : variant(
        { normalizePath: true },
        'path-normalized',
        'matches with dot segments and empty segments removed from the path',
      );
  return [...found, other];
}

function queryVariants(received: Received, claim: Claim): Variant[] {
  if (received.query === '') return [];
  const found = [variant({ query: 'none' }, 'query-left-out', 'matches without the query: the signer left it out')];
  found.push(
    variant(
      { query: 'sorted-before-encoding' },
      'query-sorted-before-encoding',
      'matches with the query sorted before it was encoded',
    ),
  );
  if (received.query.includes('+')) {
    found.push(
      variant({ plus: 'space' }, 'plus-as-space', 'matches with `+` in the query read as a space; send `%20` instead'),
    );
  }
  if (claim.placement === 'query' && claim.sessionToken !== undefined) {
    found.push(
      variant(
        { query: 'without-token' },
        'token-not-signed',
        'matches without the session token, which was added after signing',
      ),
    );
  }
  return found;
}

function hostVariants(host: string): Variant[] {
  const bare = host.replace(/:\d+$/, '');
  if (bare !== host) {
    return [variant({ host: bare }, 'host-without-port', 'matches with the host without its port: sign what is sent')];
  }
  return ['80', '443'].map((port) =>
    variant(
      { host: `${host}:${port}` },
      'host-with-port',
      `matches with the host as \`host:${port}\`: sign what is sent`,
    ),
  );
}

function payloadVariants({ payloadHash }: Reading, bodyHash: string | undefined): Variant[] {
  const found: Variant[] = [];
  if (bodyHash !== undefined && bodyHash !== payloadHash) {
    found.push(
      variant({ payloadHash: bodyHash }, 'body-hash', "matches with the body's hash where UNSIGNED-PAYLOAD was due"),
    );
  }
  if (payloadHash !== EMPTY_SHA256) {
    found.push(variant({ payloadHash: EMPTY_SHA256 }, 'empty-body-hash', 'matches with the hash of an empty body'));
  }
  if (payloadHash !== UNSIGNED_PAYLOAD) {
    found.push(
      variant(
        { payloadHash: UNSIGNED_PAYLOAD },
        'unsigned-payload',
        'matches with UNSIGNED-PAYLOAD as the payload hash',
      ),
    );
  }
  return found;
}
