// tls-files.ts: certificate and key of a listener, from their files; read again when they change, since both cert-manager
// and ACM's agents replace them while the process runs.
import { readFileSync, statSync } from 'node:fs';
import type { SecureContextOptions } from 'node:tls';
import type { ListenTlsConfig } from './config/sidecar-config.js';
import { SidecarError } from './errors.js';
import type { Logger } from './log/logger.js';

const LOOK_MS = 10_000;

/** The files' contents. */
export function readTlsFiles({ certFile, keyFile, clientCaFile }: ListenTlsConfig): SecureContextOptions & {
  requestCert?: boolean;
} {
  try {
    const pair = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
    return clientCaFile === undefined ? pair : { ...pair, ca: readFileSync(clientCaFile), requestCert: true };
  } catch (cause) {
    throw new SidecarError('ERR_SIDECAR_LISTEN', 'cannot read the certificate or key of a listener', { cause });
  }
}

/** Looks at the files now and then; a pair that cannot be used leaves the last one in place. */
export function followTlsFiles(
  config: ListenTlsConfig,
  renew: (tls: SecureContextOptions) => void,
  logger: Logger,
): () => void {
  let seen = stamp(config);
  const timer = setInterval(() => {
    const now = stamp(config);
    if (now === seen) return;
    seen = now;
    try {
      renew(readTlsFiles(config));
      logger.info('the certificate of a listener is renewed', { file: config.certFile });
    } catch (error) {
      logger.error('the new certificate of a listener cannot be used', { file: config.certFile, error });
    }
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function stamp({ certFile, keyFile, clientCaFile }: ListenTlsConfig): string {
  const files = [certFile, keyFile, ...(clientCaFile === undefined ? [] : [clientCaFile])];
  return files
    .map((file) => {
      const { mtimeMs = 0, size = 0, ino = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
      return `${ino} ${mtimeMs} ${size}`;
    })
    .join();
}
