// seen.ts — what there is to say of a request once it is over, and the memory of the last ones.
import type { SeenRequest } from '../model.js';
import type { Exchange } from './exchange.js';
import { plainAddress } from './find-vpc.js';
import { arnOf } from './identity-headers.js';

/** An exchange as the access log, the page and tests read it. */
export function describeExchange(exchange: Exchange, nowMs: number): SeenRequest {
  const { down, head, place, authenticated, group, target, plane } = exchange;
  const { connection } = down;
  const route = place?.route.kind === 'connected' ? place.route : undefined;
  const caller = authenticated?.caller;
  const signed = authenticated?.kind !== 'rejected';
  const { sentToTargetMs, targetAnsweredMs, startedMs } = exchange;
  return {
    id: exchange.id,
    startTime: new Date(exchange.startTimeMs),
    method: down.method,
    target: head?.target ?? down.url,
    host: head?.authority ?? '',
    protocol: down.isHttp2 ? 'HTTP/2' : 'HTTP/1.1',
    sourceAddress: plainAddress(connection.address),
    sourcePort: connection.port,
    userAgent: head?.userAgent,
    tls: connection.tls,
    vpc: route?.vpc?.name ?? connection.vpc,
    service: place?.service.service.name,
    serviceNetwork: route?.network.name,
    listener: place?.listener?.listener?.name,
    rule: exchange.rule,
    targetGroup: group?.group.name,
    principal: authenticated === undefined || !signed ? undefined : (caller?.name ?? 'anonymous'),
    principalArn: caller === undefined || !signed ? undefined : arnOf(caller),
    signature: authenticated && { verification: authenticated.verification, principal: caller?.name },
    question: exchange.question,
    decision: exchange.decision,
    status: exchange.status,
    refusal: exchange.refusal,
    targetAddress: target?.address,
    bytesReceived: down.bytesReceived,
    bytesSent: exchange.bytesSent,
    durationMs: nowMs - startedMs,
    requestToTargetMs: sentToTargetMs === undefined ? undefined : sentToTargetMs - startedMs,
    responseFromTargetMs:
      sentToTargetMs === undefined || targetAnsweredMs === undefined ? undefined : targetAnsweredMs - sentToTargetMs,
    stack: plane.topology.stack,
  };
}

/** Remembers the last requests and tells of each. */
export class SeenRequests {
  readonly #max: number;
  readonly #listeners = new Set<(seen: SeenRequest) => void>();
  #last: SeenRequest[] = [];

  constructor(max: number) {
    this.#max = max;
  }

  get isWatched(): boolean {
    return this.#max > 0 || this.#listeners.size > 0;
  }

  /** The last ones, the newest at the end. */
  get last(): readonly SeenRequest[] {
    return this.#last.slice(-this.#max || this.#last.length);
  }

  add(seen: SeenRequest): void {
    if (this.#max > 0) {
      this.#last.push(seen);
      // In large steps, so that keeping count costs next to nothing.
      if (this.#last.length >= this.#max * 2) this.#last = this.#last.slice(-this.#max);
    }
    for (const listener of this.#listeners) listener(seen);
  }

  listen(callback: (seen: SeenRequest) => void): () => void {
    this.#listeners.add(callback);
    return () => void this.#listeners.delete(callback);
  }

  clear(): void {
    this.#last = [];
  }
}
