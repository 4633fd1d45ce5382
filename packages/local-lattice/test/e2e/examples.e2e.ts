// The examples that run: each is started as it stands, and requests come to its targets in the proportions that it says.
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startLocalLattice } from '../../src/index.js';

const stackOf = (example: string) =>
  fileURLToPath(new URL(`../../../../examples/${example}/stack.yaml`, import.meta.url));

function count(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

test('lambda-weighted: 9 in 10 to the stable function, each with its event', async () => {
  await using lattice = await startLocalLattice(stackOf('lambda-weighted'));
  const send = lattice.fetchAs('web');
  const answers: { function: string; event: string; item: string; caller: string; path: string }[] = [];
  for (let i = 0; i < 100; i++) {
    const response = await send(`${lattice.urlOf('quotes')}/quotes/${i}?item=tea`);
    answers.push((await response.json()) as never);
  }
  expect(count(answers.map((answer) => `${answer.function} ${answer.event}`))).toEqual({
    'stable V1': 90,
    'next 2.0': 10,
  });
  expect(answers[7]).toMatchObject({ item: 'tea', path: '/quotes/7' });
  expect(new Set(answers.map(({ caller }) => caller))).toEqual(
    new Set(['arn:aws:sts::111122223333:assumed-role/web/web-1']),
  );
  await lattice.expectDenied({ as: 'reporting', to: 'quotes', path: '/quotes' }, { deniedBy: 'service' });
});

test('ec2-ecs-weighted: half to instances, which take turns, half to tasks', async () => {
  await using lattice = await startLocalLattice(stackOf('ec2-ecs-weighted'));
  const send = lattice.fetchAs('kiosk');
  const names: string[] = [];
  for (let i = 0; i < 40; i++) {
    const { platform, name } = (await (await send(lattice.urlOf('rates'))).json()) as Record<string, string>;
    names.push(`${platform} ${name}`);
  }
  expect(count(names)).toEqual({ 'ec2 i-0aaaaaaaaaaaaaaa1': 10, 'ec2 i-0aaaaaaaaaaaaaaa2': 10, 'ecs task-1': 20 });
  await lattice.expectDenied({ as: 'anonymous', to: 'rates', vpc: 'clients' }, { deniedBy: 'service' });
});
