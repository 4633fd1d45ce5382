// Any text is a stack or a StackError, never another error; YAML and JSON of the same data are the same stack.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStack, type Stack } from '../../src/index.js';
import { readSource } from '../../src/source/read-source.js';
import { plainValue } from '../../src/source/source-tree.js';
import { anyText, policyFileText } from '../arbitraries/stack-texts.js';
import { expectTotal } from '../support/expect-total.js';
import { minimalStack } from '../support/minimal-stack.js';
import { RUNS, SEED } from '../support/numbers.js';

const parameters = { numRuns: RUNS, seed: SEED };

test('any text is a stack, or refused with places', () => {
  const outcomes = { stack: 0, refused: 0 };
  fc.assert(
    fc.property(anyText, policyFileText, (text, policy) => {
      outcomes[expectTotal(text, policy)] += 1;
    }),
    parameters,
  );
  // The texts must be near enough to real ones for both to happen.
  if (RUNS >= 100) expect(Math.min(outcomes.stack, outcomes.refused)).toBeGreaterThan(RUNS / 50);
});

test('JSON is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 4, noUnicodeString: false }),
      fc.constantFrom(undefined, 2, '\t'),
      (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { root, problems } = readSource(text);
        expect(problems).toEqual([]);
        expect(root && JSON.parse(JSON.stringify(plainValue(root)))).toEqual(JSON.parse(text));
      },
    ),
    parameters,
  );
});

test('an inline policy is the policy of its JSON', () => {
  const word = fc.constantFrom(
    '*',
    'a',
    'vpc-lattice-svcs:Invoke',
    'true',
    '012',
    '1e3',
    ' x ',
    '#',
    ': ',
    '"',
    '${aws:username}',
    'é😀',
  );
  const statement = fc.record({
    Sid: word,
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: fc.constant('*'),
    Action: fc.oneof(fc.constant('*'), fc.constant(['vpc-lattice-svcs:Invoke'])),
    Resource: fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 3 })),
    Condition: fc.record({
      StringEquals: fc.dictionary(
        fc.constantFrom('aws:PrincipalOrgID', 'aws:username'),
        fc.array(word, { maxLength: 2 }),
      ),
    }),
  });
  const meaning = (stack: Stack) =>
    JSON.parse(
      JSON.stringify(stack.services.api?.authPolicy?.policy.statements, (key, inner: unknown) =>
        key === 'span' ? undefined : inner,
      ),
    );
  const stackWith = (policy: string) => parseStack(minimalStack('', `    authPolicy: ${policy}\n`), { file: 's' });
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 3 }), (statements) => {
      const policy = { Version: '2012-10-17', Statement: statements };
      const mapping = stackWith(JSON.stringify(policy));
      const block = stackWith(`|\n${JSON.stringify(policy, null, 2).replace(/^/gm, '      ')}`);
      expect(meaning(mapping)).toEqual(meaning(block));
    }),
    parameters,
  );
});
