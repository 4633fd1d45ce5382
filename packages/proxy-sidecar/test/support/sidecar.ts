// A whole outbound direction on a free loopback port, in front of an upstream of the test.
import { createCredentialSource } from '@lattice-auth/sigv4-fetch';
import { defaults, type OutboundConfig } from '../../src/config/sidecar-config.js';
import { Deadlines } from '../../src/http/deadlines.js';
import type { Exchange, ExchangeObserver, RequestJudge } from '../../src/http/exchange.js';
import { Listener } from '../../src/http/listener.js';
import { passThrough } from '../../src/http/passage.js';
import { outboundGateway } from '../../src/outbound/outbound-gateway.js';
import { Upstreams } from '../../src/outbound/upstreams.js';

export const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'session-token-of-the-example',
};
export const REGION = 'eu-west-1';
export const HOST = 'orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';

export interface Rig {
  readonly port: number;
  readonly exchanges: Exchange[];
  readonly problems: unknown[];
  readonly listener: Listener;
  readonly upstreams: Upstreams;
  /** Resolves when this many exchanges have ended. */
  ended(count: number): Promise<Exchange[]>;
  close(): void;
}

export interface RigOptions {
  readonly config?: Partial<OutboundConfig>;
  readonly judge?: RequestJudge;
  readonly credentials?: Parameters<typeof createCredentialSource>[0];
  readonly observers?: readonly ExchangeObserver[];
}

/** A sidecar that sends everything to one port of this machine, signed for a Lattice host. */
export async function startRig(upstreamPort: number, options: RigOptions = {}): Promise<Rig> {
  const exchanges: Exchange[] = [];
  const problems: unknown[] = [];
  const waiting: { count: number; resolve: (list: Exchange[]) => void }[] = [];
  const config: OutboundConfig = {
    ...defaults.outbound,
    listen: { host: '127.0.0.1', port: 0 },
    upstream: { scheme: 'http', protocol: 'h1', tls: { verify: true } },
    destination: { mode: 'upstream', target: { connect: `127.0.0.1:${upstreamPort}`, signedHost: HOST } },
    ...options.config,
  };
  const deadlines = new Deadlines(10);
  const upstreams = new Upstreams();
  const observer: ExchangeObserver = {
    onEnd(exchange) {
      exchanges.push(exchange);
      for (const one of [...waiting]) if (exchanges.length >= one.count) one.resolve(exchanges);
    },
  };
  const gateway = outboundGateway({
    config,
    credentials: createCredentialSource(options.credentials ?? CREDENTIALS),
    upstreams,
    deadlines,
    observers: [observer, ...(options.observers ?? [])],
    judge: options.judge,
    report: (problem, cause) => problems.push(problem, cause),
    fallbackRegion: REGION,
  });
  const listener = new Listener({
    listen: config.listen,
    tls: undefined,
    limits: config.limits,
    timeouts: config.timeouts,
    handle: (down) => passThrough(gateway, down),
  });
  const port = await listener.open();
  return {
    port,
    exchanges,
    problems,
    listener,
    upstreams,
    ended: (count) =>
      exchanges.length >= count
        ? Promise.resolve(exchanges)
        : new Promise((resolve) => waiting.push({ count, resolve })),
    close() {
      listener.destroy();
      upstreams.destroy();
      deadlines.stop();
    },
  };
}
