// exchange.ts — one request from its first byte to its last: which service and from which VPC, who sends it, whether it may,
// and on to a target. It reads in the order in which things happen (docs/local-lattice.md).
import { randomUUID } from 'node:crypto';
import type { Decision, LatticeRequest } from '@lattice-auth/policy-engine';
import { TargetError } from '../errors.js';
import type { SeenRequest, Target } from '../model.js';
import { type AnswerSink, type ForwardCall, isStreaming } from '../targets/target-parts.js';
import { approach } from './approach.js';
import type { Authenticated } from './authenticate.js';
import { addDelivery, type Delivery, deliveryContext } from './delivery.js';
import type { Downstream, DownstreamEvents } from './downstream.js';
import { plainAddress } from './find-vpc.js';
import type { Place } from './locate.js';
import { firstMatch } from './match-rule.js';
import type { Plane } from './plane.js';
import { isBadRequest, type RequestHead, readHead } from './request-head.js';
import { FAILURE_ANSWERS, type LocalReason, responseFields, TEXT } from './respond.js';
import { describeExchange } from './seen.js';
import { sendToTarget } from './send-to-target.js';
import type { ActionPlane, GroupPlane } from './topology.js';

/** Takes a request through. */
export function serveRequest(plane: Plane, down: Downstream): void {
  new Exchange(plane, down).start();
}

/** What happens to one request. Its public fields are what there is to say of it at the end. */
export class Exchange implements AnswerSink, DownstreamEvents {
  readonly id = randomUUID();
  readonly plane: Plane;
  readonly down: Downstream;
  readonly startedMs = performance.now();
  readonly startTimeMs: number;
  head: RequestHead | undefined;
  place: Place | undefined;
  authenticated: Authenticated | undefined;
  question: LatticeRequest | undefined;
  decision: Decision | undefined;
  rule: string | undefined;
  group: GroupPlane | undefined;
  target: Target | undefined;
  status: number | undefined;
  refusal: string | undefined;
  bytesSent = 0;
  sentToTargetMs: number | undefined;
  targetAnsweredMs: number | undefined;
  #call: ForwardCall | undefined;
  #paused = false;
  #over = false;

  constructor(plane: Plane, down: Downstream) {
    this.plane = plane;
    this.down = down;
    this.startTimeMs = plane.now();
  }

  start(): void {
    this.plane.inFlight.enter();
    this.down.listen(this);
    try {
      this.#serve();
    } catch (cause) {
      // INVARIANT: what can't be decided is not let through.
      this.plane.log(`internal: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
      this.#local(500, 'internal', 'an unexpected failure; the log says more');
    }
  }

  #serve(): void {
    const { plane, down } = this;
    const head = readHead(down, plane.topology.stack.local.vpcHeader);
    if (isBadRequest(head)) {
      this.#local(head.status, 'bad-request', head.text);
      return;
    }
    this.head = head;
    const found = approach(plane, head, down.connection, this.startTimeMs);
    this.place = found.place;
    if (found.kind === 'nowhere') {
      this.#local(found.status, found.reason, found.text);
      return;
    }
    const { place, authenticated } = found;
    down.keepFor(place.service.idleMs);
    this.authenticated = authenticated;
    if (authenticated.kind === 'rejected') this.#refuseSignature(authenticated);
    else this.#authorize(head, place, authenticated);
  }

  #refuseSignature({ verification, caller }: Extract<Authenticated, { kind: 'rejected' }>): void {
    const { reason, hints } = verification.diagnosis;
    this.refusal = [reason, ...hints.map(({ message }) => message)].join('; ');
    const whose = caller === undefined ? '' : ` (a key of ${caller.name})`;
    this.plane.log(`${this.id}: signature refused${whose}: ${this.refusal}`);
    // AWS says 403 for all of these; docs/local-lattice.md says what is known.
    this.#text(verification.code === 'InternalFailure' ? 500 : 403, verification.message);
  }

  #authorize(head: RequestHead, place: Place, { caller }: Authenticated): void {
    const { route } = place;
    if (route.kind === 'unreachable') throw new TypeError('a place that was not looked at');
    const question: LatticeRequest = {
      principal: caller?.principal ?? 'anonymous',
      caller: caller?.policies,
      protocol: head.isGrpc ? 'grpc' : 'http',
      method: head.method,
      path: head.path,
      query: head.query,
      headers: head.headers,
      port: place.listener?.listener?.port,
      sourceVpc: route.vpc?.id,
      sourceVpcOwnerAccount: route.vpc?.accountId,
      sourceIp: this.#sourceIp(caller?.sourceIp),
      time: new Date(this.startTimeMs),
      context: undefined,
    };
    this.question = question;
    const decision = route.authorizer.authorize(question);
    this.decision = decision;
    if (decision.decision !== 'allow') {
      this.refusal = decision.message;
      this.#text(403, decision.message);
    } else this.#route(head, place);
  }

  #sourceIp(stated: string | undefined): string {
    return stated ?? plainAddress(this.down.connection.address);
  }

  #route(head: RequestHead, { listener }: Place): void {
    if (listener === undefined) throw new TypeError('a place that was not looked at');
    const rule = firstMatch(listener.rules, head);
    this.rule = rule?.name ?? 'default';
    const action: ActionPlane = rule?.action ?? listener.defaultAction;
    if (action.kind === 'fixedResponse') {
      this.refusal = `fixed response ${action.status}`;
      this.#text(action.status, action.status === 404 ? 'Not Found' : 'Internal Server Error');
      return;
    }
    const group = action.turns.next();
    const target = group?.ring.next();
    this.group = group;
    this.target = target;
    if (group === undefined) this.#local(503, 'no-target', 'every target group of the rule has weight 0');
    else if (target === undefined) {
      const how = `\`local.targetGroups\` says nothing of \`${group.group.name}\``;
      this.#local(503, 'no-target', `target group \`${group.group.name}\` has no targets here: ${how}`);
    } else this.#forward(head, group, target);
  }

  #forward(head: RequestHead, group: GroupPlane, target: Target): void {
    if (head.wantsWebSocket) {
      this.#local(501, 'no-websocket', 'WebSockets are not forwarded here; for Lattice AWS documents nothing');
      return;
    }
    const { down } = this;
    const { fields } = head;
    addDelivery(fields, this.#delivery(group));
    if (head.isGrpc) fields.push('te', 'trailers');
    down.proceed();
    this.sentToTargetMs = performance.now();
    const { idleMs } = this.place?.service ?? {};
    const request = { method: head.method, target: head.target, fields, body: down.body, idleMs };
    this.#call = isStreaming(target)
      ? target.forward(request, this)
      : sendToTarget(target, request, deliveryContext(this.#delivery(group)), this);
  }

  #delivery(group: GroupPlane): Delivery {
    const { place, authenticated, down, startTimeMs } = this;
    if (place === undefined || place.route.kind === 'unreachable') throw new TypeError('a place that leads nowhere');
    const caller = authenticated?.caller;
    const proto = down.connection.tls === undefined ? 'http' : 'https';
    const sourceIp = this.#sourceIp(caller?.sourceIp);
    return { place, route: place.route, group, caller, proto, sourceIp, timeMs: startTimeMs };
  }

  // ---- the target's answer ----

  onInterim(status: number, fields: string[]): void {
    this.down.interim(status, fields);
  }

  onHead(status: number, fields: string[]): void {
    if (this.#over) return;
    this.targetAnsweredMs = performance.now();
    try {
      this.down.head(status, responseFields(fields, this.id));
      this.status = status;
    } catch (cause) {
      // Fields or a status that can't be passed on.
      this.#call?.cancel();
      this.onError(new TargetError('badAnswer', String(cause), { cause }));
    }
  }

  onData(chunk: Uint8Array): boolean {
    // A function may answer HEAD as it does GET; the body goes no further.
    if (this.#over || this.down.method === 'HEAD') return true;
    this.bytesSent += chunk.length;
    const room = this.down.write(chunk);
    this.#paused = !room;
    return room;
  }

  onEnd(trailers: string[]): void {
    if (this.#over) return;
    this.#finish();
    this.down.end(trailers);
  }

  onError(error: TargetError): void {
    if (this.#over) return;
    this.refusal = `target ${this.target?.address}: ${error.message}`;
    if (this.status !== undefined) {
      this.#finish();
      this.down.cut();
      return;
    }
    const [status, text] = FAILURE_ANSWERS[error.failure];
    this.#text(status, text);
  }

  // ---- the client ----

  onRoom(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#call?.resume();
  }

  onGone(): void {
    if (this.#over) return;
    this.status = undefined;
    this.refusal ??= 'the client went away';
    this.#call?.cancel();
    this.#finish();
  }

  // ---- answers of our own ----

  /** An answer that Lattice would not give, marked as such. */
  #local(status: number, reason: LocalReason, text: string): void {
    this.refusal = text;
    this.#text(status, text, ['x-lattice-local', reason]);
  }

  #text(status: number, text: string, more: readonly string[] = []): void {
    if (this.#over) return;
    const body = Buffer.from(text, 'utf8');
    const length = String(body.length);
    const hasBody = this.down.method !== 'HEAD';
    this.status = status;
    this.bytesSent = hasBody ? body.length : 0;
    this.#finish();
    const own = ['content-type', TEXT, 'content-length', length, 'x-amzn-requestid', this.id, ...more];
    this.down.head(status, [...own, 'date', new Date().toUTCString()]);
    if (hasBody) this.down.write(body);
    this.down.end([]);
  }

  // Before the last byte is written: who has read it may look at once what was seen.
  #finish(): void {
    this.#over = true;
    this.plane.inFlight.leave();
    if (this.plane.isWatched()) this.plane.record(this.describe());
  }

  describe(): SeenRequest {
    return describeExchange(this, performance.now());
  }
}
