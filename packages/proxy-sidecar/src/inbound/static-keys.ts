// static-keys.ts: access keys that inbound signatures are verified with, from a JSON file: for tests, and for paths to the app
// that do not lead over Lattice. No message says anything of what stands in the file but its place.
import { readFileSync, statSync } from 'node:fs';
import type { Secret } from '@lattice-auth/sigv4-fetch/core';
import { SidecarError } from '../errors.js';

const FILE_BYTES_MAX = 1_048_576;

/** A key and whose it is. */
export interface StaticKey extends Secret {
  readonly accessKeyId: string;
  /** A principal of the stack by name, or an ARN. */
  readonly principal: string;
}

/** @throws {SidecarError} `ERR_SIDECAR_CONFIG` */
export function readStaticKeys(file: string): ReadonlyMap<string, StaticKey> {
  const entries = parse(file);
  const keys = new Map<string, StaticKey>();
  for (const [index, entry] of entries.entries()) {
    const key = keyFrom(entry);
    if (key === undefined) {
      throw wrong(
        file,
        `entry ${index + 1} must have \`accessKeyId\`, \`secretAccessKey\` and \`principal\`, all text`,
      );
    }
    if (keys.has(key.accessKeyId)) throw wrong(file, `entry ${index + 1} has an \`accessKeyId\` that stands before`);
    keys.set(key.accessKeyId, key);
  }
  return keys;
}

function parse(file: string): unknown[] {
  try {
    if (statSync(file).size > FILE_BYTES_MAX) throw wrong(file, `larger than ${FILE_BYTES_MAX} bytes`);
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (Array.isArray(value)) return value;
  } catch (error) {
    if (error instanceof SidecarError) throw error;
    // JSON.parse quotes what it could not read.
    const code = error instanceof Error && 'code' in error ? `cannot be read (${String(error.code)})` : 'is not JSON';
    throw wrong(file, code);
  }
  throw wrong(file, 'must be a list of keys');
}

function keyFrom(entry: unknown): StaticKey | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { accessKeyId, secretAccessKey, sessionToken, principal } = entry as Record<string, unknown>;
  const texts = [accessKeyId, secretAccessKey, principal].every((text) => typeof text === 'string' && text !== '');
  if (!texts || !(sessionToken === undefined || typeof sessionToken === 'string')) return undefined;
  return {
    accessKeyId: String(accessKeyId),
    secretAccessKey: String(secretAccessKey),
    sessionToken,
    principal: String(principal),
  };
}

function wrong(file: string, message: string): SidecarError {
  return new SidecarError('ERR_SIDECAR_CONFIG', `${file}: ${message}`);
}
