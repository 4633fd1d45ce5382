// pass-through.ts — TLS passthrough: the connection goes to a target as it is, by the name that it asks for. Nothing in it
// can be read, so that every caller is anonymous and the action is Connect.
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Decision, LatticeRequest } from '@lattice-auth/policy-engine';
import { CONNECT_MS } from '../limits.js';
import type { SeenRequest, Target } from '../model.js';
import type { Connection } from './connection.js';
import { listenerFor } from './locate.js';
import type { Plane } from './plane.js';
import type { GroupPlane, ListenerPlane, Route, ServicePlane } from './topology.js';

/** A connection that is passed through, and what there is to say of it. */
class Passage {
  readonly #id = randomUUID();
  readonly #plane: Plane;
  readonly #connection: Connection;
  readonly #name: string;
  readonly #startedMs = performance.now();
  readonly #startTime: Date;
  readonly #service: ServicePlane;
  readonly #listener: ListenerPlane;
  readonly #route: Route;
  #question: LatticeRequest | undefined;
  #decision: Decision | undefined;
  #group: GroupPlane | undefined;
  #address: string | undefined;
  #refusal: string | undefined;
  #connectedMs: number | undefined;
  #bytesIn = 0;
  #bytesOut = 0;
  #isOnItsWay = false;
  #over = false;

  constructor(plane: Plane, connection: Connection, name: string, service: ServicePlane, listener: ListenerPlane) {
    this.#plane = plane;
    this.#connection = connection;
    this.#name = name;
    this.#service = service;
    this.#listener = listener;
    this.#startTime = new Date(plane.now());
    this.#route = service.routeFrom(connection.vpc ?? plane.topology.stack.local.defaultVpc);
  }

  run(socket: Socket, first: Buffer): void {
    const target = this.#decide();
    if (target === undefined) {
      // There is nothing to say it in: the client sees a connection that closes.
      this.#plane.log(`${this.#id}: \`${this.#name}\`: connection closed: ${this.#refusal}`);
      this.#finish();
      socket.destroy();
      return;
    }
    this.#isOnItsWay = true;
    this.#connection.inFlight += 1;
    this.#plane.inFlight.enter();
    const gone = new AbortController();
    socket.on('close', () => {
      gone.abort();
      this.#finish();
    });
    const reached = target.reached?.(gone.signal) ?? Promise.resolve(target.address);
    reached.then(
      (address) => this.#join(socket, first, address),
      (error: Error) => {
        this.#refusal ??= `target ${target.address}: ${error.message}`;
        socket.destroy();
      },
    );
  }

  #join(socket: Socket, first: Buffer, address: string): void {
    this.#address = address;
    const { idleMs } = this.#service;
    const { hostname, port } = new URL(`tcp://${address}`);
    const upstream = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port), allowHalfOpen: true });
    upstream.setTimeout(CONNECT_MS, () => upstream.destroy(new Error('timed out')));
    upstream.on('connect', () => {
      this.#connectedMs = performance.now();
      for (const side of [socket, upstream]) side.setTimeout(idleMs, () => side.destroy());
    });
    upstream.on('error', (error) => {
      this.#refusal ??= `target ${address}: ${error.message}`;
    });
    this.#bytesIn = first.length;
    upstream.write(first);
    join(socket, upstream, (bytes) => {
      this.#bytesIn += bytes;
    });
    join(upstream, socket, (bytes) => {
      this.#bytesOut += bytes;
    });
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
    if (socket.destroyed) upstream.destroy();
  }

  /** The target, or undefined when the connection is not to go on. */
  #decide(): Target | undefined {
    const route = this.#route;
    if (route.kind === 'unreachable') {
      this.#refusal = route.message;
      return undefined;
    }
    this.#question = {
      principal: 'anonymous',
      protocol: 'tls',
      port: this.#listener.listener?.port,
      sourceVpc: route.vpc?.id,
      sourceVpcOwnerAccount: route.vpc?.accountId,
      sourceIp: this.#connection.address,
      time: this.#startTime,
    };
    this.#decision = route.authorizer.authorize(this.#question);
    if (this.#decision.decision !== 'allow') {
      this.#refusal = this.#decision.message;
      return undefined;
    }
    const { defaultAction } = this.#listener;
    this.#group = defaultAction.kind === 'forward' ? defaultAction.turns.next() : undefined;
    const target = this.#group?.ring.next();
    this.#address = target?.address;
    if (target === undefined) this.#refusal = 'there is no target';
    return target;
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    if (this.#isOnItsWay) {
      this.#connection.inFlight -= 1;
      this.#plane.inFlight.leave();
    }
    if (this.#plane.isWatched()) this.#plane.record(this.#describe());
  }

  #describe(): SeenRequest {
    const { address, port } = this.#connection;
    const route = this.#route.kind === 'connected' ? this.#route : undefined;
    const isDenied = this.#decision !== undefined && this.#decision.decision !== 'allow';
    return {
      id: this.#id,
      startTime: this.#startTime,
      method: 'CONNECT',
      target: '',
      host: this.#name,
      protocol: 'TLS',
      sourceAddress: address,
      sourcePort: port,
      userAgent: undefined,
      tls: { version: '', cipher: '', serverName: this.#name },
      vpc: route?.vpc?.name ?? this.#connection.vpc,
      service: this.#service.service.name,
      serviceNetwork: route?.network.name,
      listener: this.#listener.listener?.name,
      rule: isDenied || route === undefined ? undefined : 'default',
      targetGroup: this.#group?.group.name,
      principal: 'anonymous',
      principalArn: undefined,
      signature: undefined,
      question: this.#question,
      decision: this.#decision,
      status: undefined,
      refusal: this.#refusal,
      targetAddress: this.#address,
      bytesReceived: this.#bytesIn,
      bytesSent: this.#bytesOut,
      durationMs: performance.now() - this.#startedMs,
      requestToTargetMs: this.#connectedMs && this.#connectedMs - this.#startedMs,
      responseFromTargetMs: undefined,
      stack: this.#plane.topology.stack,
    };
  }
}

/** Takes a connection if its name is that of a service with a TLS_PASSTHROUGH listener; false when it is not. */
export function passThrough(
  plane: Plane,
  socket: Socket,
  connection: Connection,
  hello: { readonly name: string; readonly first: Buffer },
): boolean {
  const { vpc } = connection;
  const candidates = plane.topology.servicesAt(hello.name);
  const service = candidates.find((each) => each.routeFrom(vpc).kind === 'connected') ?? candidates[0];
  if (service === undefined) return false;
  const port = connection.tunnelPort;
  const listener = listenerFor(service, 'TLS_PASSTHROUGH', port);
  const terminated = listenerFor(service, 'HTTPS', port);
  // A service may have both: then the port decides, and without one, HTTPS.
  if (listener === undefined || (terminated !== undefined && listener.listener?.port !== port)) return false;
  new Passage(plane, connection, hello.name, service, listener).run(socket, hello.first);
  return true;
}

/** Whether any service has such a listener. */
export function passesAny({ topology }: Plane): boolean {
  return topology.services.some(({ listeners }) => listeners.some(({ protocol }) => protocol === 'TLS_PASSTHROUGH'));
}

function join(from: Socket, to: Socket, count: (bytes: number) => void): void {
  from.on('data', (chunk: Buffer) => {
    count(chunk.length);
    if (!to.write(chunk)) from.pause();
  });
  to.on('drain', () => from.resume());
  from.on('end', () => to.end());
  from.resume();
}
