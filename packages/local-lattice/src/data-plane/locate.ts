// locate.ts — where a request goes: of the services that its host can mean, the one that its VPC reaches; of the service's
// listeners, the one on the port that the request names, else the first of its scheme.
import type { ListenerProtocol } from '@lattice-auth/stack';
import type { Connection } from './connection.js';
import type { ListenerPlane, Route, ServicePlane } from './topology.js';

/** A service, the way there, and the listener that takes the request. */
export interface Place {
  readonly service: ServicePlane;
  readonly route: Route;
  readonly listener: ListenerPlane | undefined;
  /** Why there is no listener. */
  readonly listenerProblem: string | undefined;
}

/** Chooses; `candidates` has at least one. */
export function choose(
  candidates: readonly ServicePlane[],
  vpc: string | undefined,
  connection: Connection,
  port: number | undefined,
): Place {
  const scheme = connection.tls === undefined ? 'HTTP' : 'HTTPS';
  const [first] = candidates;
  if (first === undefined) throw new TypeError('no service to choose from');
  const service = candidates.find((each) => each.routeFrom(vpc).kind === 'connected') ?? first;
  const listener = listenerFor(service, scheme, port ?? connection.tunnelPort);
  const problem = listener === undefined ? noListener(service, scheme) : undefined;
  return { service, route: service.routeFrom(vpc), listener, listenerProblem: problem };
}

/** The listener of a scheme on a port, else the first of the scheme: locally all of them share one port of ours. */
export function listenerFor(
  { listeners }: ServicePlane,
  protocol: ListenerProtocol,
  port: number | undefined,
): ListenerPlane | undefined {
  let first: ListenerPlane | undefined;
  for (const each of listeners) {
    if (each.protocol !== protocol) continue;
    if (each.listener?.port === port) return each;
    first ??= each;
  }
  return first;
}

function noListener({ service, listeners }: ServicePlane, scheme: string): string {
  const there = listeners.map(({ protocol, listener }) => `${listener?.port} (${protocol})`).join(', ');
  return `no listener: service \`${service.name}\` listens on ${there}, not for ${scheme}`;
}
