// running-lattice.ts — a data plane with its ports, its memory and its clients, until it is closed.
import { findServices, type LocalCredentials, type Stack } from '@lattice-auth/stack';
import { caHandler, openControlServer } from './control/control-server.js';
import { type AccessLog, createAccessLog } from './data-plane/access-log.js';
import { DataPlane } from './data-plane/data-plane.js';
import { SeenRequests } from './data-plane/seen.js';
import { serviceHosts, serviceUrl } from './data-plane/service-url.js';
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
import type { LocalLattice, LocalLatticeOptions } from './local-lattice.js';
import type { ControlHandler, SeenRequest } from './model.js';
import { pageHandler } from './page/page-handler.js';
import { createTryRequest } from './page/try-request.js';
import { containerCredentialsHandler } from './sts/container-handler.js';
import { stsHandler } from './sts/sts-handler.js';
import { createLocalAuthority } from './tls/local-authority.js';

/** A data plane that runs, or is about to. */
export class RunningLattice implements LocalLattice {
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
    // Before the data plane, which starts commands at once.
    const accessLog = options.accessLog === undefined ? undefined : createAccessLog(options.accessLog, log);
    this.#accessLog = accessLog;
    if (accessLog !== undefined) this.#seen.listen((request) => accessLog.add(request));
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
    return serviceUrl(this.#servicePlane(service));
  }

  hostsOf(service: string): readonly string[] {
    return serviceHosts(this.#servicePlane(service));
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

function unknown(what: string, name: string): LocalLatticeError {
  return new LocalLatticeError('ERR_LOCAL_REFERENCE', `the stack has no ${what} \`${name}\``);
}
