// pacer.ts — asks at a fixed rate and times each question from when it was due: a stall counts for all who waited in it. As an Envoy
// with two worker threads: two HTTP/2 connections for gRPC, or some of HTTP/1.1.
import { connect } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { encodeQuestion, framed, QUESTIONS } from './questions.ts';

const [form = '', ...numbers] = process.argv.slice(2);
const [port = 0, rate = 0, seconds = 0] = numbers.map(Number);

/** Asks the question of this number; calls back when its answer is whole. */
type Ask = (index: number, done: () => void) => void;

async function grpcAsk(): Promise<Ask> {
  const sessions = [0, 1].map(() => connect(`http://127.0.0.1:${port}`));
  await Promise.all(sessions.map((session) => new Promise((resolve) => session.once('remoteSettings', resolve))));
  const bodies = QUESTIONS.map((question) => framed(encodeQuestion(question)));
  const headers = {
    ':method': 'POST',
    ':path': '/envoy.service.auth.v3.Authorization/Check',
    'content-type': 'application/grpc',
    te: 'trailers',
  };
  return (index, done) => {
    const stream = sessions[index % sessions.length]?.request(headers);
    stream?.on('data', () => undefined);
    stream?.on('end', done);
    stream?.end(bodies[index % bodies.length]);
  };
}

async function httpAsk(): Promise<Ask> {
  const idle: ((text: string, done: () => void) => void)[] = [];
  /** Questions that are due and have no connection yet. */
  const waiting: (() => void)[] = [];
  for (let count = 0; count < 32; count++) {
    const socket = connectTcp({ port, host: '127.0.0.1', noDelay: true });
    await new Promise((resolve) => socket.once('connect', resolve));
    let held = '';
    let finish: () => void = () => undefined;
    const send = (text: string, done: () => void) => {
      finish = done;
      socket.write(text);
    };
    socket.on('data', (chunk: Buffer) => {
      held += chunk.toString('latin1');
      const end = held.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(held)?.[1] ?? 0);
      if (end < 0 || held.length < end + 4 + length) return;
      held = '';
      idle.push(send);
      finish();
      waiting.shift()?.();
    });
    idle.push(send);
  }
  const texts = QUESTIONS.map(({ method, path, headers }) => {
    const all = {
      host: 'orders.example.com',
      'content-length': '0',
      'x-lattice-auth-peer': '169.254.171.9',
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    return `${method} /check${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
  });
  return (index, done) => {
    const begin = () => idle.shift()?.(texts[index % texts.length] ?? '', done);
    if (idle.length > 0) begin();
    else waiting.push(begin);
  };
}

const ask = form === 'grpc' ? await grpcAsk() : await httpAsk();
const times: number[] = [];
const total = rate * seconds;
const startMs = performance.now();
let sent = 0;
await new Promise<void>((resolve) => {
  const turn = () => {
    const nowMs = performance.now();
    while (sent < total && startMs + (sent * 1_000) / rate <= nowMs) {
      const dueMs = startMs + (sent * 1_000) / rate;
      ask(sent++, () => times.push(performance.now() - dueMs));
    }
    if (times.length >= total || nowMs - startMs > seconds * 1_000 + 15_000) resolve();
    else setImmediate(turn);
  };
  turn();
});
times.sort((a, b) => a - b);
const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0) * 1_000;
process.stdout.write(JSON.stringify({ answers: times.length, p50Us: at(0.5), p99Us: at(0.99) }));
process.exit();
