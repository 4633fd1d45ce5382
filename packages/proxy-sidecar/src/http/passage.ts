// passage.ts: one request on its way through, from its head to the last byte of its answer. The order is the point:
// limits, then where it may go, then whether a policy lets it, then what is signed, then bytes in both directions, each
// side slowed down by the other. Every way in which it can end goes through `#finish`, once.
import type { Duplex } from 'node:stream';
import { SidecarError, type SidecarErrorCode } from '../errors.js';
import type { Call, CallEvents, CallFailure } from '../outbound/transport.js';
import { askJudge } from './ask-judge.js';
import { notePassed } from './body-memory.js';
import type { Timed } from './deadlines.js';
import type { Downstream, DownstreamEvents } from './downstream.js';
import type { Exchange, Judgement } from './exchange.js';
import { fieldOf } from './flat-headers.js';
import type { Gateway, Plan, Sealed } from './gateway.js';
import { type EndToEnd, endToEnd, safeTrailers } from './hop-by-hop.js';
import { newExchange } from './new-exchange.js';
import { outgoingHead } from './outgoing-head.js';
import { ownHeaders } from './own-answer.js';
import { bodyTooLarge, tooLate, withCode } from './passage-errors.js';
import { RefusalText } from './refusal-text.js';
import { type RequestHead, readRequestHead } from './request-head.js';
import { Resend } from './resend.js';
import { errorAnswer } from './respond.js';
import { joinConnections } from './upgrade.js';

/** Takes a request through. Returns at once; everything else is events. */
export function passThrough(gateway: Gateway, down: Downstream): void {
  new Passage(gateway, down).start();
}

class Passage implements DownstreamEvents, CallEvents, Timed {
  deadlineMs = Number.POSITIVE_INFINITY;
  slot = -1;
  readonly #gateway: Gateway;
  readonly #down: Downstream;
  readonly #exchange: Exchange;
  readonly #head: RequestHead | undefined;
  readonly #problem: unknown;
  #plan: Plan | undefined;
  #endToEnd: EndToEnd | undefined;
  #headers: readonly string[] = [];
  #resend: Resend | undefined;
  #call: Call | undefined;
  #ready = false;
  #bodyStarted = false;
  #bodyTrailers: readonly string[] | undefined;
  #answered = false;
  #finished = false;
  #totalAtMs = Number.POSITIVE_INFINITY;
  #refusal: RefusalText | undefined;

  constructor(gateway: Gateway, down: Downstream) {
    this.#gateway = gateway;
    this.#down = down;
    try {
      this.#head = readRequestHead(down, gateway.limits.headerCount);
    } catch (error) {
      this.#problem = error;
    }
    this.#exchange = newExchange(gateway.direction, down, this.#head);
  }

  start(): void {
    const { deadlines, limits, observers } = this.#gateway;
    this.#down.listen(this);
    const overloaded = deadlines.size >= limits.inFlight;
    deadlines.add(this);
    for (const observer of observers) this.#tell(() => observer.onStart?.(this.#exchange));
    const head = this.#head;
    if (head === undefined) this.#refuse(this.#problem);
    else if (overloaded) this.#refuse(new SidecarError('ERR_SIDECAR_OVERLOADED', 'too many requests in flight'));
    else this.#attempt(() => this.#route(head));
  }

  /** Where to, and may it. */
  #route(head: RequestHead): void {
    const { limits, judge } = this.#gateway;
    if (limits.bodyBytes > 0 && typeof head.body === 'number' && head.body > limits.bodyBytes) throw bodyTooLarge();
    if (this.#down.upgrades && head.body !== 'none' && head.body !== 0) {
      throw new SidecarError('ERR_SIDECAR_REQUEST', 'a request to upgrade with a body');
    }
    const plan = this.#gateway.plan(head);
    const exchange = this.#exchange;
    this.#plan = plan;
    this.#resend = new Resend(this.#down.method, plan.retries);
    this.#endToEnd = endToEnd(this.#down.headers);
    this.#headers = this.#endToEnd.headers;
    // Lattice hands the id on to targets and writes it into its log: one id from caller to target.
    if (head.requestId === undefined) this.#endToEnd.headers.push('x-amzn-requestid', exchange.requestId);
    exchange.route = plan.route;
    exchange.authority = plan.authority;
    exchange.upstream = plan.upstream.name;
    if (plan.timeouts.totalMs > 0) this.#totalAtMs = exchange.startedAtMs + plan.timeouts.totalMs;
    this.#limit(plan.timeouts.headersMs);
    if (judge === undefined) this.#send();
    else {
      const { target } = head;
      const asked = { target, authority: plan.authority, headers: this.#headers };
      this.#whenThere(askJudge(judge, exchange, this.#down, asked), (judgement) => this.#judge(judgement));
    }
  }

  #judge(judgement: Judgement): void {
    if (this.#finished) return;
    if (judgement.kind === 'deny') {
      this.#exchange.errorCode = 'ERR_SIDECAR_DENIED';
      this.#answer(judgement.status, judgement.headers, judgement.body);
      return;
    }
    if (judgement.headers !== undefined) this.#headers = judgement.headers;
    this.#send();
  }

  /** Signs and sends; again for each attempt. */
  #send(): void {
    const plan = this.#plan as Plan;
    const head = this.#head as RequestHead;
    const sealed = plan.seal(this.#exchange, head.target, this.#headers);
    this.#whenThere(sealed, (value) => this.#dispatch(plan, value));
  }

  #dispatch(plan: Plan, sealed: Sealed): void {
    if (this.#finished) return;
    const outgoing = outgoingHead(this.#down, this.#head as RequestHead, this.#endToEnd as EndToEnd, plan, sealed);
    this.#ready = false;
    const call = plan.upstream.call(outgoing, this);
    if (this.#finished || this.#answered) return;
    this.#call = call;
    if (this.#ready) this.#beginBody();
  }

  onReady(protocol: 'http/1.1' | 'h2', reused: boolean): void {
    const exchange = this.#exchange;
    exchange.upstreamProtocol = protocol;
    exchange.reusedConnection = reused;
    exchange.sentAtMs = performance.now();
    this.#ready = true;
    if (this.#call !== undefined) this.#beginBody();
  }

  #beginBody(): void {
    const call = this.#call as Call;
    const { timeouts } = this.#plan as Plan;
    if (this.#down.bodyless) {
      this.#limit(timeouts.headersMs);
      return;
    }
    this.#limit(timeouts.idleMs);
    for (const chunk of this.#resend?.kept ?? []) call.write(chunk);
    if (this.#bodyTrailers !== undefined) this.#endBody(this.#bodyTrailers);
    else {
      this.#bodyStarted = true;
      this.#down.resume();
    }
  }

  onBody(chunk: Buffer): void {
    if (this.#finished) return;
    const { limits } = this.#gateway;
    this.#exchange.bytesIn += chunk.length;
    notePassed(chunk.length);
    if (limits.bodyBytes > 0 && this.#exchange.bytesIn > limits.bodyBytes) {
      this.#refuse(bodyTooLarge());
      return;
    }
    // A body that was answered before its end is read on for a while, and dropped.
    if (this.#call === undefined) return;
    this.#resend?.keep(chunk);
    this.#limit((this.#plan as Plan).timeouts.idleMs);
    if (!this.#ready || !this.#call.write(chunk)) this.#down.pause();
  }

  onBodyEnd(trailers: readonly string[]): void {
    this.#bodyTrailers = trailers;
    if (!this.#finished && this.#ready && this.#bodyStarted) this.#endBody(trailers);
  }

  #endBody(trailers: readonly string[]): void {
    const call = this.#call;
    if (call === undefined) return;
    if (!this.#answered) this.#limit((this.#plan as Plan).timeouts.headersMs);
    call.end(safeTrailers(trailers));
  }

  onDrain(): void {
    if (this.#finished || !this.#bodyStarted || this.#bodyTrailers !== undefined) return;
    this.#limit((this.#plan as Plan).timeouts.idleMs);
    this.#down.resume();
  }

  onRoom(): void {
    if (this.#finished) return;
    this.#limit(this.#plan?.timeouts.idleMs ?? 0);
    this.#call?.resume();
  }

  onInterim(status: number, headers: string[]): void {
    if (!this.#finished && !this.#answered) this.#down.interim(status, endToEnd(headers).headers);
  }

  onHead(status: number, message: string, headers: string[], bodyless: boolean): void {
    if (this.#finished) return;
    const exchange = this.#exchange;
    exchange.upstreamStatus = status;
    if (this.#resend?.afterStatus(status)) {
      this.#again(fieldOf(headers, 'retry-after'));
      return;
    }
    exchange.firstByteAtMs = performance.now();
    exchange.status = status;
    this.#answered = true;
    this.#limit((this.#plan as Plan).timeouts.idleMs);
    const { judge } = this.#gateway;
    if (judge?.onAnswer !== undefined) {
      if (status === 403 && !bodyless) this.#refusal = new RefusalText();
      else this.#tell(() => judge.onAnswer?.(exchange, status, undefined));
    }
    if (bodyless) this.#call = undefined;
    this.#down.head(status, message, endToEnd(headers).headers, bodyless);
  }

  onData(chunk: Buffer, last: boolean): void {
    if (this.#finished || !this.#answered) return;
    this.#exchange.bytesOut += chunk.length;
    notePassed(chunk.length);
    this.#limit((this.#plan as Plan).timeouts.idleMs);
    this.#refusal?.add(chunk);
    if (last) this.#tellRefusal();
    const call = this.#call;
    if (last) this.#call = undefined;
    if (!this.#down.write(chunk, last) && !last) call?.pause();
  }

  onEnd(trailers: string[]): void {
    this.#call = undefined;
    if (this.#finished || !this.#answered) return;
    this.#tellRefusal();
    this.#down.end(safeTrailers(trailers));
  }

  onUpgrade(message: string, headers: string[], upstream: Duplex, first: Buffer): void {
    this.#call = undefined;
    const exchange = this.#exchange;
    const { headers: kept, upgrade } = endToEnd(headers);
    const target = this.#down.switch(message, [...kept, 'connection', 'Upgrade', 'upgrade', upgrade ?? '']);
    if (target === undefined || this.#finished) {
      upstream.destroy();
      this.#finish('ERR_SIDECAR_CALLER_GONE', undefined);
      return;
    }
    exchange.status = 101;
    exchange.upstreamStatus = 101;
    exchange.firstByteAtMs = performance.now();
    this.#answered = true;
    const { idleMs } = (this.#plan as Plan).timeouts;
    this.#call = joinConnections(target.socket, target.first, upstream, first, {
      onBytes: (direction, bytes) => {
        if (direction === 'in') exchange.bytesIn += bytes;
        else exchange.bytesOut += bytes;
        this.#limit(idleMs);
      },
      onEnd: () => this.#finish(undefined, undefined),
    });
    this.#limit(idleMs);
  }

  onFailure(failure: CallFailure): void {
    this.#call = undefined;
    if (this.#finished) return;
    if (!this.#answered && this.#resend?.afterFailure(failure)) {
      this.#again(undefined);
      return;
    }
    this.#refuse(failure.error);
  }

  #again(retryAfter: string | undefined): void {
    this.#call?.cancel();
    this.#call = undefined;
    this.#ready = false;
    this.#down.pause();
    this.#exchange.retries++;
    const delayMs = this.#resend?.delayMs(retryAfter) ?? 0;
    const send = () => this.#attempt(() => this.#send());
    if (delayMs === 0) send();
    else {
      this.#limit(delayMs + (this.#plan as Plan).timeouts.headersMs);
      setTimeout(send, delayMs);
    }
  }

  onDeadline(): void {
    const waiting = this.#down.bodyless || this.#bodyTrailers !== undefined || this.#answered;
    const total = performance.now() >= this.#totalAtMs;
    // The body that we wait for is the caller's, unless the upstream does not take it.
    this.#refuse(tooLate(waiting || total || !this.#ready ? 'upstream' : 'caller', total));
  }

  onFinished(): void {
    if (this.#exchange.status !== 101) this.#finish(undefined, undefined);
  }

  onGone(): void {
    if (this.#finished) return;
    this.#finish('ERR_SIDECAR_CALLER_GONE', 'the caller went away');
  }

  /** Runs a step; what it throws becomes the answer. */
  #attempt(step: () => void): void {
    if (this.#finished) return;
    try {
      step();
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** Goes on at once with what is there at once. */
  #whenThere<T>(value: T | Promise<T>, goOn: (value: T) => void): void {
    if (!(value instanceof Promise)) {
      goOn(value);
      return;
    }
    value.then(
      (later) => this.#attempt(() => goOn(later)),
      (cause) => this.#refuse(cause),
    );
  }

  /** Answers with an error, or cuts an answer that has begun. */
  #refuse(problem: unknown): void {
    if (this.#finished) return;
    const error = withCode(problem);
    if (error.code === 'ERR_SIDECAR_INTERNAL') this.#gateway.report('a request failed in a way it should not', problem);
    this.#call?.cancel();
    this.#call = undefined;
    this.#exchange.errorCode = error.code;
    this.#exchange.errorDetail = error.message;
    if (this.#answered) {
      this.#down.cut();
      this.#finish(error.code, error.message);
      return;
    }
    const { status, headers, body } = errorAnswer(error.code, this.#exchange.requestId);
    this.#answer(status, headers, body);
  }

  #answer(status: number, headers: readonly string[], body: string): void {
    this.#answered = true;
    this.#exchange.status = status;
    this.#limit(this.#plan?.timeouts.idleMs ?? 10_000);
    const bytes = Buffer.from(body);
    const bodyless = this.#down.method === 'HEAD';
    this.#down.head(status, '', ownHeaders(this.#exchange, headers, bytes.length), bodyless);
    if (bodyless) return;
    this.#exchange.bytesOut += bytes.length;
    this.#down.write(bytes, true);
  }

  #limit(ms: number): void {
    const atMs = ms > 0 ? performance.now() + ms : Number.POSITIVE_INFINITY;
    this.deadlineMs = Math.min(atMs, this.#totalAtMs);
  }

  #tellRefusal(): void {
    const refusal = this.#refusal;
    if (refusal === undefined) return;
    this.#refusal = undefined;
    this.#tell(() => this.#gateway.judge?.onAnswer?.(this.#exchange, 403, refusal.toString()));
  }

  #finish(code: SidecarErrorCode | undefined, detail: string | undefined): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#call?.cancel();
    this.#call = undefined;
    this.#gateway.deadlines.delete(this);
    const exchange = this.#exchange;
    exchange.errorCode ??= code;
    exchange.errorDetail ??= detail;
    exchange.endedAtMs = performance.now();
    for (const observer of this.#gateway.observers) this.#tell(() => observer.onEnd?.(exchange));
  }

  #tell(call: () => void): void {
    try {
      call();
    } catch (cause) {
      this.#gateway.report('an observer failed', cause);
    }
  }
}
