// portable-hasher.ts — the hasher of platforms without node:crypto: pure JavaScript, synchronous, no ECDSA.
import { Sha256 } from '@aws-crypto/sha256-js';
import type { Hasher, HmacHex } from './hasher.js';

const utf8 = new TextEncoder();

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

function digest(message: string | Uint8Array, key?: string | Uint8Array): Uint8Array {
  const hash = new Sha256(typeof key === 'string' ? utf8.encode(key) : key);
  hash.update(typeof message === 'string' ? utf8.encode(message) : message);
  return hash.digestSync();
}

export const sha256Hex: Hasher['sha256Hex'] = (text) => hex(digest(text));

export const sha256: Hasher['sha256'] = (bytes) => digest(bytes);

export const sha256Before: Hasher['sha256Before'] = (tail) => (head) => sha256Hex(head + tail);

export const hmac: Hasher['hmac'] = (key, message) => digest(message, key);

export function hmacHex(key: Uint8Array): HmacHex {
  return (head, tail) => hex(digest(head + tail, key));
}

// No early exit: every byte of the longer string is looked at.
export function equal(a: string, b: string): boolean {
  const left = utf8.encode(a);
  const right = utf8.encode(b);
  let difference = left.length ^ right.length;
  for (let i = 0; i < Math.max(left.length, right.length); i++) difference |= (left[i] ?? 0) ^ (right[i] ?? 0);
  return difference === 0;
}

export function ecdsaSigner(): undefined {
  return undefined;
}

export function ecdsaVerifier(): undefined {
  return undefined;
}
