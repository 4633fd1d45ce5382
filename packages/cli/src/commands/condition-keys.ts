// condition-keys.ts: `-C key=value` and `-H name: value`, given as often as there are values.
import { cliError } from '../errors.js';

/** Names to one value or several. */
export type Values = Readonly<Record<string, string | readonly string[]>>;

/** Reads `key=value`. */
export function parseKeyValue(text: string): [key: string, value: string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw cliError('ERR_CLI_USAGE', `\`${text}\` is not a condition key with a value`, { hint: 'write `aws:Key=value`' });
}

/** One value stays a value, several become a list: to the engine these are different kinds of keys. */
export function gathered(pairs: readonly (readonly [name: string, value: string | undefined])[]): Values {
  const map: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of pairs) {
    if (value === undefined) continue;
    const before = map[name];
    map[name] = before === undefined ? value : [before, value].flat();
  }
  return map;
}
