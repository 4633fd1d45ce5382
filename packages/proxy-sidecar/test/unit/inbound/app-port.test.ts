// Is the app there? Looked for by connecting, at most once a second; not missed before it can have started.
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { AppPort } from '../../../src/inbound/app-port.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function startApp(port = 0): Promise<{ port: number; asked: () => number; stop: () => Promise<void> }> {
  let asked = 0;
  const server = createServer((socket) => {
    asked += 1;
    socket.on('error', () => undefined).destroy();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { port: (server.address() as AddressInfo).port, asked: () => asked, stop };
}

const later = () => performance.now() + 60_000;

test('an app that takes connections is there; many who ask at once are one look', async () => {
  const app = await startApp();
  const port = new AppPort(`127.0.0.1:${app.port}`);
  await Promise.all([port.look(), port.look(), port.look()]);
  await port.look();
  expect(port.check()).toEqual({ ok: true });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(app.asked()).toBe(1);
});

test('an app that never was there is waited for, but not for ever', async () => {
  const { port: number, stop } = await startApp();
  await stop();
  const port = new AppPort(`127.0.0.1:${number}`);
  await port.look();
  expect(port.check()).toEqual({ ok: true, detail: `127.0.0.1:${number}: ECONNREFUSED, not yet` });
  expect(port.check(later())).toEqual({ ok: false, detail: `127.0.0.1:${number}: ECONNREFUSED` });
});

test('an app that was there and is not any more is missed at once', async () => {
  const app = await startApp();
  const port = new AppPort(`127.0.0.1:${app.port}`);
  await port.look();
  await app.stop();
  await new Promise((resolve) => setTimeout(resolve, 1_010));
  await port.look();
  expect(port.check()).toEqual({ ok: false, detail: `127.0.0.1:${app.port}: ECONNREFUSED` });
});
