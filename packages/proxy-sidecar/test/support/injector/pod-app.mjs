// pod-app.mjs: an app of a test, as a process: it calls a service through the sidecar at $LATTICE and says what it got.
// `once`: then it ends. `serve`: at SIGTERM it calls once more, as an app that puts its affairs in order, and ends.
// `listen`: it is called instead, at $PORT. `job`: then it tells the sidecar at $ADMIN to stop, as a Job does that has a plain container for a sidecar.
import { createServer } from 'node:http';

const { LATTICE, ADMIN, PORT } = process.env;

async function call(path) {
  const response = await fetch(`${LATTICE}${path}`);
  console.log(path, response.status, await response.text());
  if (response.status !== 200) process.exitCode = 1;
}

const [, , mode] = process.argv;
if (mode === 'serve') {
  // Before its first call: the end may come as soon as that was seen.
  const alive = setInterval(() => undefined, 1_000);
  process.on('SIGTERM', async () => {
    await call('/last');
    clearInterval(alive);
  });
}
if (mode === 'listen') {
  const server = createServer((request, response) => response.end(`the app: ${request.method}`)).listen(
    PORT,
    '127.0.0.1',
  );
  process.on('SIGTERM', () => server.close());
} else {
  await call(`/${mode}`);
}
if (mode === 'job') console.log('shutdown', (await fetch(`${ADMIN}/shutdown`, { method: 'POST' })).status);
