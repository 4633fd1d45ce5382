// outgoing-head.ts: the head of a request as it leaves: what was sealed, and how its body, its trailers and its wish for another
// protocol go on. A switch to h2c is none of the upstream's business: the connection to it is ours.
import type { OutgoingHead } from '../outbound/transport.js';
import type { Downstream } from './downstream.js';
import type { Plan, Sealed } from './gateway.js';
import { type EndToEnd, isH2c } from './hop-by-hop.js';
import type { RequestHead } from './request-head.js';

/** What one attempt sends. */
export function outgoingHead(
  { method, upgrades }: Downstream,
  { body }: RequestHead,
  { trailers, upgrade }: EndToEnd,
  { authority }: Plan,
  { target, headers }: Sealed,
): OutgoingHead {
  return {
    method,
    target,
    authority,
    headers,
    body: upgrades ? 'none' : body,
    trailers,
    upgrade: upgrades && upgrade !== undefined && !isH2c(upgrade) ? upgrade : undefined,
  };
}
