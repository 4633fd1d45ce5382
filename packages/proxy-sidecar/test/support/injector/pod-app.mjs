// pod-app.mjs: an app of a test, as a process: it calls a service through the sidecar at $LATTICE and says what it got.
// `once`: then it ends. `serve`: at SIGTERM it calls once more, as an app that puts its affairs in order, and ends.
// `job`: then it tells the sidecar at $ADMIN to stop, as a Job does that has a plain container for a sidecar.
const { LATTICE, ADMIN } = process.env;

async function call(path) {
  const response = await fetch(`${LATTICE}${path}`);
  console.log(path, response.status, await response.text());
  if (response.status !== 200) process.exitCode = 1;
}

const [, , mode] = process.argv;
await call(`/${mode}`);
if (mode === 'job') console.log('shutdown', (await fetch(`${ADMIN}/shutdown`, { method: 'POST' })).status);
if (mode === 'serve') {
  const alive = setInterval(() => undefined, 1_000);
  process.on('SIGTERM', async () => {
    await call('/last');
    clearInterval(alive);
  });
}
