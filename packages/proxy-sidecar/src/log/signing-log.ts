// signing-log.ts: what was signed, for whoever has to find out why a signature is refused: the canonical request and the string
// to sign, without the session token and the signature. Off unless asked for: it signs everything a second time.
import { explainSignature, type RawRequest, type SigningOptions } from '@lattice-auth/sigv4-fetch/core';
import type { LogConfig } from '../config/sidecar-config.js';
import type { Logger } from './logger.js';

/** Called with each request that was signed anew. */
export type SigningLog = (request: RawRequest, options: SigningOptions) => void;

export function createSigningLog(config: LogConfig, logger: Logger): SigningLog | undefined {
  if (!config.signing) return undefined;
  return (request, options) => {
    const { canonicalRequest, stringToSign, signedHeaders } = explainSignature(request, options);
    logger.info('signed', { canonicalRequest, stringToSign, signedHeaders });
  };
}
