// import-time.ts — how long a process waits for the package, each time in a new process and without any compile cache.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atMost, type Figure } from './figures.ts';
import { median } from './rounds.ts';

const TIMES = 21;
const cwd = fileURLToPath(new URL('.', import.meta.url));
const { NODE_COMPILE_CACHE: _cache, ...env } = process.env;

function importOnce(specifier: string): number {
  const code = `const t = performance.now(); await import('${specifier}'); console.log(performance.now() - t);`;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd, env, encoding: 'utf8' });
  return Number(child.stdout);
}

/** The time of the imports of this package. */
export function measureImport(quick: boolean): Promise<Figure[]> {
  const time = (specifier: string) => median(Array.from({ length: quick ? 1 : TIMES }, () => importOnce(specifier)));
  const name = '@lattice-auth/sigv4-fetch';
  return Promise.resolve([
    atMost(`import of ${name}`, time(name), 15, ' ms', 1),
    atMost(`import of ${name}/core`, time(`${name}/core`), undefined, ' ms', 1),
  ]);
}
