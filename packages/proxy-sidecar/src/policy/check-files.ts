// check-files.ts: for `--check-config`: can the files that the configuration names be used? Reads them all, opens nothing.
import { readFileSync } from 'node:fs';
import type { ListenTlsConfig, SidecarConfig } from '../config/sidecar-config.js';
import { SidecarError } from '../errors.js';
import { readStaticKeys } from '../inbound/static-keys.js';
import { readPolicies } from './policy-set.js';

/** What is wrong with policies, keys and certificates; one line each. */
export async function unusableFiles(config: SidecarConfig): Promise<string[]> {
  const { inbound, outbound, extAuthz, policies } = config;
  const preflighted = outbound.enabled && outbound.preflight !== 'off';
  const judged = preflighted || (inbound.enabled && inbound.mode !== 'off') || extAuthz.enabled;
  const read = judged ? await readPolicies({ files: policies, service: inbound.service }) : undefined;
  const found = read?.kind === 'unusable' ? [...read.problems] : [];
  for (const { enabled, verify } of [inbound, extAuthz]) {
    if (enabled && verify !== undefined) found.push(...problemsOfKeys(verify.keysFile));
  }
  const certificates = [outbound, inbound, extAuthz].flatMap(({ enabled, tls }) =>
    enabled && tls ? filesOf(tls) : [],
  );
  const authorities = outbound.enabled ? [outbound.upstream.tls.caFile ?? []].flat() : [];
  return [...found, ...[...certificates, ...authorities].flatMap(unreadable)];
}

function filesOf({ certFile, keyFile, clientCaFile }: ListenTlsConfig): string[] {
  return [certFile, keyFile, ...(clientCaFile === undefined ? [] : [clientCaFile])];
}

function problemsOfKeys(file: string): string[] {
  try {
    readStaticKeys(file);
    return [];
  } catch (error) {
    if (error instanceof SidecarError) return [error.message];
    throw error;
  }
}

function unreadable(file: string): string[] {
  try {
    const isPem = readFileSync(file, 'utf8').includes('-----BEGIN ');
    return isPem ? [] : [`${file}: not a PEM file`];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return [`${file}: cannot be read (${code})`];
  }
}
