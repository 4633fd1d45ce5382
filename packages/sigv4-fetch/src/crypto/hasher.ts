// hasher.ts — the synchronous cryptography that signing and verifying need: the shape of what `#hasher` exports.
// `#hasher` is node:crypto under the `node` condition and @aws-crypto/sha256-js elsewhere. WebCrypto is asynchronous and,
// measured, ten times slower per request (bench/signing), so it is not used.

/**
 * HMAC-SHA256 with a prepared key, of an ASCII message, in hex. The message comes in two parts because all but its last
 * 64 characters stay the same for a second: an implementation may keep what it prepared for the same `head`, whose tails
 * are all of one length.
 */
export type HmacHex = (head: string, tail: string) => string;

/** ECDSA P-256 over SHA-256 of an ASCII message in two parts: a DER signature, in hex. Differs from call to call. */
export type EcdsaSign = (head: string, tail: string) => string;

/** False for anything but a well-formed DER signature (in hex) of the message. Never throws. */
export type EcdsaVerify = (message: string, signatureHex: string) => boolean;

/** Synchronous SHA-256 and its relatives on one platform. Single functions, so that bundlers drop what is not used. */
export interface Hasher {
  /** SHA-256 of a string's UTF-8 bytes, in hex. */
  sha256Hex(text: string): string;
  /** SHA-256 of bytes. */
  sha256(bytes: Uint8Array): Uint8Array;
  /** The same as {@link sha256Hex}, for texts that all have this end. */
  sha256Before(tail: string): (head: string) => string;
  /** HMAC-SHA256; strings stand for their UTF-8 bytes. */
  hmac(key: string | Uint8Array, message: string | Uint8Array): Uint8Array;
  hmacHex(key: Uint8Array): HmacHex;
  /** Compares two strings in time that depends on their lengths only. */
  equal(a: string, b: string): boolean;
  /** Signer of a P-256 private scalar (32 bytes); undefined where the platform cannot do ECDSA synchronously. */
  ecdsaSigner(scalar: Uint8Array): EcdsaSign | undefined;
  /** Verifier for a P-256 private scalar's public key; undefined as above. */
  ecdsaVerifier(scalar: Uint8Array): EcdsaVerify | undefined;
}
