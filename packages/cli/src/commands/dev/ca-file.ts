// ca-file.ts: where the CA's certificate is while `dev` runs: in the folder that was named, else in a temporary one. A file in
// any case, since that is what clients take.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cliError } from '../../errors.js';

/** The file, and how to take it away. */
export interface CaFile {
  readonly path: string;
  remove(): void;
}

/** Names the kept file, or writes one. */
export function caFileFor(caFolder: string | undefined, certificate: string): CaFile {
  if (caFolder !== undefined) return { path: join(caFolder, 'ca.pem'), remove: () => undefined };
  try {
    const folder = mkdtempSync(join(tmpdir(), 'lattice-auth-'));
    const path = join(folder, 'ca.pem');
    writeFileSync(path, certificate);
    return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
  } catch (cause) {
    const { code = 'error' } = cause as NodeJS.ErrnoException;
    const message = `the CA can't be written to \`${tmpdir()}\` (${code})`;
    throw cliError('ERR_CLI_FILE', message, { hint: 'name a folder with --ca-dir' });
  }
}
