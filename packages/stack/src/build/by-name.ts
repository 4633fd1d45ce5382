// by-name.ts — things by name, in objects that inherit nothing: a service may be called `constructor`.
import type { ByName } from '../model.js';

/** Makes one thing of each entry; leaves out those that come to nothing. */
export function byName<From, To>(
  written: Readonly<Record<string, From>> | undefined,
  make: (name: string, from: From) => To | undefined,
): ByName<To> {
  const made: Record<string, To> = Object.create(null);
  for (const [name, from] of Object.entries(written ?? {})) {
    const one = make(name, from);
    if (one !== undefined) made[name] = one;
  }
  return made;
}

/** Freezes a model all the way down; policies too. Values are plain data without cycles. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) freezeDeep(inner);
  return value;
}
