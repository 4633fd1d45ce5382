// version.ts: the version of this package, from where npm has it.
import { readFileSync } from 'node:fs';

/** As in package.json. */
export function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return (manifest as { version: string }).version;
}
