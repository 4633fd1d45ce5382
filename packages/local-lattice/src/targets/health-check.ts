// health-check.ts — whether a target gets requests: asked with GET at intervals, and believed once it has said the same
// often enough. A target is taken to be healthy until then (docs/local-lattice.md, HEALTH-1).
import { Readable } from 'node:stream';
import type { LocalHealthCheck } from '@lattice-auth/stack';
import type { DeliveryContext, Target } from '../model.js';
import { isStreaming, type StreamingTarget } from './target-parts.js';

/** A check is nobody's request: there is no service and no network that it comes through. */
const NO_CONTEXT: Omit<DeliveryContext, 'time'> = {
  serviceArn: '',
  serviceNetworkArn: '',
  targetGroupArn: '',
  region: '',
  sourceVpcArn: undefined,
  identity: undefined,
};

/** The same target with its health. The first check is made at once. */
export function withHealthCheck(target: Target, check: LocalHealthCheck, log: (line: string) => void): Target {
  const state = new Health(check);
  const closing = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const round = async (): Promise<void> => {
    const startedAt = Date.now();
    const failure = await checkOnce(target, check, closing.signal);
    if (closing.signal.aborted) return;
    if (state.record(failure === undefined)) {
      log(`${target.address} is ${state.healthy ? 'healthy again' : `unhealthy: ${failure}`}`);
    }
    const pauseMs = Math.max(0, startedAt + check.intervalMs - Date.now());
    timer = setTimeout(round, pauseMs).unref();
  };
  void round();
  const checked: Target = {
    get address() {
      return target.address;
    },
    get healthy() {
      return state.healthy && target.healthy;
    },
    send: (request) => target.send(request),
    async close() {
      closing.abort();
      clearTimeout(timer);
      await target.close();
    },
  };
  // Not spread: that would take the getters' values of now.
  const { reached } = target;
  if (reached !== undefined) checked.reached = (signal) => reached.call(target, signal);
  if (!isStreaming(target)) return checked;
  const forward: StreamingTarget['forward'] = (request, sink) => target.forward(request, sink);
  return Object.defineProperty(checked, 'forward', { value: forward, enumerable: true });
}

/** What a row of checks says. */
export class Health {
  readonly #check: Pick<LocalHealthCheck, 'healthyThreshold' | 'unhealthyThreshold'>;
  #healthy = true;
  #against = 0;

  constructor(check: Pick<LocalHealthCheck, 'healthyThreshold' | 'unhealthyThreshold'>) {
    this.#check = check;
  }

  get healthy(): boolean {
    return this.#healthy;
  }

  /** Takes in a check; true when it changed the state. */
  record(passed: boolean): boolean {
    this.#against = passed === this.#healthy ? 0 : this.#against + 1;
    const needed = this.#healthy ? this.#check.unhealthyThreshold : this.#check.healthyThreshold;
    if (this.#against < needed) return false;
    this.#healthy = passed;
    this.#against = 0;
    return true;
  }
}

/** One check; what was wrong, or undefined. */
async function checkOnce(target: Target, check: LocalHealthCheck, closing: AbortSignal): Promise<string | undefined> {
  try {
    const { status, body } = await target.send({
      method: 'GET',
      target: check.path,
      fields: [
        ['host', target.address],
        ['user-agent', 'local-lattice-health-check'],
        ['accept', '*/*'],
      ],
      body: undefined,
      context: { ...NO_CONTEXT, time: new Date() },
      signal: AbortSignal.any([closing, AbortSignal.timeout(check.timeoutMs)]),
    });
    // Read to its end, or until the time is up: the connection can be used again.
    if (body instanceof Readable) body.on('error', () => undefined).resume();
    return matches(check.matcher, status) ? undefined : `it answered ${status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether a status is among `200`, `200-299` or `200,204`. */
export function matches(matcher: string, status: number): boolean {
  return matcher.split(',').some((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return Number(first) <= status && status <= Number(last);
  });
}
