// parts.ts — parts of the benchmark as processes of their own, which end when the one that started them lets go.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A part that is running. */
export type Part = ChildProcess;

/** Starts a part: the same program, told which. */
export function starter(program: string): (...args: string[]) => Part {
  return (...args) => fork(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

/** What a part answers before it ends. */
export async function answerOf<T>(part: Part): Promise<T> {
  const ended = once(part, 'exit').then(([code]) => {
    throw new Error(`a part of the benchmark ended with ${code} and gave no figures`);
  });
  const [answer] = (await Promise.race([once(part, 'message'), ended])) as [T];
  ended.catch(() => undefined);
  part.disconnect();
  return answer;
}
