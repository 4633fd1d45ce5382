// settings.ts: what a flag or an environment variable can set, taken from the schema, so that the three ways to say a thing
// cannot drift apart: `outbound.timeouts.connectMs` in the file is `--outbound.timeouts.connect-ms` as a flag and
// `LATTICE_AUTH_PROXY_OUTBOUND_TIMEOUTS_CONNECT_MS` in the environment.
import { settings as generated } from './settings.generated.js';
import { quote } from './wording.js';

export type SettingKind = 'text' | 'number' | 'boolean' | 'list' | 'numbers' | 'textOrList' | 'pairs';

/** One value of the configuration. */
export interface Setting {
  readonly path: readonly string[];
  readonly kind: SettingKind;
  readonly description: string;
  readonly choices?: readonly string[];
}

export const SETTINGS = generated as readonly Setting[];
export const ENVIRONMENT_PREFIX = 'LATTICE_AUTH_PROXY_';

/** `connectMs` → `connect-ms`. */
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export function flagOf({ path }: Setting): string {
  return `--${path.map(kebab).join('.')}`;
}

export function variableOf({ path }: Setting): string {
  return ENVIRONMENT_PREFIX + path.map((name) => kebab(name).replaceAll('-', '_').toUpperCase()).join('_');
}

/** Thrown for text that a setting cannot be; holds no part of the text. */
export class SettingValueError extends Error {}

/** Text as the setting's value. Lists and pairs are parted by commas; a backslash keeps the comma after it. */
export function parseSetting(kind: SettingKind, text: string): unknown {
  switch (kind) {
    case 'text':
      return text;
    case 'number':
      return numberFrom(text);
    case 'boolean':
      return booleanFrom(text);
    case 'list':
      return listFrom(text);
    case 'numbers':
      return listFrom(text).map(numberFrom);
    case 'textOrList':
      return text.includes(',') ? listFrom(text) : text;
    case 'pairs':
      return pairsFrom(text);
  }
}

function numberFrom(text: string): number {
  if (!/^[0-9]{1,16}$/.test(text)) throw new SettingValueError('must be a whole number');
  return Number(text);
}

function booleanFrom(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new SettingValueError('must be `true` or `false`');
}

function listFrom(text: string): string[] {
  return commaParts(text).map((part) => part.trim());
}

function commaParts(text: string): string[] {
  if (text === '') return [];
  return [...text.matchAll(/(?:^|,)((?:\\,|[^,])*)/g)].map(([, part = '']) => part.replaceAll('\\,', ','));
}

/** `name=value,name=value`; a value may hold `=`. */
export function pairsFrom(text: string): Record<string, string> {
  const pairs: Record<string, string> = Object.create(null);
  for (const part of commaParts(text)) {
    const at = part.indexOf('=');
    if (at < 1) throw new SettingValueError('must be `name=value`, several with commas between them');
    const name = part.slice(0, at).trim();
    if (name in pairs) throw new SettingValueError(`has ${quote(name)} twice`);
    pairs[name] = part.slice(at + 1);
  }
  return pairs;
}
