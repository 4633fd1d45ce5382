// allowed-hosts.ts — the hosts a signature may be made for. Everything else is refused before a credential is touched:
// a signature, and above all a session token, tells its receiver more than it should know.
import { SigningError } from '../errors.js';

/** A host name, `*.example.com` for any name below it, or a test of one's own. */
export type HostPattern = string | RegExp | ((host: string) => boolean);

/** Host patterns, compiled: true when the host (lower case, no port) is on the list. */
export type HostTest = (host: string) => boolean;

// SPEC: the names Lattice gives: <service>.<hash>.vpc-lattice-svcs.<region>.on.aws
const LATTICE_HOST = /^(?:[a-z0-9-]{1,63}\.){1,8}vpc-lattice-svcs\.([a-z]{2,4}(?:-[a-z0-9]+){2,4})\.on\.aws$/;

/** The region in a host name that Lattice gave; undefined for any other host. */
export function latticeRegion(host: string): string | undefined {
  return LATTICE_HOST.exec(host)?.[1];
}

/**
 * A test for Lattice's own names (unless `withLattice` is false) and those the caller adds.
 *
 * @throws SigningError `ERR_SIGNING_OPTION` for a pattern that is not a host name.
 */
export function hostTest(patterns: readonly HostPattern[] = [], withLattice = true): HostTest {
  const tests = patterns.map(compile);
  return (host) => (withLattice && LATTICE_HOST.test(host)) || tests.some((matches) => matches(host));
}

function compile(pattern: HostPattern): HostTest {
  if (typeof pattern === 'function') return pattern;
  if (pattern instanceof RegExp) {
    // A `g` or `y` flag would make the answer depend on the call before.
    const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
    return (host) => stateless.test(host);
  }
  const name = pattern.toLowerCase();
  const exact = name.startsWith('*.') ? name.slice(2) : name;
  const isName = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(exact) || /^\[[0-9a-f:.]+\]$/.test(exact);
  if (!isName) {
    throw new SigningError('ERR_SIGNING_OPTION', `\`hosts\` takes host names, not \`${pattern.slice(0, 80)}\``);
  }
  if (exact === name) return (host) => host === name;
  const suffix = name.slice(1);
  return (host) => host.length > suffix.length && host.endsWith(suffix);
}
