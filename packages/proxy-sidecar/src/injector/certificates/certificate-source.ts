// certificate-source.ts: where the webhook's certificate comes from: files, which cert-manager or Helm write, or the injector
// itself (rotate.ts). Either way there is a first one before anything listens, and later ones.
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecureContextOptions } from 'node:tls';
import { SidecarError } from '../../errors.js';
import type { Logger } from '../../log/logger.js';
import type { ProxyRun } from '../../run-proxy.js';
import { followTlsFiles, readTlsFiles } from '../../tls-files.js';
import type { InjectorFlags } from '../injector-flags.js';
import type { CallApiserver } from './apiserver.js';
import type { CertifiedKey } from './make-certificates.js';
import type { RotationOptions } from './rotate.js';

/** The first certificate, and how to hear of others. */
export interface CertificateSource {
  readonly tls: SecureContextOptions;
  /** Returns what ends it. */
  follow(renew: (tls: SecureContextOptions) => void): () => void;
}

/** The apiserver may be slow to grant what the chart has just said: about a minute in all. */
const FIRST_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 5_000;

/**
 * The source that the flags name. `account` is the folder of the service account, where it is not the usual one.
 *
 * @throws {SidecarError} `ERR_SIDECAR_CONFIG`, `ERR_SIDECAR_LISTEN`
 */
export async function certificateOf(
  { env }: Pick<ProxyRun, 'env'>,
  flags: InjectorFlags,
  logger: Logger,
  account?: string,
): Promise<CertificateSource> {
  const { tlsCertFile, tlsKeyFile, certificateSecret } = flags;
  if (certificateSecret !== undefined) {
    const target = targetOf(flags, certificateSecret);
    // Only now: what makes certificates is not loaded by those who bring theirs.
    const { clusterApiserver } = await import('./apiserver.js');
    return await ownCertificate(clusterApiserver(env, account), target, logger);
  }
  if (tlsCertFile === undefined || tlsKeyFile === undefined) {
    throw new SidecarError(
      'ERR_SIDECAR_CONFIG',
      'a webhook needs --tls-cert-file and --tls-key-file, or --certificate-secret',
    );
  }
  const files = { certFile: tlsCertFile, keyFile: tlsKeyFile };
  return { tls: readTlsFiles(files), follow: (renew) => followTlsFiles(files, renew, logger) };
}

type Target = Pick<RotationOptions, 'namespace' | 'secret' | 'webhook' | 'hosts'>;

function targetOf({ certificateHost: host, webhook }: InjectorFlags, secretName: string): Target {
  const [namespace = '', secret = '', ...rest] = secretName.split('/');
  const named = /^[a-z0-9-]+$/.test(namespace) && /^[a-z0-9.-]+$/.test(secret) && rest.length === 0;
  if (!named || host === undefined || webhook === undefined) {
    const needs = '--certificate-secret is `namespace/name`, and needs --certificate-host and --webhook';
    throw new SidecarError('ERR_SIDECAR_CONFIG', needs);
  }
  return { namespace, secret, webhook, hosts: [host, `${host}.cluster.local`] };
}

async function ownCertificate(call: CallApiserver, target: Target, logger: Logger): Promise<CertificateSource> {
  const { LIFETIMES } = await import('./kept-certificates.js');
  const { ensureCertificates, followCertificates } = await import('./rotate.js');
  const options = { ...target, call, lifetimes: LIFETIMES, now: Date.now };
  const first = await firstOf(() => ensureCertificates(options), logger);
  const tlsOf = ({ certificate, key }: CertifiedKey) => ({ cert: certificate, key });
  return {
    tls: tlsOf(first),
    follow: (renew) => followCertificates(options, first, (next) => renew(tlsOf(next)), logger),
  };
}

async function firstOf(ensure: () => Promise<CertifiedKey>, logger: Logger): Promise<CertifiedKey> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ensure();
    } catch (cause) {
      logger.error('the certificate of the webhook cannot be made', { error: cause });
      if (attempt === FIRST_ATTEMPTS) {
        throw new SidecarError('ERR_SIDECAR_LISTEN', 'there is no certificate to listen with', { cause });
      }
    }
    await sleep(FIRST_PAUSE_MS);
  }
}
