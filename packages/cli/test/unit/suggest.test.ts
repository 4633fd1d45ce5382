// Near names, and problems on one line.
import { describe, expect, test } from 'vitest';
import { CliError, formatProblem, oneLine } from '../../src/errors.js';
import { nearest, suggestion } from '../../src/suggest.js';

describe('nearest', () => {
  test.each([
    ['statment', ['statement', 'reason', 'deny'], 'statement'],
    ['form', ['from', 'to'], 'from'],
    ['Datastore', ['datastore'], 'datastore'],
    ['xy', ['ab'], undefined],
    ['service', ['serviceNetwork', 'vpc'], undefined],
    ['', [], undefined],
    ['a'.repeat(5_000), ['a'], undefined],
  ])('%s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });

  test('the nearest of several wins', () => {
    expect(nearest('vpc-c', ['vpc-a', 'vpc-cc', 'vpc-c1'])).toBe('vpc-a');
    expect(nearest('polices', ['policy', 'policies'])).toBe('policies');
  });
});

test('without a near one, a short list is shown', () => {
  expect(suggestion('zzz', ['vpc-a', 'vpc-b', 'vpc-a'])).toBe('known: `vpc-a`, `vpc-b`');
  expect(suggestion('vpc-x', ['vpc-a'])).toBe('did you mean `vpc-a`?');
  expect(suggestion('zzz', [])).toBeUndefined();
});

describe('problems', () => {
  test('are one line, in the form that editors link', () => {
    const problem = { code: 'ERR_X', message: 'bad', place: { file: 'a.yaml', line: 3, column: 5 }, hint: 'do this' };
    expect(formatProblem(problem)).toBe('a.yaml:3:5: error: bad; do this [ERR_X]');
    expect(formatProblem({ code: 'ERR_X', message: 'bad' })).toBe('lattice-auth: error: bad [ERR_X]');
    expect(formatProblem({ code: 'ERR_X', message: 'bad', place: { file: 'a' } })).toBe('a: error: bad [ERR_X]');
  });

  test('cannot be forged by what they quote', () => {
    expect(oneLine('a\r\nb: error: c\u001b[2J\u0007')).toBe('a b: error: c\ufffd[2J\ufffd');
  });

  test('all stand in the message of the error', () => {
    const error = new CliError([
      { code: 'A', message: 'one' },
      { code: 'B', message: 'two' },
    ]);
    expect(error.message).toBe('lattice-auth: error: one [A]\nlattice-auth: error: two [B]');
    expect(error.exitCode).toBe(2);
  });
});
