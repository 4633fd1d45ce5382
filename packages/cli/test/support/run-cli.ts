// run-cli.ts: runs the command in this process, with streams of its own.
import { Readable, Writable } from 'node:stream';
import { type Io, run } from '../../src/index.js';

/** What a run left behind. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly stdoutBytes: Buffer;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string | undefined>;
  readonly stdin?: string | Uint8Array;
  readonly tty?: boolean;
  readonly columns?: number;
}

/** Runs and resolves to everything that was written. */
export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const out = sink(options.tty, options.columns);
  const err = sink(options.tty);
  const io: Io = {
    stdin: Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]),
    stdout: out.stream,
    stderr: err.stream,
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
  };
  const code = await run(argv, io);
  const stdoutBytes = Buffer.concat(out.chunks);
  return { code, stdout: stdoutBytes.toString(), stderr: Buffer.concat(err.chunks).toString(), stdoutBytes };
}

function sink(
  isTTY = false,
  columns = 100,
): { stream: Writable & { isTTY: boolean; columns: number }; chunks: Buffer[] } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY, columns }), chunks };
}
