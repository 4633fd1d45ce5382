// exchange.ts — one URL, as many attempts as it takes: sign, send, judge, wait. Signing is the innermost step, after
// every pause, so that no attempt carries an old date. The transport (fetch or undici) is handed in.
// A request that succeeds at once meets no `async` function here: under load they cost more than a signature (bench/signing).
import type { RawHeader, SignedParts } from '../core.js';
import type { CredentialSet } from '../credentials/credentials.js';
import { RETRY_COST } from '../retry/retry-budget.js';
import { makeSignature } from './make-signature.js';
import type { Outgoing, WireRequest } from './outgoing.js';
import {
  announce,
  announceFailure,
  announceResponse,
  announceSignature,
  attemptEvent,
  type Run,
  type Transport,
} from './run.js';
import { type Deadline, deadline } from './timeouts.js';

// Loaded by the first failure: retries, recoveries, and the reading of refusals.
const failures = () => import('./on-demand.js');

const UNSIGNED: readonly RawHeader[] = [];

/** Sends until there is a response to hand to the caller. */
export function exchange<R>(run: Run, transport: Transport<R>): Promise<R> {
  const { out } = run;
  run.attempt += 1;
  const limit = deadline(out.signal, 'attempt', out.timeout.attemptMs);
  try {
    const wire = sign(run, limit.signal);
    if (!(wire instanceof Promise)) return send(run, transport, limit, wire);
    return wire.then((ready) => send(run, transport, limit, ready)).catch((error) => fail(run, error, limit));
  } catch (error) {
    return Promise.resolve().then(() => fail(run, error, limit));
  }
}

function send<R>(run: Run, transport: Transport<R>, limit: Deadline, wire: WireRequest): Promise<R> {
  const startedMs = announce(run);
  return transport.send(wire).then(
    (response) => {
      limit.stop();
      const status = transport.status(response);
      if (startedMs !== undefined) announceResponse(run, status, startedMs);
      return isFinal(run, status) ? transport.finish(run, response) : afterRefusal(run, transport, response);
    },
    (error) => {
      limit.stop();
      return afterError(run, transport, error);
    },
  );
}

async function afterRefusal<R>(run: Run, transport: Transport<R>, response: R): Promise<R> {
  const { repeats } = await failures();
  const repeat = await repeats(run, response, transport).catch((error) => fail(run, error));
  return repeat ? exchange(run, transport) : transport.finish(run, response);
}

async function afterError<R>(run: Run, transport: Transport<R>, error: unknown): Promise<R> {
  const { retryAfterError } = await failures();
  await retryAfterError(run, error).catch((final) => fail(run, final));
  return exchange(run, transport);
}

function fail(run: Run, error: unknown, limit?: Deadline): never {
  limit?.stop();
  announceFailure(run, error);
  throw error;
}

// A response that is the caller's without another look.
function isFinal({ client, out }: Run, status: number): boolean {
  if (status === 403 || out.retry.statuses.has(status)) return false;
  if (status < 400) client.budget.give(RETRY_COST.success);
  return status >= 400 || out.destination.clockOffsetMs === 0;
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
  if (out.destination.region === undefined) return unsigned(out, signal);
  const credentials = client.credentials.peek();
  if (credentials !== undefined) return signWith(run, credentials, signal);
  return waitForCredentials(run, signal);
}

async function waitForCredentials(run: Run, signal: AbortSignal | undefined): Promise<WireRequest> {
  const { abortable } = await import('./on-demand.js');
  return signWith(run, await abortable(run.client.credentials.get(), signal), signal);
}

function signWith(
  run: Run,
  credentials: CredentialSet,
  signal: AbortSignal | undefined,
): WireRequest | Promise<WireRequest> {
  const { client, out } = run;
  const { destination } = out;
  if (destination.region === undefined) return unsigned(out, signal);
  run.credentials = credentials;
  run.clockOffsetMs = destination.clockOffsetMs;
  run.signed = makeSignature(client, client.settings, destination, destination.region, out, credentials);
  const { options, parts } = run.signed;
  if (client.observers.sign.wanted) announceSignature(run, options);
  return parts instanceof Promise
    ? parts.then((signed) => signedRequest(out, signed, signal))
    : signedRequest(out, parts, signal);
}

function signedRequest(out: Outgoing, signed: SignedParts, signal: AbortSignal | undefined): WireRequest {
  const { origin } = out.destination;
  // Mostly the URL is sent as it came; then it is the caller's own string, and not a new one.
  const href = signed.target === out.target ? out.href : origin + signed.target;
  return wireRequest(out, href, origin, signed.target, signed.headers, signal);
}

function unsigned(out: Outgoing, signal: AbortSignal | undefined): WireRequest {
  return wireRequest(out, out.href, out.destination.origin, out.target, UNSIGNED, signal);
}

function wireRequest(
  { method, headers, body }: Outgoing,
  href: string,
  origin: string,
  target: string,
  signature: readonly RawHeader[],
  signal: AbortSignal | undefined,
): WireRequest {
  return { href, origin, target, method, headers, signature, body: body.next(), signal };
}
