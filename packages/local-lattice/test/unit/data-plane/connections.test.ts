// A connection's time, and whose it is.
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Connections } from '../../../src/data-plane/connections.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class FakeSocket extends EventEmitter {
  destroyed = false;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localPort: number;

  constructor(remotePort: number, localPort = 80, remoteAddress = '127.0.0.1') {
    super();
    this.remoteAddress = remoteAddress;
    this.remotePort = remotePort;
    this.localPort = localPort;
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit('close');
  }
}

const make = () =>
  new Connections({
    idleMs: 60_000,
    connectionMs: 600_000,
    vpcOf: (address, port) => (port === 81 ? 'by port' : address === '127.0.1.1' ? 'by address' : undefined),
  });
const opened = (connections: Connections, socket: FakeSocket) => connections.open(socket as unknown as Socket);

test('one whose time is up ends, others stay', () => {
  const connections = make();
  const first = new FakeSocket(1);
  const second = new FakeSocket(2);
  opened(connections, first);
  vi.advanceTimersByTime(1_000);
  opened(connections, second);
  vi.advanceTimersByTime(599_000);
  expect([first.destroyed, second.destroyed]).toEqual([true, false]);
  vi.advanceTimersByTime(1_000);
  expect(second.destroyed).toBe(true);
});

test('one that is in the middle of something is asked to leave, and gets ten seconds', () => {
  const connections = make();
  const socket = new FakeSocket(1);
  const connection = opened(connections, socket);
  const leave = vi.fn();
  connection.inFlight = 1;
  connection.leave = leave;
  vi.advanceTimersByTime(600_000);
  expect([connection.expired, leave.mock.calls.length, socket.destroyed]).toEqual([true, 1, false]);
  vi.advanceTimersByTime(10_000);
  expect(socket.destroyed).toBe(true);
});

test('both ends tell connections apart; what a client of ours claims is for one of them', () => {
  const connections = make();
  const sockets = [
    new FakeSocket(9),
    new FakeSocket(9, 81),
    new FakeSocket(9, 80, '127.0.1.1'),
    new FakeSocket(9, 80, '::ffff:127.0.0.2'),
  ];
  const all = sockets.map((socket) => opened(connections, socket));
  expect(all.map(({ vpc }) => vpc)).toEqual([undefined, 'by port', 'by address', undefined]);
  connections.claim(9, 80, 'claimed');
  expect(all.map(({ vpc }) => vpc)).toEqual(['claimed', 'by port', 'by address', undefined]);
  sockets[1]?.destroy();
  expect(sockets.map((socket) => connections.of({}, socket))).toEqual([all[0], undefined, all[2], all[3]]);
  sockets[0]?.destroy();
  expect(opened(connections, new FakeSocket(9)).vpc).toBe('claimed');
  connections.claim(9, 80, undefined);
  expect(opened(connections, new FakeSocket(9)).vpc).toBeUndefined();
});
