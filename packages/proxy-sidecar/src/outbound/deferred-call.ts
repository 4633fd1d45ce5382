// deferred-call.ts: a call that waits for a connection, and then is the call that the connection made of it.
import { SidecarError } from '../errors.js';
import type { Call, CallEvents, CallFailure, OutgoingHead } from './transport.js';

/** Stands in for a call that cannot be made yet. */
export class DeferredCall implements Call {
  readonly #head: OutgoingHead;
  #events: CallEvents | undefined;
  #call: Call | undefined;
  readonly #withdraw: (call: DeferredCall) => void;

  constructor(head: OutgoingHead, events: CallEvents, withdraw: (call: DeferredCall) => void) {
    this.#head = head;
    this.#events = events;
    this.#withdraw = withdraw;
  }

  /** Makes the call, if it is still wanted. */
  adopt(make: (head: OutgoingHead, events: CallEvents) => Call): void {
    const events = this.#events;
    if (events === undefined) return;
    const handlers: CallEvents = {
      // The call is not ours to hand on before `make` has returned, so its start is told a little later.
      onReady: (protocol, reused) => queueMicrotask(() => this.#events?.onReady(protocol, reused)),
      onInterim: (status, headers) => events.onInterim(status, headers),
      onHead: (status, message, headers, bodyless) => events.onHead(status, message, headers, bodyless),
      onData: (chunk, last) => events.onData(chunk, last),
      onEnd: (trailers) => events.onEnd(trailers),
      onUpgrade: (message, headers, socket, first) => events.onUpgrade(message, headers, socket, first),
      onDrain: () => events.onDrain(),
      onFailure: (failure) => events.onFailure(failure),
    };
    try {
      this.#call = make(this.#head, handlers);
    } catch (cause) {
      // Here nobody is up the stack who could answer: what cannot be sent is a failure like any other.
      const error = new SidecarError('ERR_SIDECAR_REQUEST', 'the request cannot be sent in this protocol', { cause });
      this.fail({ error, staleConnection: false });
    }
  }

  /** There will be no connection. */
  fail(failure: CallFailure): void {
    const events = this.#events;
    this.#events = undefined;
    events?.onFailure(failure);
  }

  write(chunk: Buffer): boolean {
    return this.#call?.write(chunk) ?? true;
  }

  end(trailers: readonly string[]): void {
    this.#call?.end(trailers);
  }

  pause(): void {
    this.#call?.pause();
  }

  resume(): void {
    this.#call?.resume();
  }

  cancel(): void {
    this.#events = undefined;
    if (this.#call === undefined) this.#withdraw(this);
    else this.#call.cancel();
  }
}
