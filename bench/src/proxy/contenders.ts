// contenders.ts — the proxies that are measured, each a process of its own on the first core, and the upstream behind
// them on the second.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Contender {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  /** From start to a port that accepts. */
  readonly startMs: number;
  readonly stop: () => void;
}

const PROXY_CORE = '0';
const LOAD_CORE = '1';
const SIDECAR = fileURLToPath(new URL('../../../packages/proxy-sidecar/dist/main.js', import.meta.url));
const UNDICI = fileURLToPath(new URL('./undici-forwarder.ts', import.meta.url));
const PREFLIGHT = fileURLToPath(new URL('../../fixtures/proxy/stack.yaml', import.meta.url));

let nextPort = 21_700;

/** nginx answering 200 to everything, and taking bodies. */
export async function startUpstream(): Promise<Contender> {
  const port = nextPort++;
  const server = `location / { default_type text/plain; return 200 "hello from the upstream\\n"; }
    location /big { default_type application/octet-stream; root ${scratch()}; }`;
  return startProcess('upstream', port, LOAD_CORE, 'nginx', nginxFlags(port, server), {});
}

/** All proxies, running. */
export async function startContenders(upstream: number): Promise<Contender[]> {
  const env = {
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    AWS_SESSION_TOKEN: 'x'.repeat(846),
    AWS_REGION: 'eu-west-1',
  };
  const list: Contender[] = [];
  const ngPort = nextPort++;
  const forward = `location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_request_buffering off; }`;
  const pool = `upstream up { server 127.0.0.1:${upstream}; keepalive 128; keepalive_requests 100000000; }`;
  list.push(await startProcess('nginx (unsigned)', ngPort, PROXY_CORE, 'nginx', nginxFlags(ngPort, forward, pool), {}));
  const host = 'orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';
  const flags = (port: number) => [
    SIDECAR,
    ...['--host', `127.0.0.1:${upstream}`, '--sign-host', host, '--upstream-url-scheme', 'http'],
    ...['--port', `127.0.0.1:${port}`, '--admin.listen.port', '0', '--log.access', 'off', '--log.level', 'error'],
  ];
  const port = nextPort++;
  list.push(await startProcess('sidecar', port, PROXY_CORE, process.execPath, flags(port), env));
  const logged = nextPort++;
  const logFlags = [...flags(logged), '--log.access', 'all'];
  list.push(await startProcess('sidecar, access log', logged, PROXY_CORE, process.execPath, logFlags, env));
  const judged = nextPort++;
  const judgeFlags = [...flags(judged), '--stack', PREFLIGHT, '--caller', 'orders', '--preflight', 'enforce'];
  list.push(await startProcess('sidecar, preflight', judged, PROXY_CORE, process.execPath, judgeFlags, env));
  const floor = nextPort++;
  list.push(
    await startProcess(
      'undici dispatch, bare',
      floor,
      PROXY_CORE,
      process.execPath,
      [UNDICI, String(floor), String(upstream)],
      env,
    ),
  );
  const other = process.env.PROXY_COMMAND;
  if (other !== undefined) {
    const otherPort = nextPort++;
    const command = other.replaceAll('{port}', String(otherPort)).replaceAll('{upstream}', String(upstream));
    list.push(await startProcess('PROXY_COMMAND', otherPort, PROXY_CORE, 'sh', ['-c', `exec ${command}`], env));
  }
  return list;
}

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-proxy-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755); // nginx's worker is another user
  writeFileSync(join(folder, 'big'), Buffer.alloc(1_048_576));
  return folder;
}

function nginxFlags(port: number, location: string, extra = ''): string[] {
  const folder = scratch();
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log /dev/null; events { worker_connections 4096; }
    http { access_log off; keepalive_requests 100000000; client_max_body_size 0; client_body_temp_path ${folder}/b;
    proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
    ${extra} server { listen 127.0.0.1:${port}; ${location} } }`,
  );
  return ['-c', file, '-p', folder];
}

export async function startProcess(
  name: string,
  port: number,
  core: string,
  command: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Contender> {
  const from = performance.now();
  const child = spawn('taskset', ['-c', core, command, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await accepts(port, child, name);
  const startMs = performance.now() - from;
  return { name, port, pid: child.pid ?? 0, startMs, stop: () => child.kill('SIGTERM') };
}

async function accepts(port: number, child: ChildProcess, name: string): Promise<void> {
  for (const until = performance.now() + 10_000; performance.now() < until; ) {
    if (child.exitCode !== null) throw new Error(`${name} ended with code ${child.exitCode}`);
    const there = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`${name} does not listen`);
}
