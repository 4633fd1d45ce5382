// clients-programs.ts — clients that are programs of their own: curl, botocore in a Python process, and this project's
// sidecar. Those that a machine lacks are left out, and the tests say so.
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Answer, amzDate, type Client, payloadHeader, type Sending, sendSigned } from './clients.js';

const run = promisify(execFile);

/** A client and how to end what it started. */
export interface ProgramClient extends Client {
  close(): void;
}

/** The version of the curl that is installed, such as `7.88.1`; undefined where there is none that signs. */
export function curlVersion(): string | undefined {
  const { status, stdout } = spawnSync('curl', ['--version'], { encoding: 'utf8' });
  const version = status === 0 ? /^curl (\d+\.\d+\.\d+)/.exec(stdout)?.[1] : undefined;
  // Before 7.86 it signs no query, before 7.88 not what a header says of the payload.
  return version !== undefined && Number(version.split('.')[0]) * 100 + Number(version.split('.')[1]) >= 788
    ? version
    : undefined;
}

const AS_THEY_STAND = [
  'escapes in the path',
  'reserved characters in the path',
  'a query out of order',
  'a name twice',
] as const;

/** `curl --aws-sigv4`. */
export function curlClient(version: string): ProgramClient {
  return {
    name: 'curl --aws-sigv4',
    // Early versions sign paths and queries as they stand; current ones as AWS does.
    cannot: version.startsWith('7.') ? AS_THEY_STAND : [],
    // Not the date: where its user names one, some versions send it twice.
    faults: ['hashed', 'unsaid', 'service', 'region'],
    async send(sending) {
      const { host, target, port } = sending;
      const { stdout } = await run('curl', [...curlFlags(sending), `http://${host}${target}`], { timeout: 20_000 });
      const mark = stdout.lastIndexOf('\n');
      return { status: Number(stdout.slice(mark + 1)), text: stdout.slice(0, mark) };
      function curlFlags({ method, body, keys, region, service }: Sending): string[] {
        const payload = payloadHeader(sending);
        return [
          ...['--silent', '--show-error', '--globoff', '--noproxy', '*'],
          ...['--connect-to', `${host}:80:127.0.0.1:${port}`, '--write-out', '\n%{http_code}', '--request', method],
          ...['--user', `${keys.accessKeyId}:${keys.secretAccessKey}`],
          ...['--aws-sigv4', `aws:amz:${region}:${service}`],
          ...(payload === undefined ? [] : ['--header', `x-amz-content-sha256: ${payload}`]),
          ...(keys.sessionToken === undefined ? [] : ['--header', `x-amz-security-token: ${keys.sessionToken}`]),
          ...(body === undefined ? [] : ['--data-raw', body, '--header', 'content-type: text/plain']),
        ];
      }
    },
    close() {},
  };
}

const PYTHON = fileURLToPath(new URL('./clients-botocore.py', import.meta.url));

/** botocore's signers; undefined where Python or botocore is missing. Debian's own Python is asked first. */
export async function botocoreClients(): Promise<{ version: string; clients: ProgramClient[] } | undefined> {
  for (const python of ['/usr/bin/python3', 'python3']) {
    const child = spawn(python, [PYTHON], { stdio: ['pipe', 'pipe', 'ignore'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await Promise.race([lines.next(), once(child, 'error').then(() => undefined)]);
    if (first === undefined || first.done) continue;
    const { version } = JSON.parse(first.value) as { version: string };
    const ask = oneByOne(child, lines);
    const close = () => void child.kill();
    return { version, clients: [false, true].map((query) => ({ ...botocoreClient(query, ask), close })) };
  }
  return undefined;
}

type Ask = (line: string) => Promise<Answer>;

function oneByOne(child: ChildProcess, lines: AsyncIterator<string>): Ask {
  let last: Promise<unknown> = Promise.resolve();
  return (line) => {
    const answer = last.then(async () => {
      child.stdin?.write(`${line}\n`);
      const { value } = await lines.next();
      return JSON.parse(value as string) as Answer;
    });
    last = answer.catch(() => undefined);
    return answer;
  };
}

function botocoreClient(query: boolean, ask: Ask): Client {
  return {
    name: query ? 'botocore, SigV4QueryAuth' : 'botocore, SigV4Auth',
    faults: ['date', 'hashed', 'unsaid', 'service', 'region', ...(query ? (['expired'] as const) : [])],
    // Signing in the query, it keeps only the last of them.
    cannot: query ? ['a name twice'] : [],
    async send(sending) {
      const { keys, port, host, method, target, body, region, service, date } = sending;
      const payload = sending.payload === 'unsigned' ? 'unsigned' : (payloadHeader(sending) ?? null);
      const asked = { ...keys, port, host, method, target, body, region, service, payload, query };
      const answer = await ask(JSON.stringify({ ...asked, date: date && amzDate(date) }));
      if (answer.status === 0) throw new Error(answer.text);
      return answer;
    },
  };
}

const SIDECAR = fileURLToPath(new URL('../../../proxy-sidecar/dist/main.js', import.meta.url));

/** This project's sidecar: one process for each set of settings, kept until the end. */
export function sidecarClient(): ProgramClient {
  const running = new Map<string, Promise<{ port: number; child: ChildProcess }>>();
  return {
    name: 'lattice-auth proxy',
    faults: ['service', 'region'],
    async send(sending) {
      const { port, host, keys, region, service } = sending;
      const key = JSON.stringify([port, host, keys, region, service]);
      const started = running.get(key) ?? startSidecar(sending);
      running.set(key, started);
      return sendSigned({ ...sending, port: (await started).port }, {});
    },
    close() {
      for (const started of running.values()) started.then(({ child }) => child.kill('SIGKILL')).catch(() => {});
    },
  };
}

async function startSidecar({ port, host, keys, region, service }: Sending) {
  const own = await freePort();
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    ...(keys.sessionToken !== undefined && { AWS_SESSION_TOKEN: keys.sessionToken }),
  };
  const flags = [
    ...['--host', `127.0.0.1:${port}`, '--sign-host', host, '--upstream-url-scheme', 'http'],
    ...['--name', service, '--region', region, '--port', `127.0.0.1:${own}`],
    ...['--admin.listen.port', '0', '--log.access', 'off', '--log.level', 'error'],
  ];
  const child = spawn(process.execPath, [SIDECAR, ...flags], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  for (let tries = 0; !(await accepts(own)); tries += 1) {
    if (child.exitCode !== null || tries > 500) throw new Error(`the sidecar did not start: ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { port: own, child };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
