// measure.ts — load on each contender in turn, several rounds, medians: as much as goes through (CPU per request), a fixed
// rate (what a caller feels), and bodies. On a busy machine a stall of a round is as a rule none of the contender's: the least
// p99 of many short rounds (`SECONDS=1 ROUNDS=15`) says more than their median.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Contender } from './contenders.ts';
import { cpuUs, processTree, rssMib } from './process-figures.ts';

export interface Extent {
  readonly seconds: number;
  readonly rounds: number;
}

interface Row {
  readonly cpuUs: number;
  readonly rps: number;
  readonly p50Us: number;
  readonly p99Us: number;
}

const PACER = fileURLToPath(new URL('./pacer.ts', import.meta.url));
const POST = fileURLToPath(new URL('../../fixtures/proxy/post-4k.lua', import.meta.url));
const CONNECTIONS = 50;
const RATE = 2_000;

/** GETs, as many as go through on 50 connections. */
export async function measureSaturated(contenders: readonly Contender[], extent: Extent): Promise<void> {
  await table('GET, saturated', contenders, extent, (one) => wrk(one, extent.seconds, '/orders?open=true'));
}

/** POSTs of 4 KiB, and answers of 1 MiB. */
export async function measureBodies(contenders: readonly Contender[], extent: Extent): Promise<void> {
  await table('POST 4 KiB, saturated', contenders, extent, (one) => wrk(one, extent.seconds, '/', ['-s', POST]));
  await table('GET 1 MiB, saturated', contenders, extent, (one) => wrk(one, extent.seconds, '/big'));
}

/** GETs at a fixed rate. */
export async function measurePaced(contenders: readonly Contender[], extent: Extent): Promise<void> {
  await table(`GET, ${RATE}/s`, contenders, extent, (one) => paced(one, extent.seconds));
}

async function table(
  title: string,
  contenders: readonly Contender[],
  { rounds }: Extent,
  load: (one: Contender) => Promise<Row>,
): Promise<void> {
  const rows = new Map(contenders.map((one) => [one, [] as Row[]]));
  for (const one of contenders) await load(one); // warm
  for (let round = 0; round < rounds; round++) for (const one of contenders) rows.get(one)?.push(await load(one));
  console.log(`\n${title}: median of ${rounds}`);
  console.log(`${''.padEnd(24)}${heads.map((head) => head.padStart(12)).join('')}`);
  let base: number | undefined;
  for (const [one, list] of rows) {
    const median = (field: keyof Row) => list.map((row) => row[field]).sort((a, b) => a - b)[list.length >> 1] ?? 0;
    const cpu = median('cpuUs');
    base ??= cpu;
    const calm = Math.min(...list.map((row) => row.p99Us));
    const rss = rssMib(processTree(one.pid));
    const cells = [cpu.toFixed(1), (cpu / base).toFixed(2), median('rps').toFixed(0), median('p50Us').toFixed(0)];
    cells.push(
      median('p99Us').toFixed(0),
      calm.toFixed(0),
      rss.now.toFixed(0),
      rss.peak.toFixed(0),
      one.startMs.toFixed(0),
    );
    console.log(`${one.name.padEnd(24)}${cells.map((cell) => cell.padStart(12)).join('')}`);
  }
}

const heads = ['CPU µs/req', '× first', 'req/s', 'p50 µs', 'p99 µs', 'least p99', 'RSS MiB', 'peak MiB', 'start ms'];

async function wrk(one: Contender, seconds: number, path: string, more: readonly string[] = []): Promise<Row> {
  const tree = processTree(one.pid);
  const before = cpuUs(tree);
  const flags = [
    '-t1',
    `-c${CONNECTIONS}`,
    `-d${seconds}s`,
    '--latency',
    ...more,
    `http://127.0.0.1:${one.port}${path}`,
  ];
  const text = await run('taskset', ['-c', '1', 'wrk', ...flags]);
  const used = cpuUs(tree) - before;
  const requests = Number(/(\d+) requests in/.exec(text)?.[1] ?? 0);
  const bad = /Non-2xx|Socket errors: connect [^0]|read [1-9]|timeout [1-9]/.exec(text);
  if (requests === 0 || bad !== null) throw new Error(`${one.name}: ${text}`);
  const at = (percent: string) => toUs(new RegExp(`${percent}%\\s+([\\d.]+)(us|ms|s)`).exec(text));
  return { cpuUs: used / requests, rps: requests / seconds, p50Us: at('50'), p99Us: at('99') };
}

function toUs(match: RegExpExecArray | null): number {
  const factor = match?.[2] === 's' ? 1_000_000 : match?.[2] === 'ms' ? 1_000 : 1;
  return Number(match?.[1] ?? 0) * factor;
}

async function paced(one: Contender, seconds: number): Promise<Row> {
  const tree = processTree(one.pid);
  const before = cpuUs(tree);
  const flags = [PACER, String(one.port), String(RATE), String(CONNECTIONS), String(seconds)];
  const text = await run('taskset', ['-c', '1', process.execPath, ...flags]);
  const { requests, p50Us, p99Us } = JSON.parse(text) as { requests: number; p50Us: number; p99Us: number };
  return { cpuUs: (cpuUs(tree) - before) / requests, rps: requests / seconds, p50Us, p99Us };
}

function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve(text) : reject(new Error(`${command} ended with ${code}: ${text}`)),
    );
  });
}
