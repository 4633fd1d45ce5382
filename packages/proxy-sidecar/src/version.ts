// version.ts: the version of this package, from where npm has it.
import { readFileSync } from 'node:fs';

/** As in package.json; `0.0.0` where that is not at hand, as in a bundle. */
export function ownVersion(): string {
  try {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    return (manifest as { version: string }).version;
  } catch {
    return '0.0.0';
  }
}
