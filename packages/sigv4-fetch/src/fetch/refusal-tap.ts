// refusal-tap.ts — keeps the beginning of a 403's body while undici delivers it, so that it can be judged without reading
// it away from the caller: undici's body knows no `clone`, and one that was looked into counts as used.
import type { Dispatcher } from 'undici';
import { DENIAL_CHARS_MAX } from './denial.js';

type Handler = Dispatcher.DispatchHandler;
type Controller = Dispatcher.DispatchController;

// A refusal is short and comes at once: what takes longer is the application's.
const WAIT_MS = 2_000;

/** A handler between undici and its own. A class, since one is made for every request and the methods are shared. */
export class RefusalTap implements Handler {
  readonly #handler: Handler;
  #chunks: Uint8Array[] | undefined;
  #bytes = 0;
  #complete = false;
  #wake: (() => void) | undefined;

  constructor(handler: Handler) {
    this.#handler = handler;
  }

  onRequestStart(controller: Controller, context: unknown): void {
    this.#handler.onRequestStart?.(controller, context);
  }

  onRequestUpgrade(...upgrade: Parameters<NonNullable<Handler['onRequestUpgrade']>>): void {
    this.#handler.onRequestUpgrade?.(...upgrade);
  }

  onResponseStart(
    controller: Controller,
    status: number,
    headers: Parameters<NonNullable<Handler['onResponseStart']>>[2],
    message?: string,
  ): void {
    if (status === 403) this.#chunks = [];
    this.#handler.onResponseStart?.(controller, status, headers, message);
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.#chunks !== undefined && this.#bytes < DENIAL_CHARS_MAX) {
      this.#chunks.push(chunk);
      this.#bytes += chunk.length;
      if (this.#bytes >= DENIAL_CHARS_MAX) this.#finish();
    }
    this.#handler.onResponseData?.(controller, chunk);
  }

  onResponseEnd(controller: Controller, trailers: Parameters<NonNullable<Handler['onResponseEnd']>>[1]): void {
    this.#finish();
    this.#handler.onResponseEnd?.(controller, trailers);
  }

  onResponseError(controller: Controller, error: Error): void {
    this.#finish();
    this.#handler.onResponseError?.(controller, error);
  }

  #finish(): void {
    this.#complete = true;
    this.#wake?.();
  }

  /** The beginning of a 403's body, once it is there. */
  async text(): Promise<string> {
    if (!this.#complete) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, WAIT_MS);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return new TextDecoder().decode(Buffer.concat(this.#chunks ?? []).subarray(0, DENIAL_CHARS_MAX));
  }
}
