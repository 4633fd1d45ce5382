// Condition blocks near the keys of a request: operands are often made from the value that they will meet.
import fc from 'fast-check';
import { type Json, QueryValues } from '../reference/question.js';
import { DERIVED, KEYS, type Kind, spelled, VALUES } from './context.js';
import { weighted } from './runs.js';

type Operand = string | number | boolean;

const OPERATORS: Readonly<Record<Kind, readonly string[]>> = {
  string: [
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'StringLike',
    'StringNotLike',
  ],
  numeric: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
    (name) => `Numeric${name}`,
  ),
  date: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
    (name) => `Date${name}`,
  ),
  bool: ['Bool'],
  binary: ['BinaryEquals'],
  ip: ['IpAddress', 'NotIpAddress'],
  arn: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'],
};
const SETS = ['', '', '', '', 'ForAllValues:', 'ForAnyValue:'] as const;

/** A text with a run of it, or one character, replaced by a wildcard. */
function loosened(text: string): fc.Arbitrary<string> {
  const characters = [...text];
  return fc.tuple(fc.nat(characters.length), fc.nat(3), fc.constantFrom('*', '?')).map(([at, length, wildcard]) => {
    const end = wildcard === '?' ? at + 1 : at + length;
    return [...characters.slice(0, at), wildcard, ...characters.slice(end)].join('');
  });
}

const TEMPLATES = [
  '${vpc-lattice-svcs:SourceVpc}',
  '${AWS:PRINCIPALTAG/team}',
  "${aws:PrincipalTag/team, 'red'}",
  "${app:none, 'it''s, {odd}'}",
  '${app:none}',
  '${aws:userid}',
  '${aws:TagKeys}',
  'a${*}b',
  'a${?}b',
  '${$}{*}',
  '${aws:PrincipalAccount}*',
];
const BOOL_TEMPLATES = ['${aws:SecureTransport}', '${aws:userid}', '${app:none}', "${app:none, 'TRUE'}"];
const ARN_TEMPLATES = [
  'arn:aws:s3:::${app:none}',
  'arn:aws:iam::${aws:PrincipalAccount}:role/*',
  'arn:*:*:*:*:*',
  'arn:aws:vpc-lattice:*:*:service/*',
  "arn:aws:s3:::${app:none, 'bucket'}/*",
  'arn:aws:sts::111122223333:assumed-role/${aws:userid}',
];

function near(kind: Kind, value: unknown): fc.Arbitrary<Operand> {
  const pool = fc.constantFrom<Operand>(...VALUES[kind]);
  const text = Array.isArray(value) ? String(value[0] ?? '') : String(value ?? '');
  if (kind === 'string') {
    const plain = text.replaceAll('${', '');
    return weighted<Operand>(
      [5, fc.constant(plain)],
      [2, loosened(plain)],
      [1, fc.constant(plain.toUpperCase())],
      [3, pool],
      [2, fc.constantFrom(...TEMPLATES)],
    );
  }
  if (kind === 'arn') {
    const arn = text.startsWith('arn:');
    return weighted<Operand>(
      [4, arn ? fc.constant(text) : pool],
      [3, arn ? loosened(text) : pool],
      [3, pool],
      [2, fc.constantFrom(...ARN_TEMPLATES)],
      [1, fc.constant('arn:aws:s3')],
    );
  }
  if (kind === 'ip') {
    const address =
      /^[\d.]+$|^[\da-f:.]+:[\da-f:.]*$/i.test(text) && VALUES.ip.includes(text) ? fc.constant(text) : pool.map(String);
    return fc.tuple(address, fc.option(fc.nat(128))).map(([base, prefix]) => {
      if (prefix === null) return base;
      return `${base}/${base.includes(':') ? prefix : prefix % 33}`;
    });
  }
  if (kind === 'bool') return weighted<Operand>([5, pool], [1, fc.constantFrom(...BOOL_TEMPLATES)]);
  return VALUES[kind].includes(text) ? weighted<Operand>([2, fc.constant(text)], [3, pool]) : pool;
}

/** Operands of one JSON type, as one value or a list; an empty list now and then. */
const operandsOf = (operand: fc.Arbitrary<Operand>): fc.Arbitrary<unknown> =>
  weighted<unknown>(
    [6, operand],
    [4, fc.array(operand.map(String), { minLength: 1, maxLength: 3 })],
    [1, fc.constant([])],
  );

const PLAIN_KEYS = [...KEYS, ...DERIVED].map(([name, kind]) => [name, kind] as const);

function condition(
  values: Json,
  keys: readonly (readonly [string, Kind])[],
): fc.Arbitrary<readonly [operator: string, key: string, operands: unknown]> {
  const byName = new Map(
    Object.entries(values).map(([name, value]) => [
      name.toLowerCase(),
      value instanceof QueryValues ? value.texts : value,
    ]),
  );
  return fc
    .tuple(
      fc.constantFrom(...keys, ['app:none', 'string'] as const),
      fc.nat(19),
      fc.constantFrom<Kind>('string', 'numeric', 'date', 'bool', 'binary', 'ip', 'arn'),
    )
    .chain(([[name, own], draw, other]) => {
      const kind = draw === 0 ? other : own;
      const set = Array.isArray(byName.get(name.toLowerCase()))
        ? fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:')
        : fc.constantFrom(...SETS);
      if (draw <= 2)
        return fc.tuple(
          set.map((prefix) => `${prefix}Null`),
          spelled(name),
          operandsOf(fc.constantFrom<Operand>('true', 'false', true, 'False')),
        );
      const operator = fc
        .tuple(set, fc.constantFrom(...OPERATORS[kind]), fc.constantFrom('', '', '', '', 'IfExists'), fc.nat(30))
        .map(([prefix, base, suffix, casing]) =>
          casing === 0 ? (prefix + base + suffix).toLowerCase() : prefix + base + suffix,
        );
      return fc.tuple(operator, spelled(name), operandsOf(near(kind, byName.get(name.toLowerCase()))));
    });
}

/** The value of a Condition element, or undefined for none. `values`: the keys of the request with their values. */
export function conditionElement(
  values: Json,
  keys: readonly (readonly [string, Kind])[] = PLAIN_KEYS,
): fc.Arbitrary<Json | undefined> {
  return weighted<Json | undefined>(
    [9, fc.constant(undefined)],
    [6, fc.array(condition(values, keys), { minLength: 1, maxLength: 2 }).map(block)],
    [1, fc.array(condition(values, keys), { maxLength: 4 }).map(block)],
  );
}

/** Two casings of one key in one block are an error: the first stays. */
function block(conditions: readonly (readonly [string, string, unknown])[]): Json {
  const blocks: Record<string, Json> = {};
  for (const [operator, key, operands] of conditions) {
    blocks[operator] ??= {};
    const known = Object.keys(blocks[operator]).some((name) => name.toLowerCase() === key.toLowerCase());
    if (!known) Object.defineProperty(blocks[operator], key, { value: operands, enumerable: true, configurable: true });
  }
  return blocks;
}
