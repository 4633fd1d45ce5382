// pacer.ts — sends GETs at a fixed rate over kept connections and times each from when it was due, not from when it could be
// sent: a stall counts for all who waited in it. Bare sockets, so that little of what is measured is its own.
import { connect, type Socket } from 'node:net';

const [port = 0, rate = 0, connections = 0, seconds = 0] = process.argv.slice(2).map(Number);
const REQUEST = 'GET /orders?open=true HTTP/1.1\r\nHost: a\r\nUser-Agent: bench\r\n\r\n';

interface Lane {
  readonly socket: Socket;
  dueMs: number;
  busy: boolean;
}

const lanes: Lane[] = [];
for (let i = 0; i < connections; i++) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise((resolve) => socket.once('connect', resolve));
  const lane: Lane = { socket, dueMs: 0, busy: false };
  let held = '';
  socket.on('data', (chunk: Buffer) => {
    held += chunk.toString('latin1');
    const end = held.indexOf('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(held)?.[1] ?? 0);
    if (end < 0 || held.length < end + 4 + length) return;
    held = '';
    times.push(performance.now() - lane.dueMs);
    lane.busy = false;
  });
  lanes.push(lane);
}

const times: number[] = [];
const startMs = performance.now();
const total = rate * seconds;
const late: number[] = [];
let sent = 0;
await new Promise<void>((resolve) => {
  const turn = () => {
    const nowMs = performance.now();
    while (sent + late.length < total && startMs + ((sent + late.length) * 1000) / rate <= nowMs) {
      late.push(startMs + ((sent + late.length) * 1000) / rate);
    }
    for (const lane of lanes) {
      if (late.length === 0) break;
      if (lane.busy) continue;
      lane.busy = true;
      lane.dueMs = late.shift() ?? nowMs;
      sent++;
      lane.socket.write(REQUEST);
    }
    if (times.length >= total || nowMs - startMs > seconds * 1000 + 2000) resolve();
    else setImmediate(turn);
  };
  turn();
});
times.sort((a, b) => a - b);
const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0) * 1000;
process.stdout.write(JSON.stringify({ requests: times.length, p50Us: at(0.5), p99Us: at(0.99) }));
process.exit();
