// test-once.ts: find, read, decide, report.
import { cliError } from '../../errors.js';
import { colorsFor, type Io, widthOf } from '../../io.js';
import { shownPath } from '../../shown-path.js';
import { whoMayCall } from '../../stack/who-may-call.js';
import type { TestFlags } from './command.js';
import { caseFilter } from './filter.js';
import { findCaseFiles } from './find-files.js';
import { jsonReport } from './reporters/json.js';
import { junitReport } from './reporters/junit.js';
import { specReport } from './reporters/spec.js';
import { tapReport } from './reporters/tap.js';
import type { RunResult } from './results.js';
import { type Loaded, loadCases, runCases } from './run-cases.js';

/** One run, printed. `onLoaded` is called when everything is read and nothing is printed yet. */
export async function testOnce(
  io: Io,
  named: readonly string[],
  flags: TestFlags,
  onLoaded: (loaded: Loaded) => void = () => undefined,
): Promise<RunResult> {
  const filter = await caseFilter(flags.filter);
  const loaded = await loadCases(io, await findCaseFiles(io, named));
  onLoaded(loaded);
  const run = runCases(io, loaded, filter);
  if (run.files.every(({ results }) => results.length === 0)) throw nothingRan(run, flags);
  io.stdout.write(reportOf(io, run, flags));
  if (flags.table) (flags.reporter === 'spec' ? io.stdout : io.stderr).write(tables(io, loaded));
  return run;
}

function reportOf(io: Io, run: RunResult, { reporter, assumptions }: TestFlags): string {
  if (reporter === 'json') return jsonReport(run);
  if (reporter === 'junit') return junitReport(run);
  if (reporter === 'tap') return tapReport(run);
  return specReport(run, { colors: colorsFor(io.stdout, io.env), assumptions: assumptions === true });
}

function tables(io: Io, { stacks }: Loaded): string {
  const colors = colorsFor(io.stdout, io.env);
  const many = stacks.size > 1;
  const one = [...stacks].map(([path, stack]) => {
    const title = many ? `${colors.bold(shownPath(io, path))}\n` : '';
    return `\n${title}${whoMayCall(stack, colors, widthOf(io.stdout))}`;
  });
  return one.join('');
}

function nothingRan({ files }: RunResult, { filter }: TestFlags): Error {
  const names = files.map(({ file }) => `\`${file}\``).join(', ');
  if (filter === undefined) return cliError('ERR_CLI_NOTHING', `there are no cases in ${names}`);
  return cliError('ERR_CLI_NOTHING', `no case fits \`${filter}\``, { hint: 'names are `file > matrix > case`' });
}
