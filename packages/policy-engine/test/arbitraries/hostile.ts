// Absurd input: values of every kind in every place, prototype names, getters and proxies that throw, cycles, numbers
// and texts beyond reason.
import fc from 'fast-check';

export const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'then'] as const;

const fail = (): never => {
  throw new Error('a trap');
};
/** Throws whatever is done with it. */
export const proxy = (target: object) =>
  new Proxy(
    target,
    Object.fromEntries(
      ['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf'].map((trap) => [trap, fail]),
    ),
  );
const throwing = (name: string) => Object.defineProperty({}, name, { get: fail, enumerable: true });

function cyclic(): object {
  const one: Record<string, unknown> = { arn: 'arn:aws:iam::111122223333:root' };
  one.self = one;
  one.tags = one;
  return one;
}

/** A getter that says something else each time. */
export function flapping(name: string, values: readonly unknown[]): object {
  let read = 0;
  return Object.defineProperty({}, name, { get: () => values[read++ % values.length], enumerable: true });
}

/** Something that is made when it is needed: fast-check itself looks into the values that it draws, and some bite. */
export interface Made {
  readonly make: () => unknown;
}

const MAKERS: readonly (() => unknown)[] = [
  () => Symbol('s'),
  () => 10n,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => () => 'arn:aws:iam::111122223333:root',
  () => new Date(Number.NaN),
  () => new Map([['a', 'b']]),
  () => new Set(['a']),
  () => new Uint8Array(4),
  () => /a/g,
  () => Promise.resolve({}),
  () => new Headers({ x: '1' }),
  () => new Error('no'),
  () => proxy({}),
  () => proxy([]),
  () => [proxy({})],
  () => throwing('arn'),
  () => [throwing('length')],
  () => cyclic(),
  () => [cyclic()],
  () => Object(Symbol.iterator),
  () => new String('anonymous'),
  () => [[['a']]],
  () => ({ toString: fail }),
  () => ({ valueOf: fail, constructor: fail }),
];

/** Values that are right nowhere in a request. */
export const absurd: fc.Arbitrary<Made> = fc.constantFrom(...MAKERS).map((make) => ({ make }));

const drawn = fc.oneof(
  fc.anything({
    key: fc.oneof(fc.string(), fc.constantFrom(...PROTOTYPE_NAMES, 'principal', 'arn', 'context', 'action', 'path')),
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    withUnicodeString: true,
  } as fc.ObjectConstraints),
  fc.jsonValue(),
);
/** Anything at all: JSON, exotic objects, and the above. */
export const anything: fc.Arbitrary<Made> = fc.oneof(
  absurd,
  drawn.map((value) => ({ make: () => value })),
);

/** An object with one field put in place of another. */
export const withField = (object: object, name: string, value: unknown): object =>
  Object.defineProperty({ ...object }, name, { value, enumerable: true, configurable: true, writable: true });
