// ecdsa-scalar.ts — the private key of SigV4A, derived from a secret access key (docs/signing.md, SIGN-60).
// NIST SP 800-108 in counter mode with HMAC-SHA256, repeated with the next counter until the result is below n - 1.
import { hmac } from '#hasher';

const N_MINUS_2 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254fn;
const COUNTER_MAX = 254;

/** The 32-byte scalar of an access key; undefined in the case, never seen, that no counter gives one. */
export function ecdsaScalar(accessKeyId: string, secretAccessKey: string): Uint8Array | undefined {
  for (let counter = 1; counter <= COUNTER_MAX; counter++) {
    // Block number 1, label, zero byte, context (access key id and counter), output length in bits. All ASCII.
    const input = `\0\0\0\x01AWS4-ECDSA-P256-SHA256\0${accessKeyId}${String.fromCharCode(counter)}\0\0\x01\0`;
    const bytes = Uint8Array.from(input, (char) => char.charCodeAt(0));
    let rest = 0n;
    for (const byte of hmac(`AWS4A${secretAccessKey}`, bytes)) rest = (rest << 8n) | BigInt(byte);
    if (rest > N_MINUS_2) continue;
    rest += 1n;
    const scalar = new Uint8Array(32);
    for (let i = 31; i >= 0; i--, rest >>= 8n) scalar[i] = Number(rest & 0xffn);
    return scalar;
  }
  return undefined;
}
