// ecdsa-scalar.ts — the private key of SigV4A, derived from a secret access key (docs/signing.md, SIGN-60).
// NIST SP 800-108 in counter mode with HMAC-SHA256, repeated with the next counter until the result is below n - 1.
import { hmac } from '#hasher';

// The order n of the curve, less two, as a string of bytes: such strings of one length compare as their numbers do.
const N_MINUS_2 =
  '\xff\xff\xff\xff\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xbc\xe6\xfa\xad\xa7\x17\x9e\x84\xf3\xb9\xca\xc2\xfc\x63\x25\x4f';

/** The 32-byte scalar of an access key. */
export function ecdsaScalar(accessKeyId: string, secretAccessKey: string): Uint8Array {
  // The first counter gives one but for one key in 2^32; the specification's end at 254 is never reached.
  for (let counter = 1; ; counter++) {
    // Block number 1, label, zero byte, context (access key id and counter), output length in bits. All ASCII.
    const input = `\0\0\0\x01AWS4-ECDSA-P256-SHA256\0${accessKeyId}${String.fromCharCode(counter)}\0\0\x01\0`;
    const scalar = Uint8Array.from(
      hmac(
        `AWS4A${secretAccessKey}`,
        Uint8Array.from(input, (char) => char.charCodeAt(0)),
      ),
    );
    if (String.fromCharCode(...scalar) > N_MINUS_2) continue;
    // Plus one, with the carry.
    for (let i = 31; i >= 0; i--) {
      scalar[i] = (scalar[i] as number) + 1;
      if (scalar[i] !== 0) return scalar;
    }
  }
}
