// ask-judge.ts: what a judge is asked about a request, and that its failure to answer is an answer: no.
import type { Downstream } from './downstream.js';
import type { Exchange, Judgement, RequestJudge } from './exchange.js';
import { isGrpc } from './flat-headers.js';
import { undecided } from './passage-errors.js';

/**
 * A judgement, at once where the judge can.
 *
 * @throws SidecarError `ERR_SIDECAR_DECISION`, as does the promise.
 */
export function askJudge(
  judge: RequestJudge,
  exchange: Exchange,
  { method, peerAddress }: Downstream,
  { target, authority, headers }: { target: string; authority: string; headers: readonly string[] },
): Judgement | Promise<Judgement> {
  const protocol = isGrpc(headers) ? 'grpc' : 'http';
  try {
    const judgement = judge.judge(exchange, { method, target, authority, headers, peerAddress, protocol });
    if (!(judgement instanceof Promise)) return judgement;
    return judgement.catch((cause) => {
      throw undecided(cause);
    });
  } catch (cause) {
    throw undecided(cause);
  }
}
