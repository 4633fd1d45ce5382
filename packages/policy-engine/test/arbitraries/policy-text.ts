// policy-text.ts — texts and values that are almost policies: right pieces in wrong places, so that every rule of the
// parser is reached, and about a third of the documents are accepted.
import fc from 'fast-check';
import type { PolicyType } from '../../src/model.js';

/** Settings of a property: RUNS and SEED come from the environment. */
export const runs = (numRuns = 300) => ({
  numRuns: Number(process.env.RUNS ?? numRuns),
  ...(process.env.SEED === undefined ? {} : { seed: Number(process.env.SEED) }),
});

export const policyType = fc.constantFrom<PolicyType>(
  ...(['auth', 'resource', 'identity', 'permissionsBoundary', 'session', 'scp', 'rcp', 'vpcEndpoint'] as const),
);

const odd = fc.constantFrom<unknown>(
  ...[null, true, 0, 1e300, '', '*', '__proto__', '${', '\u0000', '\ud800', [], {}, [[]], [null], { a: 1 }],
);

/** Mostly the first, now and then something odd. */
const mostly = (arbitrary: fc.Arbitrary<unknown>, weight = 40) =>
  fc.oneof({ arbitrary, weight }, { arbitrary: odd, weight: 1 });

const oneOrMore = (item: fc.Arbitrary<unknown>) => mostly(fc.oneof(item, fc.array(item, { maxLength: 3 })));

const action = fc.constantFrom('*', 'vpc-lattice-svcs:Invoke', 'vpc-lattice-svcs:*', 'sts:AssumeRole', 's3:Get?bject');
const resource = fc.constantFrom(
  ...['*', '*/rates', 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1/*', 'arn:aws:s3:::b/${aws:username}'],
);
const account = fc.constantFrom('111122223333', 'arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:role/R');
const principal = fc.oneof(
  fc.constant('*'),
  fc.record(
    { AWS: oneOrMore(account), Service: oneOrMore(fc.constant('ec2.amazonaws.com')) },
    { requiredKeys: ['AWS'] },
  ),
);
const operand = fc.constantFrom('x', 'a*', '1', '10.0.0.0/8', 'true', '2026-11-21T00:00:00Z', 'QQ==', '${aws:userid}');
const contextKey = fc.constantFrom('aws:userid', 'AWS:UserId', 'aws:SourceVpc', 'vpc-lattice-svcs:Port', 'constructor');
const block = (values: fc.Arbitrary<unknown>) => mostly(fc.dictionary(contextKey, oneOrMore(values), { maxKeys: 2 }));
const condition = fc.oneof(
  fc.record({ StringLike: block(operand) }),
  fc.record({
    'ForAnyValue:StringEquals': block(operand),
    NumericLessThan: block(fc.constantFrom('1', '-2.5', '1e3')),
  }),
  fc.record({ IpAddress: block(fc.constant('10.0.0.0/8')), Null: block(fc.constantFrom('true', 'false')) }),
  fc.record({ bool: block(fc.boolean()), DateLessThan: block(fc.constant('2026-11-21')) }),
  fc.dictionary(fc.constantFrom('StringLike', 'Numericequals', 'Nope', 'NullIfExists', 'Bool'), block(operand)),
);

const statement = fc.record(
  {
    Effect: mostly(fc.constantFrom('Allow', 'Deny')),
    Principal: mostly(principal),
    Action: oneOrMore(action),
    Resource: oneOrMore(resource),
    Condition: mostly(condition),
    Sid: mostly(fc.constant('A')),
    NotAction: oneOrMore(action),
    Comment: odd,
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
);

/** Takes elements out again, most of the time those that make the statement wrong. */
const sound = (kept: Record<string, unknown>, whole: boolean, type: PolicyType): Record<string, unknown> => {
  if (!whole) return kept;
  const { NotAction: _one, Comment: _two, Principal, ...rest } = kept;
  const callerSide = ['identity', 'permissionsBoundary', 'session', 'scp'].includes(type);
  return callerSide ? rest : { ...rest, Principal: type === 'rcp' ? '*' : (Principal ?? '*') };
};

/** A kind of policy, and a value that is or almost is a document of that kind. */
export const policyLike: fc.Arbitrary<{ type: PolicyType; document: object }> = fc
  .record({
    type: policyType,
    whole: fc.constantFrom(true, true, true, false),
    version: fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17', undefined),
    statements: fc.array(statement, { maxLength: 3 }),
    alone: fc.boolean(),
    extra: fc.oneof(
      { arbitrary: fc.constant({}), weight: 20 },
      { arbitrary: fc.constant({ statement: 1 }), weight: 1 },
    ),
  })
  .map(({ type, whole, version, statements, alone, extra }) => {
    const listed = statements.map((each) => sound(each, whole, type));
    const Statement = alone && listed.length === 1 ? listed[0] : listed;
    return { type, document: { ...(version === undefined ? {} : { Version: version }), Statement, ...extra } };
  });

/** Pieces of JSON and of what people take for JSON. */
const pieces = [
  ...['{', '}', '[', ']', ',', ':', '"', '\\', '\\u00e9', '\\ud83d', '\\"', '"Statement"', '"a":', '1', '-', '0', '.'],
  ...[
    'e+1',
    'true',
    'null',
    'NaN',
    "'",
    '//',
    '/*',
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\u0000',
    '\ufeff',
    '\ud800',
    '__proto__',
  ],
];

/** Any text, with a liking for pieces of JSON. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((all) => all.join('')),
);

/** JSON with odd white space and needless escapes. */
export const jsonText = fc
  .tuple(
    fc.jsonValue({ noUnicodeString: false, maxDepth: 4 }),
    fc.constantFrom('', ' ', '\t', '\n', '\r\n  '),
    fc.boolean(),
  )
  .map(([value, space, escaping]) => {
    const text = JSON.stringify(value, null, 1).replaceAll('\n', `${space}\n${space}`);
    return escaping ? text.replaceAll('e', (_, at: number) => (insideString(text, at) ? '\\u0065' : 'e')) : text;
  });

function insideString(text: string, at: number): boolean {
  const before = text.slice(0, at).replace(/\\./g, '');
  return (before.split('"').length - 1) % 2 === 1 && !text.slice(0, at).endsWith('\\');
}

/** A text with one small change: a piece put in, something taken out or doubled. */
export const mutated = (text: fc.Arbitrary<string>) =>
  fc.tuple(text, fc.nat(), fc.nat(3), fc.constantFrom('', ...pieces)).map(([whole, where, length, piece]) => {
    const at = whole.length === 0 ? 0 : where % whole.length;
    return whole.slice(0, at) + piece + whole.slice(at + length);
  });
