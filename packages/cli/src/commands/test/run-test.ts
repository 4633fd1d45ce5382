// run-test.ts: `lattice-auth test`: once, or with --watch after each change.
import { EXIT } from '../../errors.js';
import type { Io } from '../../io.js';
import { CASE_FILE_SCHEMA } from './case-schema.js';
import type { TestFlags } from './command.js';
import { totals } from './results.js';
import { testOnce } from './test-once.js';

/** Runs `lattice-auth test`. */
export async function runTest(io: Io, named: readonly string[], flags: TestFlags): Promise<number> {
  if (flags.schema) {
    io.stdout.write(`${JSON.stringify(CASE_FILE_SCHEMA, null, 2)}\n`);
    return EXIT.yes;
  }
  if (flags.watch) return (await import('./watch.js')).watchTests(io, named, flags);
  const run = await testOnce(io, named, flags);
  return totals(run.files).failed > 0 ? EXIT.no : EXIT.yes;
}
