// outbound-gateway.ts: the direction that signs.
import type { CredentialSet, CredentialSource } from '@lattice-auth/sigv4-fetch';
import type { OutboundConfig } from '../config/sidecar-config.js';
import { SidecarError } from '../errors.js';
import type { Deadlines } from '../http/deadlines.js';
import type { Exchange, ExchangeObserver, RequestJudge } from '../http/exchange.js';
import type { Gateway, Plan, Sealed } from '../http/gateway.js';
import type { RequestHead } from '../http/request-head.js';
import type { SigningLog } from '../log/signing-log.js';
import { Router } from './router.js';
import { RequestSigner } from './sign.js';
import type { Upstreams } from './upstreams.js';

/** What the outbound direction is made of. */
export interface OutboundParts {
  readonly config: OutboundConfig;
  readonly credentials: CredentialSource;
  readonly upstreams: Upstreams;
  readonly deadlines: Deadlines;
  readonly observers: readonly ExchangeObserver[];
  readonly judge: RequestJudge | undefined;
  readonly report: Gateway['report'];
  /** For hosts that do not name theirs. */
  readonly fallbackRegion: string | undefined;
  /** `log.signing`. */
  readonly onSigned?: SigningLog | undefined;
}

/** Routes and signs. */
export function outboundGateway(parts: OutboundParts): Gateway {
  const { config, credentials, upstreams } = parts;
  const router = new Router(config, parts.fallbackRegion);
  const signer = new RequestSigner(parts.onSigned);
  return {
    direction: 'outbound',
    observers: parts.observers,
    judge: parts.judge,
    deadlines: parts.deadlines,
    limits: config.limits,
    report: parts.report,
    plan({ authority, target }: RequestHead): Plan {
      const destination = router.find(authority, target);
      const signWith = (exchange: Exchange, from: string, headers: readonly string[], set: CredentialSet): Sealed => {
        const startMs = performance.now();
        const { method } = exchange;
        const sealed = signer.sign(method, from, destination.authority, headers, destination, set, Date.now());
        exchange.signingMs += performance.now() - startMs;
        return sealed;
      };
      return {
        route: destination.route,
        authority: destination.authority,
        upstream: upstreams.get(destination.key, () => destination.origin),
        timeouts: destination.timeouts,
        retries: config.retries,
        seal(exchange, from, headers) {
          const set = credentials.peek();
          if (set !== undefined) return signWith(exchange, from, headers, set);
          return credentials.get().then((fresh) => signWith(exchange, from, headers, fresh), noCredentials);
        },
      };
    },
  };
}

function noCredentials(cause: unknown): never {
  throw new SidecarError('ERR_SIDECAR_CREDENTIALS', 'there are no credentials', { cause });
}
