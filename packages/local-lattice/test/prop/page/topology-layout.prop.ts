// Whatever the stack: no box stands on another, every box is inside the picture, every line ends at boxes that are there.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PageTopology } from '../../../src/page/browser/protocol.js';
import { layOut } from '../../../src/page/browser/topology-layout.js';

const RUNS = Number(process.env.RUNS ?? 200);
const SEED = process.env.SEED === undefined ? undefined : Number(process.env.SEED);

const names = (prefix: string, max: number) =>
  fc.integer({ min: 0, max }).map((count) => Array.from({ length: count }, (_, index) => `${prefix}${index}`));

function topologies(): fc.Arbitrary<PageTopology> {
  return fc
    .tuple(names('v', 6), names('n', 4), names('s', 40), names('g', 50))
    .chain(([vpcs, networks, services, groups]) => {
      const some = (all: readonly string[]) => fc.subarray([...all]);
      const forward =
        groups.length === 0 ? fc.constant([]) : fc.uniqueArray(fc.constantFrom(...groups), { maxLength: 3 });
      const rule = fc.record({
        name: fc.constant('r'),
        match: fc.string(),
        status: fc.constant(undefined),
        forwards: forward.map((all) => all.map((targetGroup) => ({ targetGroup, weight: 1, share: 1 / all.length }))),
      });
      const listener = fc.record({
        name: fc.constant('l'),
        protocol: fc.constant('HTTP'),
        port: fc.nat(65_535),
        rules: fc.array(rule, { minLength: 1, maxLength: 6 }),
      });
      const guard = { authType: fc.constantFrom('NONE' as const, 'AWS_IAM' as const), hasPolicy: fc.boolean() };
      return fc.record({
        file: fc.constant('stack.yaml'),
        description: fc.constant(undefined),
        httpUrl: fc.constant('http://127.0.0.1:1'),
        httpsUrl: fc.constant(undefined),
        vpcs: fc.constant(vpcs.map((name) => ({ name, id: name }))),
        serviceNetworks: fc.tuple(
          ...networks.map((name) =>
            fc.record({
              name: fc.constant(name),
              ...guard,
              vpcs: some(vpcs),
              vpcEndpoints: some(vpcs),
              services: some(services),
            }),
          ),
        ),
        services: fc.tuple(
          ...services.map((name) =>
            fc.record({
              name: fc.constant(name),
              host: fc.constant(name),
              ...guard,
              listeners: fc.array(listener, { maxLength: 2 }),
            }),
          ),
        ),
        targetGroups: fc.constant(groups.map((name) => ({ name, type: 'IP', targets: [] }))),
        principals: fc.constant([]),
      });
    });
}

test('nothing overlaps and nothing is lost', () => {
  fc.assert(
    fc.property(topologies(), (topology) => {
      const { nodes, edges, width, height } = layOut(topology);
      const { vpcs, serviceNetworks, services, targetGroups } = topology;
      expect(nodes).toHaveLength(vpcs.length + serviceNetworks.length + services.length + targetGroups.length);
      for (const column of ['vpc', 'network', 'service', 'group']) {
        const sorted = nodes.filter(({ kind }) => kind === column).sort((left, right) => left.y - right.y);
        for (const [index, { x, y, width: wide, height: high, rows }] of sorted.entries()) {
          expect(x >= 0 && x + wide <= width && y >= 0 && y + high <= height).toBe(true);
          expect(y + high < (sorted[index + 1]?.y ?? Number.POSITIVE_INFINITY)).toBe(true);
          for (const row of rows) expect(row.y > y && row.y < y + high).toBe(true);
        }
      }
      const ids = new Set(nodes.map(({ id }) => id));
      for (const { from, to, x1, y1, x2, y2 } of edges) {
        expect(ids.has(from) && ids.has(to) && x1 < x2).toBe(true);
        for (const y of [y1, y2]) expect(y > 0 && y < height).toBe(true);
      }
    }),
    { numRuns: RUNS, ...(SEED !== undefined && { seed: SEED }) },
  );
});
