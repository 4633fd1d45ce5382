// recovery.ts — the two refusals that mend themselves: a clock that is off, and credentials that expired. Each is tried
// once per request, whatever its method, since a request that was refused was not processed. Every request compares with
// what *it* was signed with, so that of many parallel requests all recover and not only the first.
import { abortable } from './abortable.js';
import { announceRetry } from './announce-retry.js';
import { type Denial, parseDenial } from './denial.js';
import type { Destination } from './destination.js';
import type { Run, Transport } from './run.js';

const MINUTE_MS = 60_000;
/** A server's clock that differs by more than this from the signed date explains a refusal. */
const SKEW_MIN_MS = 4 * MINUTE_MS;
/** No server may move our clock further: it could otherwise collect signatures for another day. */
const OFFSET_MAX_MS = 24 * 60 * MINUTE_MS;
/** Differences below this are the network's. */
const OFFSET_STEP_MS = MINUTE_MS;

/** Whether a refused request should be sent again; if so, the response is gone. */
export async function recover<R>(run: Run, response: R, transport: Transport<R>): Promise<boolean> {
  const { out } = run;
  if (run.signed === undefined || out.body.kind === 'once') return false;
  if (run.recovered.clockSkew && run.recovered.expiredCredentials) return false;
  const text = await transport.peek(response);
  const denial = parseDenial(text);
  if (denial?.kind === 'access') return false;
  const reason =
    denial?.kind === 'signature' && denial.problem === 'token'
      ? await renewCredentials(run)
      : correctClock(run, response, transport, denial, text);
  if (reason === undefined) return false;
  transport.discard(response);
  run.recovered[reason] = true;
  announceRetry(run, { reason, status: transport.status(response), delayMs: 0 });
  return true;
}

async function renewCredentials(run: Run): Promise<'expiredCredentials' | undefined> {
  const { client, out, credentials } = run;
  if (run.recovered.expiredCredentials || credentials === undefined) return undefined;
  try {
    const fresh = await abortable(client.credentials.replace(credentials), out.signal);
    return fresh === credentials ? undefined : 'expiredCredentials';
  } catch (error) {
    if (out.signal?.aborted) throw error;
    return undefined; // the refusal says more than the provider's failure: the caller gets that
  }
}

function correctClock<R>(
  run: Run,
  response: R,
  transport: Transport<R>,
  denial: Denial | undefined,
  text: string,
): 'clockSkew' | undefined {
  const { client, out } = run;
  if (run.recovered.clockSkew || client.options.clockSkew === 'off') return undefined;
  const aboutTime = denial?.kind === 'signature' && (denial.problem === 'expired' || denial.problem === 'skew');
  // A 403 that is not Lattice's is the application's, and none of our business; only HEAD has no text to tell by.
  if (denial === undefined && !(text === '' && out.method === 'HEAD')) return undefined;
  const quoted = denial?.kind === 'signature' ? denial.serverTime?.getTime() : undefined;
  const serverMs = quoted ?? serverTime(response, transport);
  if (serverMs === undefined) return aboutTime ? 'clockSkew' : undefined;
  const offsetMs = serverMs - Date.now();
  const missedBy = Math.abs(offsetMs - run.clockOffsetMs);
  if ((missedBy <= SKEW_MIN_MS && !aboutTime) || Math.abs(offsetMs) > OFFSET_MAX_MS) return undefined;
  // Within a step the clock was right and the request late: a fresh date is all it needs.
  if (missedBy > OFFSET_STEP_MS) out.destination.clockOffsetMs = offsetMs;
  return 'clockSkew';
}

/** A correction that is no longer right is taken back as soon as a success shows it. */
export function learnFromSuccess<R>(destination: Destination, response: R, transport: Transport<R>): void {
  const serverMs = serverTime(response, transport);
  if (serverMs === undefined) return;
  const offsetMs = serverMs - Date.now();
  if (Math.abs(offsetMs) < OFFSET_STEP_MS) destination.clockOffsetMs = 0;
  else if (Math.abs(offsetMs) <= OFFSET_MAX_MS && Math.abs(offsetMs - destination.clockOffsetMs) > OFFSET_STEP_MS) {
    destination.clockOffsetMs = offsetMs;
  }
}

// A response from a cache (`Age`) tells the time it was made, not the time it is.
function serverTime<R>(response: R, transport: Transport<R>): number | undefined {
  if (transport.header(response, 'age') !== undefined) return undefined;
  const dateMs = Date.parse(transport.header(response, 'date') ?? '');
  return Number.isNaN(dateMs) ? undefined : dateMs;
}
