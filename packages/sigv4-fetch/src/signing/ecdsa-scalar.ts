// ecdsa-scalar.ts — the private key of SigV4A, derived from a secret access key (docs/signing.md, SIGN-60).
// NIST SP 800-108 in counter mode with HMAC-SHA256, repeated with the next counter until the result is below n - 1.
import { hasher } from '#hasher';

const LABEL = 'AWS4-ECDSA-P256-SHA256';
const N_MINUS_2 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254fn;
const COUNTER_MAX = 254;

const utf8 = new TextEncoder();

/** The 32-byte scalar of an access key; undefined in the case, never seen, that no counter gives one. */
export function ecdsaScalar(accessKeyId: string, secretAccessKey: string): Uint8Array | undefined {
  const key = utf8.encode(`AWS4A${secretAccessKey}`);
  for (let counter = 1; counter <= COUNTER_MAX; counter++) {
    const block = hasher.hmac(key, fixedInput(accessKeyId, counter));
    let candidate = 0n;
    for (const byte of block) candidate = (candidate << 8n) | BigInt(byte);
    if (candidate <= N_MINUS_2) return scalarBytes(candidate + 1n);
  }
  return undefined;
}

/** Block number 1, label, zero byte, context (access key id and counter), output length in bits. */
function fixedInput(accessKeyId: string, counter: number): Uint8Array {
  const label = utf8.encode(LABEL);
  const id = utf8.encode(accessKeyId);
  return Uint8Array.of(0, 0, 0, 1, ...label, 0, ...id, counter, 0, 0, 1, 0);
}

function scalarBytes(scalar: bigint): Uint8Array {
  const bytes = new Uint8Array(32);
  for (let i = 31, rest = scalar; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  return bytes;
}
