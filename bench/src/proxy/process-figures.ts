// process-figures.ts — what the kernel has counted for a process and its children.
import { readdirSync, readFileSync } from 'node:fs';

const TICK_US = 10_000; // USER_HZ is 100 on every Linux there is

/** A process and those it started. */
export function processTree(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = stat(Number(name))?.[1];
    if (parent !== undefined) children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(name)]);
  }
  const all: number[] = [];
  for (const next = [pid]; next.length > 0; ) {
    const one = next.pop() ?? 0;
    all.push(one);
    next.push(...(children.get(one) ?? []));
  }
  return all;
}

/** User and system time of these processes. */
export function cpuUs(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const fields = stat(pid);
    ticks += Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0);
  }
  return ticks * TICK_US;
}

/** Resident memory, now and at its highest. */
export function rssMib(pids: readonly number[]): { now: number; peak: number } {
  let [now, peak] = [0, 0];
  for (const pid of pids) {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    now += Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024;
    peak += Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024;
  }
  return { now, peak };
}

// The fields after the command's name, which may hold anything.
function stat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
