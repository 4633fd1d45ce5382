// planted-tree.mjs: writes a small repository into a temporary folder, for the tests of the checks: a check that
// has never been seen to fail guards nothing.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Writes `files` (path → text, or an object as JSON) and returns the folder; it is removed after the test. */
export function plant(files) {
  const base = mkdtempSync(join(tmpdir(), 'lattice auth '));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    const target = join(base, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return base;
}

/** A manifest of one of our packages. */
export const manifest = (short, rest = {}) => ({ name: `@lattice-auth/${short}`, version: '1.0.0', ...rest });
