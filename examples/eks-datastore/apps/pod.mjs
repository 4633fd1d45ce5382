// pod.mjs: a pod: one of the apps on loopback, and the sidecar beside it. In a cluster these are two containers, put
// together by a manifest or the injector; here `node apps/pod.mjs frontend` and `node apps/pod.mjs datastore v1` start
// both, on the port that PORT says. Ends when either ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { datastore } from './datastore.mjs';
import { frontend } from './frontend.mjs';

// Of this clone; elsewhere it is `lattice-auth-proxy` of the package @lattice-auth/proxy-sidecar.
const proxy =
  process.env.LATTICE_AUTH_PROXY ??
  fileURLToPath(new URL('../../../packages/proxy-sidecar/dist/main.js', import.meta.url));
const folder = fileURLToPath(new URL('..', import.meta.url));

const pods = {
  /** Requests go in by the sidecar. */
  async datastore(port, version) {
    const app = await listen(datastore(version), 0);
    return sidecar('datastore', { INBOUND_LISTEN_PORT: port, INBOUND_APP: `127.0.0.1:${app}` });
  },
  /** Requests go out by the sidecar. */
  async frontend(port) {
    const outbound = await freePort();
    await listen(frontend(`http://127.0.0.1:${outbound}`), port);
    return sidecar('frontend', { OUTBOUND_LISTEN_PORT: outbound });
  },
};

async function listen(server, port) {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

async function freePort() {
  const server = createServer();
  const port = await listen(server, 0);
  server.close();
  await once(server, 'close');
  return port;
}

/** Settings that are known only now go by environment variables, which win over the file. */
function sidecar(name, settings) {
  const variables = Object.entries(settings).map(([key, value]) => [`LATTICE_AUTH_PROXY_${key}`, String(value)]);
  const env = { ...process.env, LATTICE_AUTH_PROXY_DRAIN_LINGER_MS: '0', ...Object.fromEntries(variables) };
  return spawn(process.execPath, [proxy, '--config', `sidecars/${name}.yaml`], { cwd: folder, env, stdio: 'inherit' });
}

const [name, ...rest] = process.argv.slice(2);
const child = await pods[name](Number(process.env.PORT ?? 0), ...rest);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 0));
