// data-plane.ts — the running data plane: its ports, its targets, and the generation that answers. A reload puts another
// generation in its place; a stack that can't be used leaves everything as it was.
import type { Stack } from '@lattice-auth/stack';
import { type CredentialBook, createCredentialBook } from '../credential-book.js';
import { DRAIN_MS } from '../limits.js';
import { Targets } from '../targets/create-targets.js';
import { TARGET_FACTORIES } from '../targets/factories.js';
import type { LocalAuthority } from '../tls/local-authority.js';
import { Acceptor } from './acceptor.js';
import { serveRequest } from './exchange.js';
import { createVpcFinder } from './find-vpc.js';
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
  readonly timeouts: { readonly idleMs: number; readonly connectionMs: number; readonly connectMs: number };
  readonly log: (line: string) => void;
}

/** A data plane. */
export class DataPlane {
  readonly book: CredentialBook;
  readonly #parts: DataPlaneParts;
  readonly #targets: Targets;
  readonly #acceptor: Acceptor;
  readonly #closing = new Set<Promise<void>>();
  readonly #vpcPorts = new Map<number, Promise<number>>();
  #plane: Plane;
  #passesAny: boolean;

  constructor(stack: Stack, parts: DataPlaneParts) {
    this.#parts = parts;
    this.book = createCredentialBook(stack);
    this.#targets = new Targets(TARGET_FACTORIES, parts.timeouts, parts.log);
    this.#plane = this.#makePlane(stack).plane;
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

  /** Opens the ports that stand for a VPC, as far as they are not open yet. */
  async openVpcPorts(): Promise<void> {
    const opening = [...this.#plane.vpcs.ports.keys()].map((port) => {
      const known = this.#vpcPorts.get(port) ?? this.#acceptor.listen(port);
      this.#vpcPorts.set(port, known);
      known.catch(() => this.#vpcPorts.delete(port));
      return known;
    });
    await Promise.all(opening);
  }

  /** Connections from this port of a client are those of a VPC. */
  claim(clientPort: number, vpc: string | undefined): void {
    this.#acceptor.claim(clientPort, vpc);
  }

  /** Answers from another stack from now on. What can't be made of it throws, and nothing changes. */
  async use(stack: Stack): Promise<void> {
    createCredentialBook(stack); // throws where `use` would
    const before = this.#plane;
    const { plane, closeOthers } = this.#makePlane(stack);
    this.book.use(stack);
    this.#plane = plane;
    this.#passesAny = passesAny(plane);
    // What the requests before still use is closed after the last of them.
    const closing = before.inFlight.none().then(closeOthers);
    this.#closing.add(closing);
    closing.finally(() => this.#closing.delete(closing));
    await this.openVpcPorts();
  }

  async close(): Promise<void> {
    await this.#acceptor.close(DRAIN_MS);
    await Promise.all(this.#closing);
    await this.#targets.close();
  }

  #makePlane(stack: Stack): { plane: Plane; closeOthers: () => Promise<void> } {
    const { seed, now, seen, log } = this.#parts;
    const { ringOf, closeOthers } = this.#targets.use(stack, seed);
    const plane: Plane = {
      topology: createTopology(stack, ringOf, seed),
      vpcs: createVpcFinder(stack),
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
      idleMs: timeouts.idleMs,
      connectionMs: timeouts.connectionMs,
      vpcOf: (address, localPort) => this.#plane.vpcs.byConnection(address, localPort),
      serve: (down) => serveRequest(this.#plane, down),
      passesAny: () => this.#passesAny,
      passThrough: (socket, name, connection, first) =>
        passThrough(this.#plane, socket, connection, { name, first, idleMs: timeouts.idleMs }),
      contextFor: (name) => (this.#isOurs(name) ? authority.contextFor(name.toLowerCase()) : undefined),
      defaultPair: () => authority.pairFor(['localhost', '127.0.0.1']),
      refuseTunnel: (host) => (this.#isOurs(host) ? undefined : `no service of the stack is called \`${host}\``),
    });
  }

  #isOurs(name: string): boolean {
    return this.#plane.topology.servicesAt(name.toLowerCase().replace(/\.$/, '')).length > 0;
  }
}
