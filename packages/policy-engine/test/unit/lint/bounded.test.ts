// Lint of large and hostile documents ends soon: work is counted, nothing is quadratic without a bound.
import { expect, test } from 'vitest';
import { lintLatticePolicies } from '../../../src/lint/lint-lattice-policies.js';
import { lintPolicy } from '../../../src/lint/lint-policy.js';
import { parsePolicy } from '../../../src/parse/parse-policy.js';
import { CONNECT, INVOKE, ROLE, SERVICE } from './lint-case.js';

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const allow = (members: Readonly<Record<string, unknown>>) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: INVOKE,
  Resource: '*',
  ...members,
});
const recased = (word: string, index: number) =>
  [...word].map((letter, at) => ((index >> (at % 14)) & 1 ? letter.toUpperCase() : letter)).join('');

const HOSTILE: readonly [name: string, statements: readonly unknown[]][] = [
  ['ten thousand statements', times(9_500, (i) => allow({ Resource: `*/${i}` }))],
  ['many denies', times(4_000, (i) => ({ ...allow({ Resource: `*/x${i}?` }), Effect: i % 2 ? 'Deny' : 'Allow' }))],
  [
    'many entries',
    [allow({ Action: times(7_000, (i) => `${CONNECT}${i}`), Resource: times(7_000, (i) => `${SERVICE}/${i}`) })],
  ],
  [
    'many entries, twice',
    times(2, (i) => ({
      ...allow({ Action: times(15_000, (j) => `vpc-lattice-svcs:x${j}`) }),
      Effect: i ? 'Deny' : 'Allow',
    })),
  ],
  ['many principals', [allow({ Principal: { Service: times(25_000, (i) => `s${i}.amazonaws.com`) } })]],
  [
    'many principals, twice',
    times(2, (i) => ({
      ...allow({ Principal: { AWS: times(9_000, (j) => `${ROLE}${j}`) } }),
      Effect: i ? 'Deny' : 'Allow',
    })),
  ],
  [
    'many keys',
    [
      allow({
        Condition: { StringNotEquals: Object.fromEntries(times(20_000, (i) => [`aws:PrincipalTag/${i}`, 'x'])) },
      }),
    ],
  ],
  [
    'many unknown keys',
    [allow({ Condition: { StringEquals: Object.fromEntries(times(20_000, (i) => [`aws:PrincipalOrg${i}`, 'x'])) } })],
  ],
  [
    'many operators',
    [
      allow({
        Condition: Object.fromEntries(
          times(9_000, (i) => [recased('notipaddress', i), { 'aws:VpcSourceIp': '10.0.0.0/8' }]),
        ),
      }),
    ],
  ],
  [
    'stars',
    times(150, (i) => ({ ...allow({ Resource: `${'*a'.repeat(1_500)}${i}` }), Effect: i % 2 ? 'Deny' : 'Allow' })),
  ],
  ['stars in one list', [allow({ Resource: times(190, (i) => `${'*a?'.repeat(900)}${i}`) })]],
  ['long values', times(15, (i) => allow({ Resource: `arn:${'a'.repeat(60_000)}*${i}` }))],
];

test.each(HOSTILE)(
  '%s',
  (_name, statements) => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    const policy = parsePolicy(text, { type: 'auth' });
    const started = performance.now();
    const findings = lintPolicy(policy);
    const took = performance.now() - started;
    expect(findings.length).toBeLessThanOrEqual(1_000);
    // A quiet machine takes less than one second; quadratic work would take minutes.
    expect(took).toBeLessThan(8_000);
  },
  30_000,
);

test.each(HOSTILE)(
  '%s, around a service',
  (_name, statements) => {
    const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), { type: 'auth' });
    const started = performance.now();
    const side = { authType: 'AWS_IAM' as const, policy, arn: SERVICE };
    expect(lintLatticePolicies({ serviceNetwork: side, service: side }).length).toBeLessThanOrEqual(1_000);
    expect(performance.now() - started).toBeLessThan(8_000);
  },
  30_000,
);
