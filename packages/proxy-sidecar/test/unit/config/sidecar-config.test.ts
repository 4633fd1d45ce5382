// The defaults are promises: what listens where, and what is safe without being asked for.
import { expect, test } from 'vitest';
import { defaults } from '../../../src/config/sidecar-config.js';

test('told nothing, it listens on loopback only and signs for nobody but Lattice', () => {
  expect(defaults.outbound.listen.host).toBe('127.0.0.1');
  expect(defaults.admin.listen.host).toBe('127.0.0.1');
  expect(defaults.inbound.enabled).toBe(false);
  expect(defaults.outbound.allow).toEqual([]);
  expect(defaults.outbound.upstream).toEqual({ scheme: 'https', protocol: 'auto', tls: { verify: true } });
});

test('connections are given up before Lattice closes them', () => {
  expect(defaults.outbound.pool.idleMs).toBeLessThan(60_000);
  expect(defaults.outbound.pool.lifetimeMs).toBeLessThan(600_000);
});
