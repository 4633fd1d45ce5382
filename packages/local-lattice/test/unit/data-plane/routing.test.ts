// routing.test.ts — which rule, which group, which target, which VPC, by which name.
import { parseStack, type RuleMatch } from '@lattice-auth/stack';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVpcFinder, isLoopback } from '../../../src/data-plane/find-vpc.js';
import { compileMatch } from '../../../src/data-plane/match-rule.js';
import { TargetRing } from '../../../src/data-plane/target-ring.js';
import { createTopology } from '../../../src/data-plane/topology.js';
import { WeightedTurns } from '../../../src/data-plane/weighted.js';
import type { Target } from '../../../src/model.js';
import { ORDERS_HOST, ordersStack } from '../../support/stacks.js';

const RUNS = Number(process.env.RUNS ?? 100);
const SEED = Number(process.env.SEED ?? Date.now());

const load = (more: Parameters<typeof ordersStack>[0] = {}) =>
  parseStack(JSON.stringify(ordersStack(more)), { file: 'stack.json' });

describe('rules', () => {
  const match = (more: Partial<RuleMatch>) =>
    compileMatch({ method: undefined, path: undefined, headers: [], ...more });
  const request = (path: string, headers: Record<string, string | string[]> = {}, method = 'GET') => ({
    method,
    path,
    headers,
  });

  test.each([
    ['exact', false, '/a/b', '/A/B', true],
    ['exact', true, '/a/b', '/A/B', false],
    ['exact', false, '/a', '/a/b', false],
    ['prefix', false, '/API', '/api/x', true],
    ['prefix', true, '/API', '/api/x', false],
    ['prefix', true, '/api', '/apix', true],
  ] as const)('a path, %s, case sensitive %s: %s and %s', (kind, caseSensitive, text, path, expected) => {
    expect(match({ path: { kind, text, caseSensitive } })(request(path))).toBe(expected);
  });

  test('a method counts in its case', () => {
    expect(match({ method: 'GET' })(request('/', {}, 'GET'))).toBe(true);
    expect(match({ method: 'GET' })(request('/', {}, 'get'))).toBe(false);
  });

  test('headers: each of them, any value of one', () => {
    const header = (kind: 'exact' | 'prefix' | 'contains', text: string, caseSensitive = false) => ({
      name: 'X-Env',
      kind,
      text,
      caseSensitive,
    });
    expect(match({ headers: [header('exact', 'Test')] })(request('/', { 'x-env': 'test' }))).toBe(true);
    expect(match({ headers: [header('exact', 'Test', true)] })(request('/', { 'x-env': 'test' }))).toBe(false);
    expect(match({ headers: [header('prefix', 'te')] })(request('/', { 'x-env': ['prod', 'test'] }))).toBe(true);
    expect(match({ headers: [header('contains', 'es')] })(request('/', { 'x-env': 'test' }))).toBe(true);
    expect(match({ headers: [header('contains', 'es')] })(request('/', {}))).toBe(false);
    const both = match({ headers: [header('contains', 'a'), { ...header('contains', 'b'), name: 'y' }] });
    expect(both(request('/', { 'x-env': 'a' }))).toBe(false);
    expect(both(request('/', { 'x-env': 'a', y: 'b' }))).toBe(true);
  });

  test('nothing to match matches everything', () => {
    expect(match({})(request('/whatever'))).toBe(true);
  });
});

describe('weights', () => {
  test('proportions are exact over each run of their sum, wherever it begins', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(weights, fc.nat(1_000), (given, seed) => {
        const total = given.reduce((sum, weight) => sum + weight, 0);
        const turns = new WeightedTurns(
          given.map((weight, value) => ({ value, weight })),
          seed,
        );
        const counts = given.map(() => 0);
        for (let i = 0; i < total; i += 1) {
          const turn = turns.next() as number;
          counts[turn] = (counts[turn] ?? 0) + 1;
        }
        expect(counts).toEqual(given);
        if (total === 0) expect(turns.next()).toBeUndefined();
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  test('turns are spread', () => {
    const turns = new WeightedTurns([
      { value: 'a', weight: 3 },
      { value: 'b', weight: 1 },
    ]);
    expect(Array.from({ length: 8 }, () => turns.next()).join('')).toBe('aabaaaba');
  });
});

describe('targets of a group', () => {
  const target = (address: string, healthy: boolean) => ({ address, healthy }) as unknown as Target;

  test('in turn, the healthy ones; all when none is', () => {
    const some = new TargetRing([target('a', true), target('b', false), target('c', true)]);
    expect(Array.from({ length: 4 }, () => some.next()?.address).join('')).toBe('acac');
    const none = new TargetRing([target('a', false), target('b', false)]);
    expect(new Set(Array.from({ length: 4 }, () => none.next()?.address))).toEqual(new Set(['a', 'b']));
    expect(new TargetRing([]).next()).toBeUndefined();
  });
});

describe('names', () => {
  const topology = (more?: Parameters<typeof ordersStack>[0], idleMs?: number) =>
    createTopology(load(more), { ringOf: () => new TargetRing([]), seed: 0, idleMs });

  test('silence ends after the time of the service, or that of the data plane', () => {
    const idleMs = (...args: Parameters<typeof topology>) => topology(...args).services[0]?.idleMs;
    expect(idleMs()).toBe(60_000);
    expect(idleMs({ service: { idleTimeoutSeconds: 600 } })).toBe(600_000);
    expect(idleMs({ service: { idleTimeoutSeconds: 600 } }, 300)).toBe(300);
  });

  test('a service by its made-up name, its custom domain, and any name with its id', () => {
    const { servicesAt } = topology();
    const named = (host: string) => servicesAt(host).map(({ service }) => service.name);
    expect(named(ORDERS_HOST)).toEqual(['orders']);
    expect(named('orders.example.com')).toEqual(['orders']);
    expect(named('other-0123456789abcdef0.0a1b2c3.vpc-lattice-svcs.eu-west-1.on.aws')).toEqual(['orders']);
    expect(named('orders')).toEqual([]);
    expect(named('example.com')).toEqual([]);
  });

  test('a stack that names no listener still has policies to ask', () => {
    const [service] = topology({ service: { listeners: undefined } }).services;
    expect(service?.listeners.map(({ protocol }) => protocol)).toEqual(['HTTP', 'HTTPS']);
  });
});

describe('VPCs', () => {
  test('addresses that are given, and such as are made up', () => {
    const finder = createVpcFinder(load({ local: { vpcs: { far: { address: '127.0.1.1', port: 7_001 } } } }));
    expect([...finder.addresses]).toEqual([
      ['far', '127.0.1.1'],
      ['front', '127.0.2.1'],
    ]);
    expect(finder.byConnection('127.0.2.1', 80)).toBe('front');
    expect(finder.byConnection('127.0.0.1', 7_001)).toBe('far');
    expect(finder.byConnection('127.0.0.1', 80)).toBeUndefined();
    expect(finder.byText('vpc-0e4f5a6b')).toBe('far');
    expect(finder.byText('__proto__')).toBeUndefined();
  });

  test.each([
    ['127.0.0.1', true],
    ['::ffff:127.3.2.1', true],
    ['::1', true],
    ['10.0.0.1', false],
    ['128.0.0.1', false],
    ['', false],
  ])('%s is loopback: %s', (address, expected) => expect(isLoopback(address)).toBe(expected));
});
