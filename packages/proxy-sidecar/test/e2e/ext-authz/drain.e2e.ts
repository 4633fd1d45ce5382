// The listener that Envoy asks is drained as the others are: under load, no question stays without an answer that it was begun
// with, and Envoy is told to go elsewhere.
import { connect } from 'node:http2';
import { expect, test } from 'vitest';
import { createApp } from '../../../src/app.js';
import { defaults } from '../../../src/config/sidecar-config.js';
import { AuthorizationClient } from '../../support/ext-authz/envoy-protocol.js';
import { orderPolicy, PolicyFolder, STACK, WEB_ARN } from '../../support/policy-files.js';

const identity = { 'x-amzn-lattice-identity': `Principal=${WEB_ARN}; Type=AWS_IAM` };
const free = { host: '127.0.0.1', port: 0 };

test('drain under load', async () => {
  const files = new PolicyFolder().write({ 'stack.yaml': STACK, 'orders.json': orderPolicy('GET') });
  const app = createApp({
    config: {
      ...defaults,
      outbound: { ...defaults.outbound, enabled: false },
      extAuthz: { ...defaults.extAuthz, enabled: true, listen: free },
      admin: { ...defaults.admin, listen: free },
      policies: { ...defaults.policies, stack: files.stack },
      drain: { deadlineMs: 5_000, lingerMs: 200 },
    },
    env: {},
    output: { write: () => undefined, dropped: 0, close: () => Promise.resolve() },
    onShutdown: () => undefined,
  });
  const { extAuthz = 0 } = await app.listen();
  const client = new AuthorizationClient(extAuthz);
  const session = connect(`http://127.0.0.1:${extAuthz}`);
  session.on('error', () => undefined);
  await new Promise((resolve) => session.once('remoteSettings', resolve));
  const goaway = new Promise((resolve) => session.once('goaway', resolve));
  const outcomes: (number | undefined)[] = [];
  let draining = false;
  let refused = 0;
  const load = async () => {
    for (;;) {
      const begunBefore = !draining;
      try {
        outcomes.push((await client.check({ peer: '169.254.171.9', headers: identity })).status?.code);
      } catch (error) {
        // Only a question that was asked after the end had begun may find nobody.
        if (begunBefore) throw error;
        refused += 1;
        return;
      }
    }
  };
  const loads = Array.from({ length: 10 }, load);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await client.health('')).toBe(1);
  draining = true;
  const drained = app.drain(new Promise(() => undefined));
  await goaway;
  expect(await drained).toBe(true);
  await Promise.all(loads);
  expect(refused).toBe(10);
  expect(outcomes.length).toBeGreaterThan(50);
  expect(outcomes.every((code) => code === 0)).toBe(true);
  client.close();
  session.destroy();
  files.remove();
});
