// allow-list.ts: the hosts that requests are signed for. Everything else is refused before a credential is touched: in
// transparent mode the host is whatever a caller writes, and a signature with a session token is not for everybody.
import { SidecarError } from '../errors.js';

// SPEC: the names Lattice gives: <service>.<hash>.vpc-lattice-svcs.<region>.on.aws
const LATTICE_HOST = /^(?:[a-z0-9-]{1,63}\.){1,8}vpc-lattice-svcs\.([a-z]{2,4}(?:-[a-z0-9]+){2,4})\.on\.aws$/;

/** True for a host name (lower case, no port) on the list. */
export type HostTest = (host: string) => boolean;

/** The region in a host name that Lattice gave. */
export function latticeRegion(host: string): string | undefined {
  return LATTICE_HOST.exec(host)?.[1];
}

/** Lattice's own names, and these. */
export function allowList(patterns: readonly string[]): HostTest {
  const tests = patterns.map(hostPattern);
  return (host) => LATTICE_HOST.test(host) || tests.some((matches) => matches(host));
}

/**
 * A test for one name, or for all names below it (`*.example.com`).
 *
 * @throws SidecarError `ERR_SIDECAR_CONFIG` for a pattern that is neither.
 */
export function hostPattern(pattern: string): HostTest {
  const name = pattern.toLowerCase();
  const exact = name.startsWith('*.') ? name.slice(2) : name;
  if (!/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(exact) && !/^\[[0-9a-f:.]+\]$/.test(exact)) {
    throw new SidecarError('ERR_SIDECAR_CONFIG', `\`${pattern.slice(0, 80)}\` is not a host name`);
  }
  if (exact === name) return (host) => host === name;
  const suffix = name.slice(1);
  return (host) => host.length > suffix.length && host.endsWith(suffix);
}
