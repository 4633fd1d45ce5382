// contenders.ts — the servers that are asked, each a process of its own on the first core.
import { fileURLToPath } from 'node:url';
import { type Contender as Process, startProcess } from '../proxy/contenders.ts';

export interface Contender extends Process {
  readonly form: 'grpc' | 'http';
  /** It decides; the others say yes to everything. */
  readonly decides: boolean;
}

const SIDECAR = fileURLToPath(new URL('../../../packages/proxy-sidecar/dist/main.js', import.meta.url));
const STACK = fileURLToPath(new URL('../../fixtures/ext-authz/stack.yaml', import.meta.url));
const ECHO = fileURLToPath(new URL('./echo-server.ts', import.meta.url));
const GRPC_JS = fileURLToPath(new URL('./grpc-js-server.ts', import.meta.url));
const CORE = '0';

/** All of them, running. */
export async function startContenders(): Promise<Contender[]> {
  const flags = (port: number, log: string) => [
    SIDECAR,
    ...['--outbound.enabled', 'false', '--ext-authz.enabled', 'true', '--ext-authz.listen.port', String(port)],
    ...['--ext-authz.http.peer-header', 'x-lattice-auth-peer', '--policies.stack', STACK],
    ...['--admin.enabled', 'false', '--log.level', 'error', '--log.access', log],
  ];
  let port = 21_800;
  const start = async (name: string, args: (port: number) => string[], form: Contender['form'], decides: boolean) => {
    port += 1;
    return { ...(await startProcess(name, port, CORE, process.execPath, args(port), {})), form, decides };
  };
  return [
    await start('node:http2, says yes', (at) => [ECHO, String(at)], 'grpc', false),
    await start('grpc-js, says yes', (at) => [GRPC_JS, String(at)], 'grpc', false),
    await start('sidecar, gRPC', (at) => flags(at, 'off'), 'grpc', true),
    await start('sidecar, gRPC, log', (at) => flags(at, 'all'), 'grpc', true),
    await start('sidecar, HTTP', (at) => flags(at, 'off'), 'http', true),
  ];
}
