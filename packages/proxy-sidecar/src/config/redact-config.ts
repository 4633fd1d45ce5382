// redact-config.ts: the configuration as it may be shown: without what could be a secret. Nothing in it should be one, but a
// header that is added can hold a key, and an address can hold a password.
import type { SidecarConfig } from './sidecar-config.js';

const REDACTED = '[redacted]';

/** A copy for `/config` and the log. */
export function redactConfig(config: SidecarConfig): unknown {
  return redact(config);
}

function redact(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/(\/\/)[^/@\s]+@/g, `$1${REDACTED}@`);
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'customHeaders') return [key, Object.fromEntries(Object.keys(inner).map((name) => [name, REDACTED]))];
      return [key, key === 'externalId' ? REDACTED : redact(inner)];
    }),
  );
}
