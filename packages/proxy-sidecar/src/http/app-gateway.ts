// app-gateway.ts: the direction that hands requests over to the app, on one address, unchanged but for what the judge
// changes. Identity is checked, and stripped, by the judge.

import type { InboundConfig, RetriesConfig } from '../config/sidecar-config.js';
import { parseAddress } from '../outbound/address.js';
import type { Upstreams } from '../outbound/upstreams.js';
import type { Deadlines } from './deadlines.js';
import type { ExchangeObserver, RequestJudge } from './exchange.js';
import type { Gateway, Plan } from './gateway.js';
import type { RequestHead } from './request-head.js';

/** What the inbound direction is made of. */
export interface InboundParts {
  readonly config: InboundConfig;
  readonly upstreams: Upstreams;
  readonly deadlines: Deadlines;
  readonly observers: readonly ExchangeObserver[];
  readonly judge: RequestJudge;
  readonly report: Gateway['report'];
}

const NO_RETRIES: RetriesConfig = { attempts: 1, statuses: [], methods: [], bodyBytesMax: 65_536 };
const FRAMING = new Set(['host', 'content-length']);

/** Hands everything over to the app. */
export function appGateway({ config, upstreams, deadlines, observers, judge, report }: InboundParts): Gateway {
  const { host, port = 80, name } = parseAddress(config.app);
  const origin = {
    host,
    port,
    serverName: name,
    upstream: { scheme: 'http' as const, protocol: config.appProtocol, tls: { verify: true } },
    ca: undefined,
    pool: config.pool,
    connectMs: config.timeouts.connectMs,
  };
  return {
    direction: 'inbound',
    observers,
    judge,
    deadlines,
    limits: config.limits,
    report,
    plan({ authority }: RequestHead): Plan {
      return {
        route: 'app',
        authority,
        upstream: upstreams.get('app', () => origin),
        timeouts: config.timeouts,
        retries: NO_RETRIES,
        seal: (_exchange, target, headers) => ({ target, headers: withoutFraming(headers) }),
      };
    },
  };
}

function withoutFraming(flat: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i < flat.length; i += 2) {
    if (!FRAMING.has((flat[i] as string).toLowerCase())) kept.push(flat[i] as string, flat[i + 1] as string);
  }
  return kept;
}
