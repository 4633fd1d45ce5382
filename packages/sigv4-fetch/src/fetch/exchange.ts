// exchange.ts — one URL, as many attempts as it takes: sign, send, judge, wait. Signing is the innermost step, after
// every pause, so that no attempt carries an old date. The transport (fetch or undici) is handed in.
import type { SignedParts } from '../core.js';
import type { CredentialSet } from '../credentials/credentials.js';
import { RETRY_COST } from '../retry/retry-budget.js';
import { makeSignature, placeHeaders } from './make-signature.js';
import type { Outgoing, WireRequest } from './outgoing.js';
import { announce, announceResponse, announceSignature, attemptEvent, type Run, type Transport } from './run.js';
import { abortable, deadline } from './timeouts.js';

// Loaded by the first failure: retries, recoveries, and the reading of refusals.
const failures = () => import('./on-demand.js');

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
        await (await failures()).retryAfterError(run, error);
        continue;
      }
      limit.stop();
      const status = transport.status(response);
      if (startedMs !== undefined) announceResponse(run, status, startedMs);
      if (isFinal(run, status) || !(await (await failures()).repeats(run, response, transport))) return response;
    } catch (error) {
      limit.stop();
      const { error: observer } = client.observers;
      if (observer.wanted) observer.emit({ ...attemptEvent(run), error });
      throw error;
    }
  }
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
