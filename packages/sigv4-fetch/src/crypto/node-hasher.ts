// node-hasher.ts — the hasher of Node: one-shot `crypto.hash`, and HMAC as two of them over prepared pads.
// `createHmac` with a raw key costs five times as much on Node 24 (bench/signing), so it is used for key derivation only.
import * as crypto from 'node:crypto';
import type { EcdsaKey, Hasher, HmacKey } from './hasher.js';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;

// A closure and not a class: inspecting or serializing it shows no key material.
function hmacKey(key: Uint8Array): HmacKey {
  const short = key.length > BLOCK_BYTES ? crypto.createHash('sha256').update(key).digest() : key;
  let inner = Buffer.alloc(BLOCK_BYTES);
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);
  for (let i = 0; i < BLOCK_BYTES; i++) {
    const byte = short[i] ?? 0;
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  let innerHead = '';
  return {
    hex(head, tail) {
      const length = BLOCK_BYTES + head.length + tail.length;
      if (head !== innerHead || inner.length !== length) {
        inner = Buffer.concat([inner.subarray(0, BLOCK_BYTES)], length);
        inner.write(head, BLOCK_BYTES, 'latin1');
        innerHead = head;
      }
      inner.write(tail, BLOCK_BYTES + head.length, 'latin1');
      // A digest as a binary string costs no Buffer allocation: a third of the time of this function (bench/signing).
      outer.write(crypto.hash('sha256', inner, 'binary'), BLOCK_BYTES, 'latin1');
      return crypto.hash('sha256', outer, 'hex');
    },
  };
}

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a, 'utf8');
  const right = Buffer.from(b, 'utf8');
  return left.length === right.length && crypto.timingSafeEqual(left, right);
}

function ecdsaKey(scalar: Uint8Array): EcdsaKey {
  const ecdh = crypto.createECDH('prime256v1');
  ecdh.setPrivateKey(scalar);
  const point = ecdh.getPublicKey();
  const coordinates = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const d = Buffer.from(scalar).toString('base64url');
  const privateKey = crypto.createPrivateKey({ key: { ...coordinates, d }, format: 'jwk' });
  const publicKey = crypto.createPublicKey({ key: coordinates, format: 'jwk' });
  return {
    signHex: (message) => crypto.sign('sha256', Buffer.from(message, 'utf8'), privateKey).toString('hex'),
    verifyHex(message, signatureHex) {
      try {
        return crypto.verify('sha256', Buffer.from(message, 'utf8'), publicKey, Buffer.from(signatureHex, 'hex'));
      } catch {
        return false;
      }
    },
  };
}

/** SHA-256, HMAC and ECDSA by `node:crypto`. */
export const hasher: Hasher = {
  sha256Hex: (text) => crypto.hash('sha256', text, 'hex'),
  hmac: (key, message) => crypto.createHmac('sha256', key).update(message).digest(),
  hmacKey,
  equal,
  ecdsaKey,
};
