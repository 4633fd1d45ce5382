// contradictions.ts: what a schema cannot say: settings that need one another, cannot both be, or are no address after all.
import { isIP } from 'node:net';
import { type Document, isMapping } from './config-layer.js';
import type { Violation } from './describe-violation.js';
import type { ListenConfig, SidecarConfig } from './sidecar-config.js';
import { quote } from './wording.js';

/** Everything that does not go together. */
export function contradictions(config: SidecarConfig): Violation[] {
  return [
    ...destinations(config),
    ...judges(config),
    ...peers(config),
    ...extAuthz(config),
    ...listeners(config),
    ...headers(config),
  ];
}

const at = (dotted: string, message: string): Violation => ({
  pointer: `/${dotted.replaceAll('.', '/')}`,
  onKey: false,
  message: `${quote(dotted)} ${message}`,
});

/** A destination without its place, of a document that the schema accepts: it would be one that sends everywhere. */
export function incompleteDestination(document: Document): Violation[] {
  const destination = isMapping(document.outbound) ? document.outbound.destination : undefined;
  if (!isMapping(destination)) return [];
  const { mode, target, routes } = destination;
  if (mode === 'upstream' && !(isMapping(target) && target.connect !== undefined)) {
    return [at('outbound.destination', 'has mode `upstream` and needs `target.connect`')];
  }
  if (mode === 'routes' && routes === undefined) {
    return [at('outbound.destination', 'has mode `routes` and needs `routes`')];
  }
  return [];
}

function destinations({ outbound: { destination } }: SidecarConfig): Violation[] {
  if (destination.mode !== 'routes') return [];
  const names = new Set<string>();
  return destination.routes.flatMap(({ name }, index) => {
    const known = names.has(name);
    names.add(name);
    return known
      ? [at(`outbound.destination.routes.${index}.name`, `is ${quote(name)}, as that of another route`)]
      : [];
  });
}

function judges({ outbound, inbound, extAuthz, policies }: SidecarConfig): Violation[] {
  const found: Violation[] = [];
  if (outbound.enabled && outbound.preflight !== 'off') {
    const mode = quote(outbound.preflight);
    if (policies.stack === undefined) found.push(at('outbound.preflight', `is ${mode} and needs \`policies.stack\``));
    if (policies.caller === undefined) found.push(at('outbound.preflight', `is ${mode} and needs \`policies.caller\``));
  }
  const nothing = policies.stack === undefined && policies.inbound.length === 0;
  if (inbound.enabled && inbound.mode !== 'off' && nothing) {
    const needs = 'needs `policies.stack` or `policies.inbound`, or `inbound.mode: off`';
    found.push(at('inbound.mode', `is ${quote(inbound.mode)} and ${needs}`));
  }
  if (extAuthz.enabled && nothing) {
    found.push(at('extAuthz.enabled', 'is true and needs `policies.stack` or `policies.inbound`'));
  }
  if (!outbound.enabled && !inbound.enabled && !extAuthz.enabled) {
    found.push(at('outbound.enabled', 'is false, as are `inbound.enabled` and `extAuthz.enabled`'));
  }
  return found;
}

function peers({ inbound, extAuthz }: SidecarConfig): Violation[] {
  const lists = { inbound: inbound.trustedPeers, extAuthz: extAuthz.trustedPeers };
  return Object.entries(lists).flatMap(([listener, peers]) => misplacedPeers(listener, peers));
}

function misplacedPeers(listener: string, peers: readonly string[]): Violation[] {
  return peers.flatMap((peer, index) => {
    const [address = '', bits] = peer.split('/');
    const family = isIP(address);
    const most = family === 4 ? 32 : 128;
    if (family !== 0 && (bits === undefined || Number(bits) <= most)) return [];
    return [at(`${listener}.trustedPeers.${index}`, `is ${quote(peer)}, which is not an address or a CIDR block`)];
  });
}

function extAuthz({ extAuthz: { limits, http, principals } }: SidecarConfig): Violation[] {
  const found: Violation[] = [];
  if (limits.bodyBytes === 0) found.push(at('extAuthz.limits.bodyBytes', 'must not be 0: questions are read whole'));
  if (Object.hasOwn(principals, '')) {
    found.push(at('extAuthz.principals', 'must not name anybody for a peer without a certificate'));
  }
  if (http.peerHeader?.toLowerCase().startsWith('x-lattice-auth-') === false) {
    found.push(at('extAuthz.http.peerHeader', 'must begin with `x-lattice-auth-`, so that it is taken for no other'));
  }
  return found;
}

function listeners({ outbound, inbound, extAuthz, admin }: SidecarConfig): Violation[] {
  const all = [
    ['outbound.listen', outbound],
    ['inbound.listen', inbound],
    ['extAuthz.listen', extAuthz],
    ['admin.listen', admin],
  ] as const;
  const taken = new Map<string, string>();
  return all.flatMap(([name, { enabled, listen }]) => {
    const place = placeOf(listen);
    if (!enabled || place === undefined) return [];
    const other = taken.get(place);
    taken.set(place, name);
    return other === undefined ? [] : [at(name, `is ${quote(place)}, as ${quote(other)} is`)];
  });
}

function placeOf({ host, port, path }: ListenConfig): string | undefined {
  if (path !== undefined) return path;
  return port === 0 ? undefined : `${host}:${port}`;
}

/** Headers that cannot be added: they are ours, or say how the message is framed. */
const RESERVED = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'authorization',
  'upgrade',
  'te',
]);

function headers({ outbound }: SidecarConfig): Violation[] {
  return Object.keys(outbound.signing.customHeaders).flatMap((name) => {
    const lower = name.toLowerCase();
    if (!RESERVED.has(lower) && !lower.startsWith('x-amz-')) return [];
    return [at('outbound.signing.customHeaders', `must not have ${quote(name)}, which the sidecar sets itself`)];
  });
}
