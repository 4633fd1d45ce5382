// complete-config.ts: a document that the schema accepts, with the defaults filled in, as the value that the rest of the
// program reads. Names of hosts and headers become lower case; whoever is named as a destination may be signed for.
import { type Document, isMapping } from './config-layer.js';
import type { Environment } from './environment.js';
import {
  type CredentialsConfig,
  type DestinationConfig,
  defaults,
  type RouteConfig,
  type RouteTarget,
  type SidecarConfig,
  type SigningConfig,
} from './sidecar-config.js';

/** The whole configuration. The document must have passed the schema and {@link contradictions}. */
export function completeConfig(document: Document, env: Environment): SidecarConfig {
  const merged = withDefaults(defaults, document) as SidecarConfig;
  const signing = lowerCased(merged.outbound.signing);
  const destination = destinationFrom(isMapping(document.outbound) ? document.outbound.destination : undefined);
  const named = namedHosts(destination);
  const allow = [...new Set([...merged.outbound.allow.map((host) => host.toLowerCase()), ...named])];
  return {
    outbound: { ...merged.outbound, destination, signing, allow },
    inbound: merged.inbound,
    extAuthz: merged.extAuthz,
    admin: merged.admin,
    credentials: credentialsFrom(merged.credentials, env),
    policies: merged.policies,
    log: merged.log,
    drain: merged.drain,
    workers: merged.workers,
  };
}

/** Mappings are merged; lists, scalars, and maps of the user's own names are taken whole. */
function withDefaults(base: unknown, given: unknown): unknown {
  if (!isMapping(base) || !isMapping(given)) return given === undefined ? base : given;
  const merged: Document = { ...base };
  for (const [key, value] of Object.entries(given)) {
    merged[key] = withDefaults(base[key], value);
  }
  return merged;
}

function lowerCased<Part extends Partial<SigningConfig>>(signing: Part): Part {
  const { strip, duplicateHeaders, moveAuthorizationTo } = signing;
  return {
    ...signing,
    ...(strip && { strip: strip.map((name) => name.toLowerCase()) }),
    ...(duplicateHeaders && { duplicateHeaders: duplicateHeaders.map((name) => name.toLowerCase()) }),
    ...(moveAuthorizationTo && { moveAuthorizationTo: moveAuthorizationTo.toLowerCase() }),
  };
}

function destinationFrom(given: unknown): DestinationConfig {
  if (!isMapping(given)) return { mode: 'host' };
  const { mode, target, routes } = given as { mode?: string; target?: RouteTarget; routes?: readonly RouteConfig[] };
  if (mode === 'upstream' && target?.connect !== undefined) {
    return { mode, target: { ...targetFrom(target), connect: target.connect } };
  }
  if (mode === 'routes' && routes !== undefined) return { mode, routes: routes.map(targetFrom) };
  return { mode: 'host' };
}

function targetFrom<Target extends RouteTarget & { host?: string | undefined }>(target: Target): Target {
  return {
    ...target,
    ...(target.host && { host: target.host.toLowerCase() }),
    ...(target.signing && { signing: lowerCased(target.signing) }),
  };
}

/** Hosts that the operator has named as places to send to: no app chooses them. */
function namedHosts(destination: DestinationConfig): string[] {
  if (destination.mode === 'host') return [];
  const targets = destination.mode === 'upstream' ? [destination.target] : destination.routes;
  return targets.flatMap((target: RouteTarget & { host?: string | undefined }) => {
    const hosts = [target.connect, target.signedHost, target.host].filter((host) => host !== undefined);
    return hosts.map((host) => host.toLowerCase().replace(/:\d+$/, ''));
  });
}

function credentialsFrom(given: CredentialsConfig, env: Environment): CredentialsConfig {
  const sessionName = given.sessionName ?? (env.AWS_ROLE_SESSION_NAME || undefined);
  const stsRegion = given.stsRegion ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined);
  return {
    ...given,
    ...(sessionName === undefined ? {} : { sessionName: sessionName.slice(0, 64) }),
    ...(stsRegion === undefined ? {} : { stsRegion }),
  };
}
