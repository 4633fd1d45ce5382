// connections.ts — the connections of clients, from the first byte to the end of their time: which VPC each stands for, and
// which of them a socket or session belongs to.
import type { Socket } from 'node:net';
import type { Connection } from './connection.js';
import { plainAddress } from './find-vpc.js';

/** What connections are made with. */
export interface ConnectionsOptions {
  /** How long one may be silent, as long as no service says otherwise. */
  readonly idleMs: number;
  /** No connection lasts longer. */
  readonly connectionMs: number;
  /** The VPC that an address or a port of ours stands for. */
  readonly vpcOf: (address: string, localPort: number) => string | undefined;
}

/** Both ends of a connection: what a socket, a TLS socket and a session of HTTP/2 have in common. */
type Ends = Pick<Socket, 'remoteAddress' | 'remotePort' | 'localPort'>;

const OWN_ADDRESS = '127.0.0.1';
/** Who is in the middle of something when a connection's time is up may end it within this time. */
const EXPIRED_MS_MAX = 10_000;

/** All connections of a data plane. */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #open = new Map<Socket, Connection>();
  readonly #byEnds = new Map<string, Connection>();
  readonly #known = new WeakMap<object, Connection>();
  readonly #claims = new Map<string, string>();

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** Takes in a new one. */
  open(socket: Socket): Connection {
    const { remoteAddress = '', remotePort = 0, localPort = 0 } = socket;
    const address = plainAddress(remoteAddress);
    const ends = endsOf(socket);
    const connection: Connection = {
      address,
      port: remotePort,
      localPort,
      vpc: this.#claims.get(ends) ?? this.#options.vpcOf(address, localPort),
      tls: undefined,
      tunnelPort: undefined,
      idleMs: this.#options.idleMs,
      expired: false,
      inFlight: 0,
      leave: undefined,
    };
    this.#open.set(socket, connection);
    this.#byEnds.set(ends, connection);
    const life = setTimeout(() => this.#expire(socket, connection), this.#options.connectionMs).unref();
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(life);
      this.#open.delete(socket);
      this.#byEnds.delete(ends);
    });
    return connection;
  }

  /** The connection that a socket, or a session on one, belongs to. */
  of(owner: object, ends: Ends): Connection | undefined {
    const known = this.#known.get(owner);
    if (known !== undefined) return known;
    const found = this.#byEnds.get(endsOf(ends));
    if (found !== undefined) this.#known.set(owner, found);
    return found;
  }

  /** Says which VPC a client of our own plays, by the ports of its connection; undefined: nothing any more. */
  claim(clientPort: number, ourPort: number, vpc: string | undefined): void {
    // INVARIANT: our own client comes from 127.0.0.1; the same port of another address, or to another of our ports, is
    // somebody else's.
    const ends = endsOf({ remoteAddress: OWN_ADDRESS, remotePort: clientPort, localPort: ourPort });
    if (vpc === undefined) {
      this.#claims.delete(ends);
      return;
    }
    this.#claims.set(ends, vpc);
    const connection = this.#byEnds.get(ends);
    if (connection !== undefined) connection.vpc = vpc;
  }

  /** Ends those on which nothing is on its way; the others are asked to leave. */
  drain(): void {
    for (const [socket, connection] of this.#open) {
      connection.expired = true;
      if (connection.inFlight === 0) socket.destroy();
      else connection.leave?.();
    }
  }

  cut(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }

  // Lattice ends connections after ten minutes, whatever is on them; whoever is in the middle of something gets a little
  // more.
  #expire(socket: Socket, connection: Connection): void {
    connection.expired = true;
    if (connection.inFlight === 0) {
      socket.destroy();
      return;
    }
    connection.leave?.();
    setTimeout(() => socket.destroy(), Math.min(this.#options.connectionMs, EXPIRED_MS_MAX)).unref();
  }
}

function endsOf({ remoteAddress = '', remotePort = 0, localPort = 0 }: Ends): string {
  return `${plainAddress(remoteAddress)} ${remotePort} ${localPort}`;
}
