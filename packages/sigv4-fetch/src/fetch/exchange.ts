// exchange.ts — one URL, as many attempts as it takes: sign, send, judge, wait. Signing is the innermost step, after
// every pause, so that no attempt carries an old date. The transport (fetch or undici) is handed in.
import type { SignedParts } from '../core.js';
import type { CredentialSet } from '../credentials/credentials.js';
import { type NetworkFailure, networkFailure } from '../retry/network-errors.js';
import { parseRetryAfter } from '../retry/retry-after.js';
import { RETRY_COST } from '../retry/retry-budget.js';
import { mayRepeat, retryDelay } from '../retry/retry-policy.js';
import { sleep } from '../retry/sleep.js';
import { LatticeTimeoutError } from './fetch-errors.js';
import { makeSignature, placeHeaders } from './make-signature.js';
import type { RetryEvent } from './observe.js';
import type { Outgoing, WireRequest } from './outgoing.js';
import {
  announce,
  announceResponse,
  announceRetry,
  announceSignature,
  attemptEvent,
  type Run,
  type Transport,
} from './run.js';
import { abortable, deadline } from './timeouts.js';

// Loaded by the first refusal: most processes never see one.
const recovery = () => import('./recovery.js');

/** Sends until there is a response to hand to the caller. */
export async function exchange<R>(run: Run, transport: Transport<R>): Promise<R> {
  const { client, out } = run;
  for (;;) {
    run.attempt += 1;
    const limit = deadline(out.signal, 'attempt', out.timeout.attemptMs);
    try {
      const signing = sign(run, limit.signal);
      const wire = signing instanceof Promise ? await signing : signing;
      const startedMs = announce(run);
      let response: R;
      try {
        response = await transport.send(wire);
      } catch (error) {
        limit.stop();
        await retryAfterError(run, error);
        continue;
      }
      limit.stop();
      if (startedMs !== undefined) announceResponse(run, transport.status(response), startedMs);
      if (!(await repeats(run, response, transport))) return response;
    } catch (error) {
      limit.stop();
      const { error: observer } = client.observers;
      if (observer.wanted) observer.emit({ ...attemptEvent(run), error });
      throw error;
    }
  }
}

// Synchronous while credentials are cached and no hook is asynchronous.
function sign(run: Run, signal: AbortSignal | undefined): WireRequest | Promise<WireRequest> {
  const { client, out } = run;
  const { beforeSign } = client.hooks;
  if (beforeSign !== undefined) {
    const waiting = beforeSign({ ...attemptEvent(run), headers: out.headers });
    if (waiting instanceof Promise) return waiting.then(() => signNow(run, signal));
  }
  return signNow(run, signal);
}

function signNow(run: Run, signal: AbortSignal | undefined): WireRequest | Promise<WireRequest> {
  const { client, out } = run;
  if (out.destination.region === undefined) return wireRequest(out, out.url.origin, out.target, signal, out.url.href);
  const credentials = client.credentials.peek();
  if (credentials !== undefined) return signWith(run, credentials, signal);
  return abortable(client.credentials.get(), signal).then((set) => signWith(run, set, signal));
}

function signWith(
  run: Run,
  credentials: CredentialSet,
  signal: AbortSignal | undefined,
): WireRequest | Promise<WireRequest> {
  const { client, out } = run;
  const { destination, headers } = out;
  if (destination.region === undefined) return wireRequest(out, out.url.origin, out.target, signal, out.url.href);
  run.credentials = credentials;
  run.clockOffsetMs = destination.clockOffsetMs;
  run.signed = makeSignature(client, client.settings, destination, destination.region, out, credentials);
  const { options, parts } = run.signed;
  if (client.observers.sign.wanted) announceSignature(run, options);
  const place = (signed: SignedParts) => {
    placeHeaders(headers, signed);
    return wireRequest(out, destination.origin, signed.target, signal);
  };
  return parts instanceof Promise ? parts.then(place) : place(parts);
}

function wireRequest(
  out: Outgoing,
  origin: string,
  target: string,
  signal: AbortSignal | undefined,
  href = origin + target,
): WireRequest {
  return { href, origin, target, method: out.method, headers: out.headers, body: out.body.next(), signal };
}

// True: the caller should send again; the response has been dealt with. False: it is the caller's.
async function repeats<R>(run: Run, response: R, transport: Transport<R>): Promise<boolean> {
  const { client, out } = run;
  const status = transport.status(response);
  if (!out.retry.statuses.has(status)) {
    if (status === 403) return (await recovery()).recover(run, response, transport);
    if (status < 400) {
      client.budget.give(RETRY_COST.success);
      if (out.destination.clockOffsetMs !== 0)
        (await recovery()).learnFromSuccess(out.destination, response, transport);
    }
    return false;
  }
  if (!canRepeat(run, 'unknown')) return false;
  const retryAfterMs = parseRetryAfter(transport.header(response, 'retry-after'), Date.now());
  const delayMs = retryDelay(out.retry, run.failures + 1, retryAfterMs, Math.random());
  if (delayMs === undefined || !client.budget.take(RETRY_COST.error)) return false;
  transport.discard(response);
  await pause(run, { reason: 'status', status, delayMs });
  return true;
}

// Waits for the next attempt, or throws what the last one failed with.
async function retryAfterError(run: Run, error: unknown): Promise<void> {
  const { client, out } = run;
  if (out.signal?.aborted) throw error;
  const timedOut = error instanceof LatticeTimeoutError;
  const failure: NetworkFailure = timedOut ? 'unknown' : networkFailure(error);
  if (failure === 'none' || !canRepeat(run, failure)) throw error;
  const delayMs = retryDelay(out.retry, run.failures + 1, undefined, Math.random()) ?? 0;
  if (!client.budget.take(timedOut ? RETRY_COST.timeout : RETRY_COST.error)) throw error;
  await pause(run, { reason: timedOut ? 'timeout' : 'network', status: undefined, delayMs });
}

function canRepeat(run: Run, failure: NetworkFailure): boolean {
  const { out } = run;
  if (run.failures + 1 >= out.retry.attempts || out.body.kind === 'once') return false;
  return failure === 'unsent' || mayRepeat(out.retry, out.method, out.headers);
}

async function pause(run: Run, retry: Pick<RetryEvent, 'reason' | 'status' | 'delayMs'>): Promise<void> {
  run.failures += 1;
  announceRetry(run, retry);
  await sleep(retry.delayMs, run.out.signal);
}
