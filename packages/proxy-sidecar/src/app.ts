// app.ts: the sidecar put together: listeners, upstreams, credentials, policies, logs and metrics, from one configuration.
// Nothing is bound before all of it is made, and it is stopped in the reverse order: traffic first, operators' port last.
import { LATTICE_SIGNING_NAME } from '@lattice-auth/sigv4-fetch/core';
import type { ProcessStatus } from './admin/fleet.js';
import { Health, type HealthReport } from './admin/health.js';
import { type AdminParts, type AdminServer, openAdminServer } from './admin/server.js';
import type {
  InboundConfig,
  InboundVerifyConfig,
  ListenTlsConfig,
  OutboundConfig,
  SidecarConfig,
} from './config/sidecar-config.js';
import { appGateway } from './http/app-gateway.js';
import { Deadlines } from './http/deadlines.js';
import type { ExchangeObserver, RequestJudge } from './http/exchange.js';
import type { Gateway } from './http/gateway.js';
import { Listener } from './http/listener.js';
import { passThrough } from './http/passage.js';
import type { AppPort } from './inbound/app-port.js';
import type { KeyVerification } from './inbound/find-caller.js';
import { peerTest } from './inbound/trusted-peers.js';
import { createAccessLog } from './log/access-log.js';
import type { LogOutput } from './log/log-output.js';
import { createLogger, type Logger } from './log/logger.js';
import { Redactor } from './log/redact.js';
import { createSigningLog } from './log/signing-log.js';
import { createMetrics, type Metrics } from './metrics/metrics.js';
import { type Environment, type KnownCredentials, openCredentials, warmUp } from './outbound/credentials.js';
import { outboundGateway } from './outbound/outbound-gateway.js';
import { Upstreams } from './outbound/upstreams.js';
import type { PolicyStore } from './policy/policy-store.js';
import { followTlsFiles, readTlsFiles } from './tls-files.js';
import { ownVersion } from './version.js';

/** What the app takes from outside. */
export interface AppParts {
  readonly config: SidecarConfig;
  readonly env: Environment;
  readonly output: LogOutput;
  /** Somebody asks for an end (`POST /shutdown`). */
  readonly onShutdown: () => void;
}

/** Ports that are open. */
export interface AppPorts {
  readonly outbound: number | undefined;
  readonly inbound: number | undefined;
  readonly extAuthz: number | undefined;
  readonly admin: number | undefined;
}

/** The running sidecar. */
export interface App {
  readonly logger: Logger;
  readonly health: Health;
  /** How it is now, for whoever asks on behalf of several. */
  status(): Promise<ProcessStatus>;
  /**
   * Opens all listeners.
   *
   * @throws SidecarError `ERR_SIDECAR_LISTEN`
   */
  listen(): Promise<AppPorts>;
  /** Stops; resolves to false when something had to be cut. */
  drain(insisted: Promise<void>): Promise<boolean>;
  /** Closes everything at once. */
  close(): void;
}

/** Makes the sidecar; nothing listens yet. */
export function createApp(parts: AppParts): App {
  return new Sidecar(parts);
}

class Sidecar implements App {
  readonly logger: Logger;
  readonly health = new Health();
  readonly #parts: AppParts;
  readonly #upstreams = new Upstreams();
  readonly #deadlines = { outbound: new Deadlines(), inbound: new Deadlines(), extAuthz: new Deadlines() };
  readonly #listeners: Listener[] = [];
  readonly #metrics: Metrics;
  readonly #observers: readonly ExchangeObserver[];
  readonly #credentials: KnownCredentials;
  readonly #redactor = new Redactor();
  #policies: PolicyStore | undefined;
  readonly #stops: (() => void)[] = [];
  #admin: AdminServer | undefined;
  #appPort: AppPort | undefined;

  constructor(parts: AppParts) {
    this.#parts = parts;
    const { config, env, output } = parts;
    const redactor = this.#redactor;
    this.logger = createLogger(config.log, output, redactor);
    this.#credentials = openCredentials(config.credentials, env, this.logger, (secret) => redactor.learn(secret));
    this.#metrics = this.#createMetrics();
    const accessLog = createAccessLog(config.log, output, redactor);
    this.#observers = accessLog === undefined ? [this.#metrics.traffic] : [this.#metrics.traffic, accessLog];
  }

  async listen(): Promise<AppPorts> {
    const { config, env } = this.#parts;
    if (judges(config)) await this.#startPolicies();
    const outbound = config.outbound.enabled ? await this.#listenOutbound() : undefined;
    const inbound = config.inbound.enabled ? await this.#listenInbound() : undefined;
    const extAuthz = config.extAuthz.enabled ? await this.#listenExtAuthz() : undefined;
    if (config.admin.enabled) this.#admin = await openAdminServer(this.#adminParts());
    if (config.outbound.enabled) this.#stops.push(warmUp(this.#credentials, config.credentials, env, this.logger));
    const address = this.#admin?.address;
    return { outbound, inbound, extAuthz, admin: typeof address === 'object' ? address.port : undefined };
  }

  // The engine and what reads policies are loaded only where they are asked: they cost as much as all the rest.
  async #startPolicies(): Promise<void> {
    const { policies: files, inbound } = this.#parts.config;
    const { PolicyStore } = await import('./policy/policy-store.js');
    const policies = new PolicyStore({ files, service: inbound.service }, this.logger);
    this.#policies = policies;
    this.health.add('policies', () => policies.check());
    await policies.start();
    this.#stops.push(() => policies.close());
  }

  async status(): Promise<ProcessStatus> {
    return { report: await this.#report(), families: this.#metrics.families() };
  }

  async #report(): Promise<HealthReport> {
    await this.#appPort?.look();
    return this.health.report();
  }

  async drain(insisted: Promise<void>): Promise<boolean> {
    const { deadlineMs, lingerMs } = this.#parts.config.drain;
    this.health.drain();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), deadlineMs);
    });
    const drained = Promise.all(this.#listeners.map((listener) => listener.drain(lingerMs))).then(() => true);
    const whole = await Promise.race([drained, late, insisted.then(() => false)]);
    clearTimeout(timer);
    const cut = Object.values(this.#deadlines).reduce((sum, { size }) => sum + size, 0);
    if (!whole) this.logger.warn('requests are cut', { requests: cut });
    this.close();
    return whole;
  }

  close(): void {
    for (const stop of this.#stops) stop();
    for (const listener of this.#listeners) listener.destroy();
    this.#upstreams.destroy();
    for (const deadlines of Object.values(this.#deadlines)) deadlines.stop();
    this.#metrics.close();
    void this.#admin?.close();
  }

  async #listenOutbound(): Promise<number> {
    const { config, env } = this.#parts;
    const { preflight } = config.outbound;
    this.health.add('credentials', () =>
      this.#credentials.usable() ? { ok: true } : { ok: false, detail: 'there are none' },
    );
    const gateway = outboundGateway({
      config: config.outbound,
      credentials: this.#credentials.source,
      upstreams: this.#upstreams,
      deadlines: this.#deadlines.outbound,
      observers: this.#observers,
      judge: preflight === 'off' ? undefined : await this.#preflight(preflight),
      report: (problem, cause) => this.logger.error(problem, { error: cause }),
      fallbackRegion: env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined,
      onSigned: createSigningLog(config.log, this.logger),
    });
    return this.#open(config.outbound, gateway);
  }

  async #listenInbound(): Promise<number> {
    const { inbound } = this.#parts.config;
    const { InboundJudge } = await import('./inbound/inbound-judge.js');
    const { AppPort } = await import('./inbound/app-port.js');
    const appPort = new AppPort(inbound.app);
    this.#appPort = appPort;
    this.health.add('app', () => appPort.check());
    const verification =
      inbound.verify === undefined ? undefined : await this.#followKeys(inbound.verify, 'inboundKeys');
    const judge = new InboundJudge({
      mode: inbound.mode,
      service: inbound.service,
      isTrusted: peerTest(inbound.trustedPeers),
      verification,
      policies: () => this.#policies?.current,
    });
    const gateway = appGateway({
      config: inbound,
      upstreams: this.#upstreams,
      deadlines: this.#deadlines.inbound,
      observers: this.#observers,
      judge,
      report: (problem, cause) => this.logger.error(problem, { error: cause }),
    });
    return this.#open(inbound, gateway);
  }

  async #followKeys({ keysFile: file, region }: InboundVerifyConfig, name: string): Promise<KeyVerification> {
    const { followKeyFile } = await import('./inbound/key-file.js');
    const { pollMs } = this.#parts.config.policies;
    const followed = followKeyFile({ file, pollMs, logger: this.logger, learn: (text) => this.#redactor.learn(text) });
    this.health.add(name, () => followed.check());
    this.#stops.push(() => followed.close());
    return {
      get keys() {
        return followed.keys;
      },
      service: LATTICE_SIGNING_NAME,
      region,
    };
  }

  async #listenExtAuthz(): Promise<number> {
    const { extAuthz } = this.#parts.config;
    const { createCheckListener } = await import('./ext-authz/check-listener.js');
    const { listener, check } = createCheckListener({
      config: extAuthz,
      verification: extAuthz.verify && (await this.#followKeys(extAuthz.verify, 'extAuthzKeys')),
      deadlines: this.#deadlines.extAuthz,
      observers: this.#observers,
      policies: () => this.#policies?.current,
      ready: () => this.health.report().ready,
      report: (problem, cause) => this.logger.error(problem, { error: cause }),
    });
    this.health.add('extAuthz', check);
    return this.#openListener(listener, extAuthz.tls);
  }

  async #open({ listen, tls, limits, timeouts }: OutboundConfig | InboundConfig, gateway: Gateway): Promise<number> {
    const listener = new Listener({
      listen,
      tls: tls === undefined ? undefined : readTlsFiles(tls),
      limits,
      timeouts,
      handle: (down) => passThrough(gateway, down),
    });
    return this.#openListener(listener, tls);
  }

  #openListener(listener: Listener, tls: ListenTlsConfig | undefined): Promise<number> {
    this.#listeners.push(listener);
    if (tls !== undefined) this.#stops.push(followTlsFiles(tls, (renewed) => listener.renewTls(renewed), this.logger));
    return listener.open();
  }

  async #preflight(mode: 'shadow' | 'enforce'): Promise<RequestJudge> {
    const { PreflightJudge } = await import('./policy/preflight-judge.js');
    return new PreflightJudge({
      mode,
      files: this.#parts.config.policies,
      logger: this.logger,
      policies: () => this.#policies?.current,
      compared: (outcome) => this.#metrics.traffic.compared(outcome),
    });
  }

  #adminParts(): AdminParts {
    const { config, onShutdown } = this.#parts;
    const report = () => this.#report();
    return { config, report, families: () => [this.#metrics.families()], shutdown: onShutdown };
  }

  #createMetrics(): Metrics {
    return createMetrics({
      version: ownVersion(),
      pool: () => poolNumbers(this.#upstreams),
      credentialsExpireAt: () => this.#credentials.expireAt(),
      credentialsUsable: () => this.#credentials.usable(),
      policies: () => this.#policies?.numbers,
      callerConnections: () => this.#listeners.reduce((sum, { connections }) => sum + connections, 0),
      droppedLogLines: () => this.#parts.output.dropped,
    });
  }
}

function judges({ outbound, inbound, extAuthz }: SidecarConfig): boolean {
  return (
    extAuthz.enabled ||
    (outbound.enabled && outbound.preflight !== 'off') ||
    (inbound.enabled && inbound.mode !== 'off')
  );
}

function poolNumbers(upstreams: Upstreams) {
  let [open, idle, waiting, opened] = [0, 0, 0, 0];
  for (const origin of upstreams.all()) {
    const stats = origin.stats();
    open += stats.open;
    idle += stats.idle;
    waiting += stats.waiting;
    opened += stats.connected;
  }
  return { open, busy: open - idle, waiting, opened };
}
