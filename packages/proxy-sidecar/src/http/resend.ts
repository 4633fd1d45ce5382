// resend.ts: whether a request may be sent again, and what of its body there is to send. Nothing is kept unless the
// method is one that may be repeated and the body is small.
import type { RetriesConfig } from '../config/sidecar-config.js';
import type { CallFailure } from '../outbound/transport.js';

/** SPEC: RFC 9110 9.2.2: methods that mean the same when they are sent twice. */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** What was sent of a body, as long as it is small enough to be sent again. */
export class Resend {
  readonly #retries: RetriesConfig;
  readonly #repeatable: boolean;
  readonly #method: string;
  #kept: Buffer[] | undefined = [];
  #keptBytes = 0;
  #stale = false;
  attempts = 1;

  constructor(method: string, retries: RetriesConfig) {
    this.#method = method;
    this.#retries = retries;
    this.#repeatable = IDEMPOTENT.has(method) || (retries.attempts > 1 && retries.methods.includes(method));
  }

  /** A piece of the body is on its way. */
  keep(chunk: Buffer): void {
    if (this.#kept === undefined) return;
    this.#keptBytes += chunk.length;
    if (this.#keptBytes > this.#retries.bodyBytesMax) this.#kept = undefined;
    else this.#kept.push(chunk);
  }

  /** The body so far. */
  get kept(): readonly Buffer[] {
    return this.#kept ?? [];
  }

  /** Whether a call that failed before its answer began may be made again. */
  afterFailure({ staleConnection, unprocessed, error }: CallFailure): boolean {
    if (this.#kept === undefined) return false;
    // An upstream that closes idle connections did not get to see the request, as a rule: once more, at once.
    if (!this.#stale && (unprocessed || (staleConnection && this.#repeatable))) {
      this.#stale = true;
      return true;
    }
    const again = error.code === 'ERR_SIDECAR_UPSTREAM_CONNECT' || error.code === 'ERR_SIDECAR_UPSTREAM_RESET';
    return again && this.#attemptLeft();
  }

  /** Whether an answer with this status is to be dropped and the request sent again. */
  afterStatus(status: number): boolean {
    return this.#kept !== undefined && this.#retries.statuses.includes(status) && this.#attemptLeft();
  }

  #attemptLeft(): boolean {
    if (this.attempts >= this.#retries.attempts || !this.#retries.methods.includes(this.#method)) return false;
    this.attempts++;
    return true;
  }

  /** How long to wait before the next attempt: doubling, with jitter, and what the upstream asked for, up to 10 s. */
  delayMs(retryAfter: string | undefined): number {
    if (this.attempts === 1) return 0;
    const asked = retryAfter !== undefined && /^\d{1,5}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : 0;
    const backoff = 50 * 2 ** Math.min(this.attempts - 2, 8) * (0.5 + Math.random() / 2);
    return Math.min(10_000, Math.max(asked, backoff));
  }
}
