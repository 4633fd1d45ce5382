// start-local-lattice.ts — a data plane for tests and for the command: open ports, a `fetch` for each principal, what was
// seen, and an end that leaves nothing behind.
import { findServices, type Listener, type LocalCredentials, type Stack } from '@lattice-auth/stack';
import { caHandler, openControlServer } from './control/control-server.js';
import { type AccessLog, createAccessLog } from './data-plane/access-log.js';
import { DataPlane } from './data-plane/data-plane.js';
import { SeenRequests } from './data-plane/seen.js';
import type { ServicePlane } from './data-plane/topology.js';
import { LocalLatticeError } from './errors.js';
import {
  type CallOutcome,
  checkAllowed,
  checkDenied,
  type ExpectedDenial,
  type LocalCall,
  pathOf,
  unanswered,
} from './expectations.js';
import { createLocalClient, type LocalClient } from './fetch-as.js';
import { CONNECT_MS, CONNECTION_MS, SEEN_MAX } from './limits.js';
import { type StackDocument, type StackLoader, stackLoader } from './load-input.js';
import type { ControlHandler, DataPlaneView, SeenRequest } from './model.js';
import { pageHandler } from './page/page-handler.js';
import { createTryRequest } from './page/try-request.js';
import { containerCredentialsHandler } from './sts/container-handler.js';
import { stsHandler } from './sts/sts-handler.js';
import { createLocalAuthority } from './tls/local-authority.js';

/** How a data plane is started. Everything has a default. */
export interface LocalLatticeOptions {
  /** Ports on 127.0.0.1. Default 0: any that is free. */
  readonly httpPort?: number | undefined;
  readonly httpsPort?: number | undefined;
  readonly controlPort?: number | undefined;
  /** Where the CA is kept, so that clients need trust it only once. Default: nowhere, and each start has its own. */
  readonly caFolder?: string | undefined;
  /** A file that lines are appended to, `-` for stdout, or what takes lines. Default: none. */
  readonly accessLog?: string | ((lines: string) => void) | undefined;
  /** What signatures and policies take for now. Default: the clock. */
  readonly now?: Date | (() => Date) | undefined;
  /** Where turns among weighted groups and targets begin. Default 0. */
  readonly seed?: number | undefined;
  /** How many requests are remembered. Default 1,000. */
  readonly seenMax?: number | undefined;
  /** One line at a time for people: refused signatures, processes that end. Default: nobody. */
  readonly log?: ((line: string) => void) | undefined;
  /** Shorter times, for tests of them. */
  readonly timeouts?: { readonly idleMs?: number; readonly connectionMs?: number; readonly connectMs?: number };
  /** What paths in a document are relative to. Default: the working directory. */
  readonly folder?: string | undefined;
}

/** A running data plane. */
export interface LocalLattice extends DataPlaneView, AsyncDisposable {
  /** `http://127.0.0.1:PORT`; also an HTTP proxy. */
  readonly httpUrl: string;
  readonly controlUrl: string;
  /** The CA's certificate as PEM. */
  readonly ca: string;
  /** Each VPC's own loopback address: who calls from it is in the VPC. */
  readonly vpcAddresses: ReadonlyMap<string, string>;
  /** Forgets the requests that were seen. */
  forget(): void;
  /**
   * A `fetch` that calls as a principal, or `anonymous`, from a VPC: that of the principal unless another is named.
   *
   * @throws {LocalLatticeError} `ERR_LOCAL_REFERENCE` for a name that the stack doesn't have
   */
  fetchAs(principal: string, from?: { readonly vpc?: string | undefined }): typeof fetch;
  /** The static key of a principal. */
  credentialsOf(principal: string): LocalCredentials;
  /** The URL under which clients call a service. */
  urlOf(service: string): string;
  /** Calls, and throws `ERR_LOCAL_EXPECTATION` unless policies allow it. Whatever the target answers is fine. */
  expectAllowed(call: LocalCall): Promise<Response>;
  /** Calls, and throws `ERR_LOCAL_EXPECTATION` unless policies deny it, in the way that is said. */
  expectDenied(call: LocalCall, expected?: ExpectedDenial): Promise<Response>;
  /** Reads the stack again, or takes another. When it can't be used the last good one stays, and this rejects. */
  reload(input?: Stack | StackDocument | string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a data plane on loopback.
 *
 * @example
 * const lattice = await startLocalLattice('stack.yaml');
 * const response = await lattice.fetchAs('web')(`${lattice.urlOf('orders')}/orders/7`);
 * await lattice.close();
 * @throws {StackError} when something is wrong with the stack
 * @throws {LocalLatticeError} `ERR_LOCAL_LISTEN` for a port that can't be opened, `ERR_LOCAL_REFERENCE` for keys that
 *   two principals share
 */
export async function startLocalLattice(
  input: Stack | StackDocument | string,
  options: LocalLatticeOptions = {},
): Promise<LocalLattice> {
  const folder = options.folder ?? process.cwd();
  const load = stackLoader(input, folder);
  const running = new RunningLattice(await load(), load, folder, options);
  try {
    await running.open(options);
  } catch (error) {
    await running.close();
    throw error;
  }
  return running;
}

class RunningLattice implements LocalLattice {
  readonly #plane: DataPlane;
  readonly #seen: SeenRequests;
  readonly #authority: ReturnType<typeof createLocalAuthority>;
  readonly #accessLog: AccessLog | undefined;
  readonly #folder: string;
  readonly #now: () => number;
  readonly #log: (line: string) => void;
  readonly #reloaded = new Set<(problem: string | undefined) => void>();
  readonly #clients = new Map<string, LocalClient>();
  #load: StackLoader;
  #closeControl: () => Promise<void> = async () => undefined;
  #ports = { http: 0, https: 0, control: 0 };
  #closing: Promise<void> | undefined;

  constructor(stack: Stack, load: StackLoader, folder: string, options: LocalLatticeOptions) {
    const { now, timeouts, log = () => undefined } = options;
    this.#load = load;
    this.#folder = folder;
    this.#log = log;
    this.#now = clockOf(now);
    this.#seen = new SeenRequests(options.seenMax ?? SEEN_MAX);
    this.#authority = createLocalAuthority(options.caFolder);
    this.#plane = new DataPlane(stack, {
      authority: this.#authority,
      seen: this.#seen,
      now: this.#now,
      seed: options.seed ?? 0,
      timeouts: {
        idleMs: timeouts?.idleMs,
        connectionMs: timeouts?.connectionMs ?? CONNECTION_MS,
        connectMs: timeouts?.connectMs ?? CONNECT_MS,
      },
      log,
    });
    if (options.accessLog !== undefined) {
      const accessLog = createAccessLog(options.accessLog, log);
      this.#accessLog = accessLog;
      this.#seen.listen((request) => accessLog.add(request));
    }
  }

  async open({ httpPort = 0, httpsPort = 0, controlPort = 0 }: LocalLatticeOptions): Promise<void> {
    const [http, https, control] = await Promise.all([
      this.#plane.listen(httpPort),
      this.#plane.listen(httpsPort),
      openControlServer(controlPort, this.#handlers(), this.#log).then((server) => {
        this.#closeControl = () => server.close();
        return server.port;
      }),
      this.#plane.openVpcPorts(),
    ]);
    this.#ports = { http, https, control };
  }

  #handlers(): ControlHandler[] {
    const parts = { book: this.#plane.book, stack: () => this.stack, now: this.#now, log: this.#log };
    const page = pageHandler(this, createTryRequest(this));
    return [stsHandler(parts), containerCredentialsHandler(parts), caHandler(() => this.ca), page];
  }

  get stack(): Stack {
    return this.#plane.stack;
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${this.#ports.http}`;
  }

  get httpsUrl(): string | undefined {
    const listeners = this.#plane.plane.topology.services.flatMap((service) => service.listeners);
    const any = listeners.some(({ listener, protocol }) => listener !== undefined && protocol !== 'HTTP');
    return any ? `https://127.0.0.1:${this.#ports.https}` : undefined;
  }

  get controlUrl(): string {
    return `http://127.0.0.1:${this.#ports.control}`;
  }

  get ca(): string {
    return this.#authority.certificate;
  }

  get vpcAddresses(): ReadonlyMap<string, string> {
    return this.#plane.plane.vpcs.addresses;
  }

  get seen(): readonly SeenRequest[] {
    return this.#seen.last;
  }

  forget(): void {
    this.#seen.clear();
  }

  onSeen(callback: (request: SeenRequest) => void): () => void {
    return this.#seen.listen(callback);
  }

  onReload(callback: (problem: string | undefined) => void): () => void {
    this.#reloaded.add(callback);
    return () => void this.#reloaded.delete(callback);
  }

  fetchAs(principal: string, { vpc }: { readonly vpc?: string | undefined } = {}): typeof fetch {
    if (this.#closing !== undefined) throw new LocalLatticeError('ERR_LOCAL_CLOSED', 'the data plane has been closed');
    const credentials = principal === 'anonymous' ? undefined : this.credentialsOf(principal);
    const place = vpc === undefined ? undefined : this.#plane.plane.vpcs.byText(vpc);
    if (vpc !== undefined && place === undefined) throw unknown('VPC', vpc);
    const key = JSON.stringify([credentials, place]);
    const client = this.#clients.get(key) ?? this.#makeClient(credentials, place);
    this.#clients.set(key, client);
    return client.fetch;
  }

  #makeClient(credentials: LocalCredentials | undefined, vpc: string | undefined): LocalClient {
    return createLocalClient({
      credentials,
      vpc,
      httpPort: this.#ports.http,
      httpsPort: this.#ports.https,
      now: this.#now,
      regionOf: (host) => this.#plane.plane.topology.servicesAt(host)[0]?.region,
      authority: () => this.ca,
      claim: (clientPort, ourPort, claimed) => this.#plane.claim(clientPort, ourPort, claimed),
    });
  }

  credentialsOf(principal: string): LocalCredentials {
    const found = this.#plane.book.credentialsOf(principal);
    if (found === undefined) throw unknown('principal', principal);
    return found;
  }

  urlOf(service: string): string {
    return urlOfService(this.#servicePlane(service));
  }

  #servicePlane(name: string): ServicePlane {
    const [service] = findServices(this.stack, name);
    const found = this.#plane.plane.topology.services.find((each) => each.service === service);
    if (found === undefined) throw unknown('service', name);
    return found;
  }

  async expectAllowed(call: LocalCall): Promise<Response> {
    const outcome = await this.#call(call);
    checkAllowed(outcome, call);
    return outcome.response;
  }

  async expectDenied(call: LocalCall, expected: ExpectedDenial = {}): Promise<Response> {
    const outcome = await this.#call(call);
    checkDenied(outcome, call, expected);
    return outcome.response;
  }

  async #call(call: LocalCall): Promise<CallOutcome> {
    const { as, method = 'GET', headers, body, vpc } = call;
    const url = this.#urlOfCall(call);
    const heard: SeenRequest[] = [];
    const stop = this.#seen.listen((request) => heard.push(request));
    try {
      const send = this.fetchAs(as, { vpc });
      const asked = send(url, { method, headers: { ...headers }, body: body ?? null, redirect: 'manual' });
      const response = await asked.catch((cause: unknown) => {
        throw cause instanceof LocalLatticeError ? cause : unanswered(call, heard.at(-1), cause);
      });
      const seen = await this.#seenOf(response, heard);
      return { response, seen };
    } finally {
      stop();
    }
  }

  #urlOfCall(call: LocalCall): string {
    return `${/^https?:\/\//.test(call.to) ? call.to : this.urlOf(call.to)}${pathOf(call)}`;
  }

  // A body that is still on its way has not been seen to its end.
  async #seenOf(response: Response, heard: readonly SeenRequest[]): Promise<SeenRequest> {
    const id = response.headers.get('x-amzn-requestid');
    const find = () => heard.find((request) => request.id === id);
    const found = find();
    if (found !== undefined) return found;
    await response.clone().arrayBuffer();
    const later = find();
    if (later !== undefined) return later;
    throw new LocalLatticeError('ERR_LOCAL_EXPECTATION', 'the call was not seen: did it reach this data plane?');
  }

  async reload(input?: Stack | StackDocument | string): Promise<void> {
    if (this.#closing !== undefined) throw new LocalLatticeError('ERR_LOCAL_CLOSED', 'the data plane has been closed');
    const load = input === undefined ? this.#load : stackLoader(input, this.#folder);
    try {
      await this.#plane.use(await load());
      this.#load = load;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      for (const callback of this.#reloaded) callback(problem);
      throw error;
    }
    for (const callback of this.#reloaded) callback(undefined);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()));
    await Promise.all([this.#plane.close(), this.#closeControl()]);
    await this.#accessLog?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function clockOf(now: LocalLatticeOptions['now']): () => number {
  if (now === undefined) return Date.now;
  if (now instanceof Date) return () => now.getTime();
  return () => now().getTime();
}

/** The URL of a service's first listener that takes HTTP, by the name that clients know it by. */
function urlOfService({ service, dnsName, listeners }: ServicePlane): string {
  const host = service.customDomain ?? dnsName;
  const first = listeners.find(({ protocol }) => protocol !== 'TLS_PASSTHROUGH') ?? listeners[0];
  const scheme = first?.protocol === 'HTTP' ? 'http' : 'https';
  return `${scheme}://${host}${portSuffix(scheme, first?.listener)}`;
}

function portSuffix(scheme: string, listener: Listener | undefined): string {
  const standard = scheme === 'http' ? 80 : 443;
  return listener === undefined || listener.port === standard ? '' : `:${listener.port}`;
}

function unknown(what: string, name: string): LocalLatticeError {
  return new LocalLatticeError('ERR_LOCAL_REFERENCE', `the stack has no ${what} \`${name}\``);
}
