// router.ts: where a request goes: the address to connect to, the name for TLS, the host that is signed, and how it is
// signed. Decided from configuration and the request's host and path, before a credential is touched.
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import type {
  OutboundConfig,
  RouteConfig,
  RouteTarget,
  SigningConfig,
  TimeoutsConfig,
  UpstreamConfig,
} from '../config/sidecar-config.js';
import { SidecarError } from '../errors.js';
import { type Address, parseAddress } from './address.js';
import { allowList, type HostTest, hostPattern, latticeRegion } from './allow-list.js';
import type { OriginOptions } from './origin.js';

/** A destination, complete. */
export interface Destination {
  readonly route: string;
  /** Host (and port) that is signed and sent. */
  readonly authority: string;
  /** The same for all requests that may share connections. */
  readonly key: string;
  readonly origin: OriginOptions;
  readonly signing: SigningConfig;
  readonly region: string | readonly string[];
  readonly timeouts: TimeoutsConfig;
}

interface Row {
  readonly name: string;
  readonly fitsHost: HostTest | undefined;
  readonly pathPrefix: string | undefined;
  readonly connect: Address | undefined;
  readonly serverName: string | undefined;
  readonly signedHost: string | undefined;
  readonly upstream: UpstreamConfig;
  readonly ca: readonly string[] | undefined;
  readonly signing: SigningConfig;
  readonly timeouts: TimeoutsConfig;
}

const DESTINATIONS_KEPT_MAX = 1_024;

/** Finds destinations; the last ones are remembered by host. */
export class Router {
  readonly #rows: readonly Row[];
  readonly #allows: HostTest;
  readonly #config: OutboundConfig;
  readonly #fallbackRegion: string | undefined;
  readonly #kept = new Map<string, Destination>();
  readonly #byHostAlone: boolean;

  /** @throws SidecarError `ERR_SIDECAR_CONFIG` for addresses and names that are none. */
  constructor(config: OutboundConfig, fallbackRegion: string | undefined) {
    this.#config = config;
    this.#fallbackRegion = fallbackRegion;
    this.#allows = allowList(config.allow);
    this.#rows = routesOf(config).map((route) => row(route, config));
    this.#byHostAlone = this.#rows.every(({ pathPrefix }) => pathPrefix === undefined);
  }

  /** @throws SidecarError `ERR_SIDECAR_NO_ROUTE`, `ERR_SIDECAR_DESTINATION`, `ERR_SIDECAR_SIGNING` (no region). */
  find(authority: string, target: string): Destination {
    if (!this.#byHostAlone) return this.#find(authority, target);
    const before = this.#kept.get(authority);
    if (before !== undefined) return before;
    const destination = this.#find(authority, target);
    if (this.#kept.size >= DESTINATIONS_KEPT_MAX) this.#kept.clear();
    this.#kept.set(authority, destination);
    return destination;
  }

  #find(authority: string, target: string): Destination {
    const host = hostOf(authority);
    const path = target.split('?', 1)[0] as string;
    const fitting = this.#rows.find((one) => fits(one, host, path));
    if (fitting === undefined) throw new SidecarError('ERR_SIDECAR_NO_ROUTE', `no route for \`${authority}\``);
    const chosen = fitting.signedHost ?? authority;
    const chosenByUs = fitting.signedHost !== undefined || fitting.fitsHost !== undefined;
    if (!chosenByUs && !this.#allows(host)) {
      throw new SidecarError('ERR_SIDECAR_DESTINATION', `\`${host}\` is not on the allow-list`);
    }
    return this.#destination(fitting, chosen);
  }

  #destination(one: Row, authority: string): Destination {
    const address = one.connect ?? parseAddress(authority);
    const port = address.port ?? (one.upstream.scheme === 'https' ? 443 : 80);
    const signedName = hostOf(authority);
    const serverName = one.serverName ?? signedName;
    const region = one.signing.region ?? latticeRegion(signedName) ?? this.#fallbackRegion;
    if (region === undefined) throw new SidecarError('ERR_SIDECAR_SIGNING', `no region is known for \`${signedName}\``);
    return {
      route: one.name,
      authority,
      key: `${one.name} ${address.name}:${port} ${serverName}`,
      origin: {
        host: address.host,
        port,
        serverName,
        upstream: one.upstream,
        ca: one.ca,
        pool: this.#config.pool,
        connectMs: one.timeouts.connectMs,
      },
      signing: one.signing,
      region,
      timeouts: one.timeouts,
    };
  }
}

function routesOf({ destination }: OutboundConfig): readonly RouteConfig[] {
  if (destination.mode === 'routes') return destination.routes;
  if (destination.mode === 'host') return [{ name: 'default' }];
  const { target } = destination;
  return [{ ...target, name: 'default', signedHost: target.signedHost ?? target.connect }];
}

function row(route: RouteConfig & RouteTarget, config: OutboundConfig): Row {
  const upstream = { ...config.upstream, ...defined(route.upstream) };
  return {
    name: route.name,
    fitsHost: route.host === undefined ? undefined : hostPattern(route.host),
    pathPrefix: route.pathPrefix?.replace(/\/+$/, ''),
    connect: route.connect === undefined ? undefined : parseAddress(route.connect),
    serverName: route.serverName,
    signedHost: route.signedHost?.toLowerCase(),
    upstream,
    ca: upstream.tls.caFile === undefined ? undefined : [...rootCertificates, readCa(upstream.tls.caFile)],
    signing: { ...config.signing, ...defined(route.signing) },
    timeouts: { ...config.timeouts, ...defined(route.timeouts) },
  };
}

function defined<T extends object>(part: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(part ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function readCa(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SidecarError('ERR_SIDECAR_CONFIG', `cannot read the certificates in \`${path}\``, { cause });
  }
}

function fits({ fitsHost, pathPrefix }: Row, host: string, path: string): boolean {
  if (fitsHost !== undefined && !fitsHost(host)) return false;
  return pathPrefix === undefined || path === pathPrefix || path.startsWith(`${pathPrefix}/`);
}

function hostOf(authority: string): string {
  return authority.replace(/:\d+$/, '');
}
