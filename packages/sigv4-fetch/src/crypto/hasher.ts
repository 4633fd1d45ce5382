// hasher.ts — the synchronous cryptography that signing and verifying need, behind one small interface.
// `#hasher` is node:crypto under the `node` condition and @aws-crypto/sha256-js elsewhere. WebCrypto is asynchronous and,
// measured, ten times slower per request (bench/signing), so it is not used.

/** A key schedule for HMAC-SHA256: made once for each signing key, then used for every request signed with it. */
export interface HmacKey {
  /**
   * HMAC-SHA256 of an ASCII message, in hex. The message comes in two parts because all but its last 64 characters stay
   * the same for a second: an implementation may keep what it prepared for the same `head`.
   */
  hex(head: string, tail: string): string;
}

/** An ECDSA P-256 key pair of SigV4A. */
export interface EcdsaKey {
  /** Signature over SHA-256 of an ASCII message: DER, in hex. Differs from call to call. */
  signHex(message: string): string;
  /** False for anything but a well-formed DER signature of the message by this key. Never throws. */
  verifyHex(message: string, signatureHex: string): boolean;
}

/** Synchronous SHA-256 and its relatives on one platform. */
export interface Hasher {
  /** SHA-256 of a string's UTF-8 bytes, in hex. */
  sha256Hex(text: string): string;
  /** HMAC-SHA256 of a string's UTF-8 bytes. */
  hmac(key: Uint8Array, message: string | Uint8Array): Uint8Array;
  hmacKey(key: Uint8Array): HmacKey;
  /** Compares two ASCII strings in time that depends on their lengths only. */
  equal(a: string, b: string): boolean;
  /** The key pair of a P-256 private scalar (32 bytes), or undefined where the platform cannot do ECDSA synchronously. */
  ecdsaKey(scalar: Uint8Array): EcdsaKey | undefined;
}
