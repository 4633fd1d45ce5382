// sign.ts: puts a signature on a request: what an earlier one left behind goes, then SigV4 or SigV4A over the target and
// host that are sent, then nothing changes any more. Signed are host and `x-amz-*`, so that no later hop can break it.
import type { CredentialSet } from '@lattice-auth/sigv4-fetch';
import { type RawHeader, type SignedParts, type SigningOptions, signRequest } from '@lattice-auth/sigv4-fetch/core';
import type { SigningConfig } from '../config/sidecar-config.js';
import { SidecarError } from '../errors.js';
import type { Sealed } from '../http/gateway.js';
import { SIGNATURES_KEPT_MAX } from '../limits.js';
import type { SigningLog } from '../log/signing-log.js';

/** What signing needs to know of a destination. */
export interface SigningTarget {
  readonly signing: SigningConfig;
  readonly region: string | readonly string[];
}

// What the signature brings anew, and what frames the message: the connection writes that itself.
const REPLACED = new Set([
  'host',
  'content-length',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'x-amz-region-set',
]);

/** Signs; signatures of the current second are used again, since they would come out the same. */
export class RequestSigner {
  readonly #onSigned: SigningLog | undefined;
  #second = 0;
  #date = new Date(0);
  #credentials: CredentialSet | undefined;
  #kept = new Map<string, SignedParts>();

  constructor(onSigned?: SigningLog) {
    this.#onSigned = onSigned;
  }

  /**
   * The target and headers to send.
   *
   * @throws SidecarError `ERR_SIDECAR_SIGNING` for a request that cannot be signed.
   */
  sign(
    method: string,
    target: string,
    authority: string,
    headers: readonly string[],
    { signing, region }: SigningTarget,
    credentials: CredentialSet,
    nowMs: number,
  ): Sealed {
    const { kept, toSign } = prepareHeaders(headers, signing);
    const parts = this.#parts(method, target, authority, toSign, signing, region, credentials, nowMs);
    for (const [name, value] of parts.headers) kept.push(name, value);
    return { target: parts.target, headers: kept };
  }

  #parts(
    method: string,
    target: string,
    authority: string,
    toSign: readonly RawHeader[],
    signing: SigningConfig,
    region: string | readonly string[],
    credentials: CredentialSet,
    nowMs: number,
  ): SignedParts {
    const second = Math.floor(nowMs / 1_000);
    if (second !== this.#second || credentials !== this.#credentials) {
      this.#second = second;
      this.#date = new Date(nowMs);
      this.#credentials = credentials;
      this.#kept = new Map(); // a cleared one would keep what it held for as long as it is old
    }
    // INVARIANT: all that goes into a signature is in this key, or was compared above. A route has one way to sign.
    const { service, algorithm, placement, expiresSeconds } = signing;
    const key =
      toSign.length > 0
        ? undefined
        : `${method} ${authority} ${service} ${algorithm} ${placement} ${expiresSeconds} ${region} ${target}`;
    const before = key === undefined ? undefined : this.#kept.get(key);
    if (before !== undefined) return before;
    const parts = this.#signNow(
      { method, target, headers: [['host', authority], ...toSign] },
      signing,
      region,
      credentials,
    );
    if (key !== undefined && this.#kept.size < SIGNATURES_KEPT_MAX) this.#kept.set(key, parts);
    return parts;
  }

  #signNow(
    request: { method: string; target: string; headers: RawHeader[] },
    signing: SigningConfig,
    region: string | readonly string[],
    credentials: CredentialSet,
  ): SignedParts {
    const several = typeof region !== 'string' || region === '*';
    const useA = signing.algorithm === 'sigv4a' || (signing.algorithm === 'auto' && several);
    const options: SigningOptions = {
      credentials,
      date: this.#date,
      service: signing.service,
      placement: signing.placement,
      expiresSeconds: signing.expiresSeconds,
      ...(useA ? { algorithm: 'AWS4-ECDSA-P256-SHA256', regionSet: region } : { region: String(region) }),
    };
    try {
      const parts = signRequest(request, options);
      this.#onSigned?.(request, options);
      return parts;
    } catch (cause) {
      throw new SidecarError('ERR_SIDECAR_SIGNING', `the request cannot be signed: ${(cause as Error).message}`, {
        cause,
      });
    }
  }
}

/** The caller's headers as they go out, and those of them that are signed. */
function prepareHeaders(headers: readonly string[], signing: SigningConfig): { kept: string[]; toSign: RawHeader[] } {
  const { moveAuthorizationTo, strip, duplicateHeaders, customHeaders, placement } = signing;
  const kept: string[] = [];
  const toSign: RawHeader[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    const value = headers[i + 1] as string;
    const lower = name.toLowerCase();
    if (duplicateHeaders.length > 0 && duplicateHeaders.includes(lower)) kept.push(`x-original-${lower}`, value);
    if (strip.length > 0 && strip.includes(lower)) continue;
    if (lower === 'authorization') {
      if (moveAuthorizationTo !== undefined) kept.push(moveAuthorizationTo, value);
      else if (placement === 'query') kept.push(name, value);
      continue;
    }
    if (REPLACED.has(lower)) continue;
    if (lower.startsWith('x-amz-')) toSign.push([lower, value]);
    kept.push(name, value);
  }
  for (const name in customHeaders) {
    if (!has(kept, name)) kept.push(name, customHeaders[name] as string);
  }
  return { kept, toSign };
}

function has(flat: readonly string[], name: string): boolean {
  const lower = name.toLowerCase();
  for (let i = 0; i < flat.length; i += 2) if (flat[i]?.toLowerCase() === lower) return true;
  return false;
}
