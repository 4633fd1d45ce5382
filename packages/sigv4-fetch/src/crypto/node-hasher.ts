// node-hasher.ts — the hasher of Node: one-shot `crypto.hash`, and HMAC as two of them over prepared pads.
// `createHmac` with a raw key costs five times as much on Node 24 (bench/signing), so it is used for key derivation only.
import * as crypto from 'node:crypto';
import type { EcdsaSign, EcdsaVerify, Hasher, HmacHex } from './hasher.js';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** Method, path and query of nearly all requests are shorter. */
const HEAD_BYTES_MAX = 2_048;
// ECPrivateKey of RFC 5915 around a 32-byte scalar, with the curve P-256 named and the public key left out.
const SEC1_HEAD = '30310201010420';
const SEC1_TAIL = 'a00a06082a8648ce3d030107';

export const sha256Hex: Hasher['sha256Hex'] = (text) => crypto.hash('sha256', text, 'hex');

export const sha256: Hasher['sha256'] = (bytes) => crypto.hash('sha256', bytes, 'buffer');

// The end stays in a buffer, and each text is written in front of it: most of a canonical request is a session token, and
// copying it for every signature makes more garbage than all the rest (bench/signing).
export function sha256Before(tail: string): (head: string) => string {
  const buffer = Buffer.concat([Buffer.alloc(HEAD_BYTES_MAX), Buffer.from(tail)]);
  return (head) => {
    const start = HEAD_BYTES_MAX - Buffer.byteLength(head);
    if (start < 0) return sha256Hex(head + tail);
    buffer.write(head, start);
    return crypto.hash('sha256', buffer.subarray(start), 'hex');
  };
}

export const hmac: Hasher['hmac'] = (key, message) => crypto.createHmac('sha256', key).update(message).digest();

// A closure and not a class: inspecting or serializing it shows no key material. Keys are at most one block long.
export function hmacHex(key: Uint8Array): HmacHex {
  const block = Buffer.concat([key], BLOCK_BYTES);
  const innerPad = block.map((byte) => byte ^ 0x36);
  const outer = Buffer.concat([block.map((byte) => byte ^ 0x5c)], BLOCK_BYTES + DIGEST_BYTES);
  let inner = block;
  let innerHead: string | undefined;
  return (head, tail) => {
    if (head === innerHead) inner.write(tail, BLOCK_BYTES + head.length, 'latin1');
    else inner = Buffer.concat([innerPad, Buffer.from(head + tail)]);
    innerHead = head;
    // A digest as a binary string costs no Buffer allocation: a third of the time of this function (bench/signing).
    outer.write(crypto.hash('sha256', inner, 'binary'), BLOCK_BYTES, 'latin1');
    return crypto.hash('sha256', outer, 'hex');
  };
}

export function equal(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && crypto.timingSafeEqual(left, right);
}

function privateKey(scalar: Uint8Array): crypto.KeyObject {
  const key = Buffer.from(SEC1_HEAD + Buffer.from(scalar).toString('hex') + SEC1_TAIL, 'hex');
  return crypto.createPrivateKey({ key, format: 'der', type: 'sec1' });
}

export function ecdsaSigner(scalar: Uint8Array): EcdsaSign {
  const key = privateKey(scalar);
  return (head, tail) => crypto.sign('sha256', Buffer.from(head + tail), key).toString('hex');
}

export function ecdsaVerifier(scalar: Uint8Array): EcdsaVerify {
  const key = crypto.createPublicKey(privateKey(scalar).export({ type: 'sec1', format: 'pem' }));
  return (message, signatureHex) => {
    try {
      return crypto.verify('sha256', Buffer.from(message), key, Buffer.from(signatureHex, 'hex'));
    } catch {
      return false;
    }
  };
}
