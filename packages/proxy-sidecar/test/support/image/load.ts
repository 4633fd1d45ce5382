// load.ts: requests over a few connections, again and again, until told to stop; what got lost is remembered.
import { Agent, request } from 'node:http';

/** Load under way. */
export interface Load {
  readonly answered: () => number;
  /** Answers that weren't 200, and errors of connections that had been accepted. */
  readonly failures: readonly unknown[];
  stop(): Promise<void>;
}

/** One request; resolves to status and body. */
export function send(
  port: number,
  path: string,
  { agent = false, body }: { readonly agent?: Agent | false; readonly body?: Buffer } = {},
): Promise<{ readonly status: number; readonly body: Buffer }> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request({ host: '127.0.0.1', port, path, method, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
    });
    sent.on('error', reject).end(body);
  });
}

/** Starts load. A refused connection ends a caller's loop: that is how a stopping sidecar says no. */
export function startLoad(port: number, callers: number, path: string, body?: Buffer): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const failures: unknown[] = [];
  let answered = 0;
  let stopped = false;
  const loop = async () => {
    while (!stopped) {
      try {
        const { status } = await send(port, path, { agent, ...(body === undefined ? {} : { body }) });
        if (status === 200) answered += 1;
        else failures.push(status);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ECONNREFUSED') return;
        failures.push(code ?? error);
      }
    }
  };
  const loops = Array.from({ length: callers }, loop);
  return {
    answered: () => answered,
    failures,
    async stop() {
      stopped = true;
      await Promise.all(loops);
      agent.destroy();
    },
  };
}
