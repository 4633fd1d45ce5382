// processes.ts — what is measured, each on the first core: nginx, which forwards whatever comes, and data planes that
// authenticate, authorize and route. The upstream and the load are on the second.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Contender, startProcess } from '../proxy/contenders.ts';

const PLANE = fileURLToPath(new URL('./plane-process.ts', import.meta.url));
const CORE = '0';
const LOAD_CORE = '1';
const UPSTREAM_PORT = 21_850;
const FIRST_PORT = 21_851;

/** nginx answering 200 to everything. */
export function startUpstream(): Promise<Contender> {
  const flags = nginxFlags(UPSTREAM_PORT, 'default_type text/plain; return 200 "hello from the upstream\\n";');
  return startProcess('upstream', UPSTREAM_PORT, LOAD_CORE, 'nginx', flags, {});
}

/** All of them, running. */
export async function startPlanes(upstream: number): Promise<Contender[]> {
  const plane = (name: string, port: number, ...mode: string[]) => {
    const args = [PLANE, String(port), String(upstream), ...mode];
    return startProcess(name, port, CORE, process.execPath, args, {});
  };
  const pool = `upstream up { server 127.0.0.1:${upstream}; keepalive 128; keepalive_requests 100000000; }`;
  const forward =
    'proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;';
  const flags = nginxFlags(FIRST_PORT, forward, pool);
  return [
    await startProcess('nginx, plain forwarding', FIRST_PORT, CORE, 'nginx', flags, {}),
    await plane('data plane', FIRST_PORT + 1),
    await plane('  remembers 1,000 requests', FIRST_PORT + 2, 'watched'),
    await plane('  and an access log', FIRST_PORT + 3, 'logged'),
  ];
}

function nginxFlags(port: number, location: string, more = ''): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-lattice-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((one) => `${one}_temp_path ${folder}/${one};`);
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log /dev/null; events { worker_connections 4096; }
    http { access_log off; keepalive_requests 100000000; ${paths.join(' ')} ${more}
    server { listen 127.0.0.1:${port}; location / { ${location} } } }`,
  );
  return ['-c', join(folder, 'nginx.conf'), '-p', folder];
}
