// route.ts — connecting elsewhere than a request says, while signing for where it says: how a client meets an emulator.
import { SigningError } from '../errors.js';
import { type HostTest, hostTest } from './allowed-hosts.js';

/** One origin for all Lattice hosts, an origin by host name (`*.` in front for the names below it), or a function. */
export type RouteOption = string | Readonly<Record<string, string>> | ((url: URL) => string | undefined);

/** Where to connect for a URL; undefined: where it says. */
export type RouteTable = (url: URL) => string | undefined;

/**
 * Compiles a route option.
 *
 * @throws SigningError `ERR_SIGNING_OPTION` for a target that is not an http origin.
 */
export function routeTable(option: RouteOption | undefined): RouteTable | undefined {
  if (option === undefined || typeof option === 'function') return option;
  const lattice = hostTest();
  if (typeof option === 'string') {
    const origin = httpOrigin(option);
    return (url) => (lattice(url.hostname) ? origin : undefined);
  }
  const routes = Object.entries(option).map(([pattern, target]): [HostTest, string] => [
    hostTest([pattern], false),
    httpOrigin(target),
  ]);
  return (url) => routes.find(([matches]) => matches(url.hostname))?.[1];
}

function httpOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return url.origin;
  throw new SigningError('ERR_SIGNING_OPTION', '`route` takes origins such as `http://127.0.0.1:8080`');
}
