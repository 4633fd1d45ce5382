// approach.ts — from a request's head to the place that it goes to and to who sends it: its service by the host, its VPC by
// the connection, the header or the caller, and the network between the two.
import { type Authenticated, authenticate } from './authenticate.js';
import type { Connection } from './connection.js';
import { choose, type Place } from './locate.js';
import type { Plane } from './plane.js';
import type { RequestHead } from './request-head.js';
import type { LocalReason } from './respond.js';

/** Where a request has come to. */
export type Approach =
  | { readonly kind: 'there'; readonly place: Place; readonly authenticated: Authenticated }
  | {
      readonly kind: 'nowhere';
      readonly place: Place | undefined;
      readonly status: number;
      readonly reason: LocalReason;
      readonly text: string;
    };

/** Finds the way. Policies are not asked yet. */
export function approach(plane: Plane, head: RequestHead, connection: Connection, timeMs: number): Approach {
  const candidates = plane.topology.servicesAt(head.host);
  if (candidates.length === 0) {
    return nowhere(404, 'no-service', `no service of the stack is called \`${head.host}\``);
  }
  const vpc = vpcOfConnection(plane, head, connection);
  if (vpc === null) return nowhere(400, 'no-vpc', 'the stack has no VPC of the name that the header says');
  const place = choose(candidates, vpc, connection, head.port);
  // Where nothing leads, nobody would be asked who they are; but for whom the VPC is the caller's own, that comes first.
  if (vpc !== undefined) {
    return notReachable(place) ?? { kind: 'there', place, authenticated: who(plane, head, place, timeMs) };
  }
  const authenticated = who(plane, head, place, timeMs);
  if (authenticated.kind === 'rejected') return { kind: 'there', place, authenticated };
  const from = authenticated.caller?.vpc ?? plane.topology.stack.local.defaultVpc;
  const found = choose(candidates, from, connection, head.port);
  const refusal = notReachable(found);
  if (refusal !== undefined) return refusal;
  const isSame = found.service.region === place.service.region;
  return { kind: 'there', place: found, authenticated: isSame ? authenticated : who(plane, head, found, timeMs) };
}

function who(plane: Plane, head: RequestHead, { service }: Place, timeMs: number): Authenticated {
  return authenticate(head, plane.book, service.region, timeMs);
}

/** The VPC that the connection or the header says; undefined when neither does, null for one that is not there. */
function vpcOfConnection(plane: Plane, { vpcHeader }: RequestHead, { vpc }: Connection): string | undefined | null {
  if (vpc !== undefined || vpcHeader === undefined) return vpc;
  return plane.vpcs.byText(vpcHeader) ?? null;
}

function notReachable(place: Place): Approach | undefined {
  const { route, listener, listenerProblem } = place;
  if (route.kind === 'unreachable') {
    return nowhere(504, 'not-connected', `${route.message}; in Lattice this request would time out`, place);
  }
  if (listener === undefined) {
    return nowhere(504, 'no-listener', `${listenerProblem}; in Lattice nothing would answer`, place);
  }
  return undefined;
}

function nowhere(status: number, reason: LocalReason, text: string, place?: Place): Approach {
  return { kind: 'nowhere', place, status, reason, text };
}
