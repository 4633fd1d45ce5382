// data-plane.ts — the running data plane: its ports, its targets, and the generation that answers. A reload puts another
// generation in its place; a stack that can't be used leaves everything as it was.
import type { Stack } from '@lattice-auth/stack';
import { type CredentialBook, createCredentialBook } from '../credential-book.js';
import { LocalLatticeError } from '../errors.js';
import { DRAIN_MS, IDLE_MS } from '../limits.js';
import { Targets } from '../targets/create-targets.js';
import { TARGET_FACTORIES } from '../targets/factories.js';
import type { LocalAuthority } from '../tls/local-authority.js';
import { Acceptor } from './acceptor.js';
import { serveRequest } from './exchange.js';
import { createVpcFinder, type VpcFinder } from './find-vpc.js';
import { InFlight } from './in-flight.js';
import { passesAny, passThrough } from './pass-through.js';
import type { Plane } from './plane.js';
import type { SeenRequests } from './seen.js';
import { createTopology } from './topology.js';

/** What a data plane is made of. */
export interface DataPlaneParts {
  readonly authority: LocalAuthority;
  readonly seen: SeenRequests;
  readonly now: () => number;
  readonly seed: number;
  readonly timeouts: {
    /** In the place of what services say; undefined: what they say. */
    readonly idleMs: number | undefined;
    readonly connectionMs: number;
    readonly connectMs: number;
  };
  readonly log: (line: string) => void;
}

/** A data plane. */
export class DataPlane {
  readonly book: CredentialBook;
  readonly #parts: DataPlaneParts;
  readonly #targets: Targets;
  readonly #acceptor: Acceptor;
  readonly #closing = new Set<Promise<void>>();
  readonly #vpcPorts = new Set<number>();
  #using: Promise<void> = Promise.resolve();
  #isClosed = false;
  #plane: Plane;
  #passesAny: boolean;

  constructor(stack: Stack, parts: DataPlaneParts) {
    this.#parts = parts;
    this.book = createCredentialBook(stack);
    const { connectMs, idleMs = IDLE_MS } = parts.timeouts;
    this.#targets = new Targets(TARGET_FACTORIES, { connectMs, idleMs }, parts.log);
    this.#plane = this.#makePlane(stack, createVpcFinder(stack)).plane;
    this.#passesAny = passesAny(this.#plane);
    this.#acceptor = this.#makeAcceptor();
  }

  get plane(): Plane {
    return this.#plane;
  }

  get stack(): Stack {
    return this.#plane.topology.stack;
  }

  /** Opens a port; resolves to its number. */
  listen(port: number): Promise<number> {
    return this.#acceptor.listen(port);
  }

  /** Opens the ports that stand for a VPC. */
  async openVpcPorts(): Promise<void> {
    await this.#openPorts(this.#plane.vpcs);
  }

  /** Connections from this port of a client to one of ours are those of a VPC. */
  claim(clientPort: number, ourPort: number, vpc: string | undefined): void {
    this.#acceptor.claim(clientPort, ourPort, vpc);
  }

  /** Answers from another stack from now on. What can't be made of it rejects, and nothing changes. */
  use(stack: Stack): Promise<void> {
    // One after the other: the last one that was asked for is the one that stays.
    const used = this.#using.then(() => this.#use(stack));
    this.#using = used.catch(() => undefined);
    return used;
  }

  async #use(stack: Stack): Promise<void> {
    if (this.#isClosed) throw new LocalLatticeError('ERR_LOCAL_CLOSED', 'the data plane has been closed');
    createCredentialBook(stack); // throws where `use` would
    const vpcs = createVpcFinder(stack);
    await this.#openPorts(vpcs);
    const before = this.#plane;
    const { plane, closeOthers } = this.#makePlane(stack, vpcs);
    this.book.use(stack);
    this.#plane = plane;
    this.#passesAny = passesAny(plane);
    this.#ignorePortsBut(vpcs);
    // What the requests before still use is closed after the last of them, also of those that began with a stack before.
    const closing = Promise.all([...this.#closing, before.inFlight.none()]).then(closeOthers);
    this.#closing.add(closing);
    closing.finally(() => this.#closing.delete(closing));
  }

  /** Opens what is not open yet: all of them, or none. */
  async #openPorts(vpcs: VpcFinder): Promise<void> {
    const missing = [...vpcs.ports.keys()].filter((port) => !this.#vpcPorts.has(port));
    const opened = await Promise.allSettled(missing.map((port) => this.#acceptor.listen(port)));
    const failure = opened.find((each) => each.status === 'rejected');
    for (const port of missing.filter((_, i) => opened[i]?.status === 'fulfilled')) {
      if (failure === undefined) this.#vpcPorts.add(port);
      else this.#acceptor.ignore(port);
    }
    if (failure !== undefined) throw failure.reason;
  }

  #ignorePortsBut({ ports }: VpcFinder): void {
    for (const port of [...this.#vpcPorts].filter((each) => !ports.has(each))) {
      this.#acceptor.ignore(port);
      this.#vpcPorts.delete(port);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#using;
    await this.#acceptor.close(DRAIN_MS);
    await Promise.all(this.#closing);
    await this.#targets.close();
  }

  #makePlane(stack: Stack, vpcs: VpcFinder): { plane: Plane; closeOthers: () => Promise<void> } {
    const { seed, now, seen, log, timeouts } = this.#parts;
    const { ringOf, closeOthers } = this.#targets.use(stack, seed);
    const plane: Plane = {
      topology: createTopology(stack, { ringOf, seed, idleMs: timeouts.idleMs }),
      vpcs,
      book: this.book,
      inFlight: new InFlight(),
      now,
      isWatched: () => seen.isWatched,
      record: (request) => seen.add(request),
      log,
    };
    return { plane, closeOthers };
  }

  #makeAcceptor(): Acceptor {
    const { authority, timeouts } = this.#parts;
    return new Acceptor({
      idleMs: timeouts.idleMs ?? IDLE_MS,
      connectionMs: timeouts.connectionMs,
      vpcOf: (address, localPort) => this.#plane.vpcs.byConnection(address, localPort),
      serve: (down) => serveRequest(this.#plane, down),
      passesAny: () => this.#passesAny,
      passThrough: (socket, name, connection, first) => passThrough(this.#plane, socket, connection, { name, first }),
      contextFor: (name) => (this.#isOurs(name) ? authority.contextFor(name.toLowerCase()) : undefined),
      defaultPair: () => authority.pairFor(['localhost', '127.0.0.1']),
      refuseTunnel: (host) => (this.#isOurs(host) ? undefined : `no service of the stack is called \`${host}\``),
    });
  }

  #isOurs(name: string): boolean {
    return this.#plane.topology.servicesAt(name.toLowerCase().replace(/\.$/, '')).length > 0;
  }
}
