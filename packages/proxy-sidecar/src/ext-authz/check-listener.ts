// check-listener.ts: the listener that Envoy asks: both forms of external authorization on one port, told apart by the path
// alone. What is no question is answered with 404, which no form of Envoy's takes for a yes.
import type { CheckResult } from '../admin/health.js';
import { defaults, type ExtAuthzConfig } from '../config/sidecar-config.js';
import type { Deadlines } from '../http/deadlines.js';
import type { Downstream } from '../http/downstream.js';
import type { ExchangeObserver } from '../http/exchange.js';
import { Listener } from '../http/listener.js';
import type { KeyVerification } from '../inbound/find-caller.js';
import { peerTest } from '../inbound/trusted-peers.js';
import type { PolicySet } from '../policy/policy-set.js';
import { readTlsFiles } from '../tls-files.js';
import { CheckJudge, unknownNames } from './check-judge.js';
import { type CheckParts, guarded, NOBODY, tellFailure } from './check-parts.js';
import { answerGrpc, isGrpcPath } from './grpc-form.js';
import { answerHttp, isHttpForm } from './http-form.js';

/** What the listener is made of. */
export interface CheckListenerParts {
  readonly config: ExtAuthzConfig;
  readonly deadlines: Deadlines;
  readonly observers: readonly ExchangeObserver[];
  /** What signatures are verified with. */
  readonly verification: KeyVerification | undefined;
  /** The policies in force. */
  policies(): PolicySet | undefined;
  /** Nothing is missing and nobody is leaving. */
  ready(): boolean;
  report(problem: string, cause: unknown): void;
}

/** A listener that answers questions; nothing listens yet. */
export interface CheckListener {
  readonly listener: Listener;
  /** For readiness: do the policies know what the configuration names? */
  check(): CheckResult;
}

/** @throws SidecarError for certificates that cannot be read. */
export function createCheckListener(parts: CheckListenerParts): CheckListener {
  const { config, verification, policies, report } = parts;
  const judge = new CheckJudge({ config, isTrusted: peerTest(config.trustedPeers), verification, policies, report });
  const { deadlines, observers, ready } = parts;
  const answering: CheckParts = { config, judge, deadlines, observers, ready, report };
  const listener = new Listener({
    listen: config.listen,
    tls: config.tls === undefined ? undefined : readTlsFiles(config.tls),
    limits: config.limits,
    timeouts: { ...defaults.inbound.timeouts, keepAliveMs: config.timeouts.keepAliveMs },
    handle: (down) => guarded(answering, down, () => answer(answering, down)),
  });
  const check = () => {
    const [detail] = unknownNames(config, policies());
    return detail === undefined ? { ok: true } : { ok: false, detail };
  };
  return { listener, check };
}

function answer(parts: CheckParts, down: Downstream): void {
  if (isGrpcPath(down.target)) answerGrpc(parts, down);
  else if (isHttpForm(down.target, parts.config.http.pathPrefix)) answerHttp(parts, down);
  else refuse(parts, down);
}

function refuse(parts: CheckParts, down: Downstream): void {
  const startedAtMs = performance.now();
  down.listen(NOBODY);
  down.head(404, '', ['content-length', '0'], true);
  tellFailure(parts, down, { form: 'none', startedAtMs, status: 404, errorCode: 'ERR_SIDECAR_NO_ROUTE' });
}
