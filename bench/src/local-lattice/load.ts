// load.ts — signed GETs from wrk, as many as go through, on each contender in turn; medians over rounds, and the round that
// other work on the machine disturbed least. The ratio to the first is taken within a round: within the same seconds.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contender } from '../proxy/contenders.ts';
import { cpuUs, processTree } from '../proxy/process-figures.ts';
import { atLeast, type Figure } from '../signing/figures.ts';
import { median } from '../signing/rounds.ts';
import { signedRequests } from './lattice-stack.ts';

const CONNECTIONS = 50;
const REQUESTS = 200;
const RATE = 10_000;

interface Sample {
  readonly rps: number;
  readonly cpuUs: number;
  readonly p99Us: number;
}

/** Measures; prints a table, and gives what is held against a target. */
export async function measureLoad(
  contenders: readonly Contender[],
  seconds: number,
  rounds: number,
): Promise<Figure[]> {
  const samples = new Map<Contender, Sample[]>(contenders.map((one) => [one, []]));
  for (const one of contenders) await load(one, Math.min(seconds, 3)); // warm
  for (let round = 0; round < rounds; round++) {
    for (const one of contenders) samples.get(one)?.push(await load(one, seconds));
  }
  const base = samples.get(contenders[0] as Contender) ?? [];
  const heads = ['req/s', 'best', '× nginx', 'CPU µs/req', 'least', 'p99 µs'];
  console.log(`GET, signed, saturated: median of ${rounds}`);
  console.log(`${''.padEnd(30)}${heads.map((head) => head.padStart(12)).join('')}`);
  for (const [one, list] of samples) {
    const of = (field: keyof Sample) => median(list.map((sample) => sample[field]));
    const ratio = median(list.map((sample, round) => sample.rps / (base[round]?.rps ?? Number.NaN)));
    const least = Math.min(...list.map(({ cpuUs: each }) => each));
    const cells = [of('rps').toFixed(0), best(list).toFixed(0), ratio.toFixed(2)];
    cells.push(of('cpuUs').toFixed(1), least.toFixed(1), of('p99Us').toFixed(0));
    console.log(`${one.name.padEnd(30)}${cells.map((cell) => cell.padStart(12)).join('')}`);
  }
  console.log('');
  const plane = samples.get(contenders[1] as Contender) ?? [];
  return [atLeast('signed requests/s through the data plane, one core', best(plane), RATE, '', 0)];
}

const best = (list: readonly Sample[]) => Math.max(...list.map(({ rps }) => rps));

async function load(one: Contender, seconds: number): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-lattice-'));
  try {
    const script = join(folder, 'signed.lua');
    writeFileSync(script, luaScript());
    const tree = processTree(one.pid);
    const before = cpuUs(tree);
    const flags = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--timeout', '10s', '--latency', '-s', script];
    const text = await run('taskset', ['-c', '1', 'wrk', ...flags, `http://127.0.0.1:${one.port}`]);
    const used = cpuUs(tree) - before;
    const requests = Number(/(\d+) requests in/.exec(text)?.[1] ?? 0);
    // Anything but a 200 means that something else was measured.
    const bad = /Non-2xx|Socket errors: connect [^0]|read [1-9]|timeout [1-9]/.exec(text);
    if (requests === 0 || bad !== null) throw new Error(`${one.name}: ${text}`);
    const [, p99 = '0', unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(text) ?? [];
    const factor = unit === 's' ? 1_000_000 : unit === 'ms' ? 1_000 : 1;
    return { rps: requests / seconds, cpuUs: used / requests, p99Us: Number(p99) * factor };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Signatures are good for five minutes, so that each run has its own; each of its requests has another.
function luaScript(): string {
  const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
  const requests = signedRequests(REQUESTS).map(({ target, headers }) => {
    // wrk adds a `Host` unless it finds one in these letters.
    const fields = headers.map(([name, value]) => `[${quoted(name === 'host' ? 'Host' : name)}]=${quoted(value)}`);
    return `{${quoted(target)},{${fields.join(',')}}}`;
  });
  return `local all = {${requests.join(',\n')}}
local made, at = {}, 0
function init() for i, one in ipairs(all) do made[i] = wrk.format("GET", one[1], one[2]) end end
function request() at = at % #made + 1 return made[at] end
`;
}

function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve(text);
      else reject(new Error(`${command} ended with ${code}: ${text}`));
    });
  });
}
