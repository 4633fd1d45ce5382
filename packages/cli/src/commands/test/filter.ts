// filter.ts: `--filter`: text that a case's name holds, in any casing, or `/pattern/`. Patterns run on RE2, whose time
// is linear in the text whatever the pattern; it has no look-around and no back references.
import { cliError } from '../../errors.js';
import type { TestCase } from './case-file.js';

/** Whether to run a case of a file. */
export type CaseFilter = (file: string, testCase: TestCase) => boolean;

/** Reads the option. Names are compared as printed: `file > matrix > name`. */
export async function caseFilter(option: string | undefined): Promise<CaseFilter> {
  if (option === undefined) return () => true;
  const [, pattern, flags = ''] = /^\/(.+)\/(i?)$/s.exec(option) ?? [];
  const matches = pattern === undefined ? containing(option) : await matching(pattern, flags);
  return (file, { matrix, name }) => matches([file, ...(matrix ? [matrix] : []), name].join(' > '));
}

function containing(text: string): (name: string) => boolean {
  const wanted = text.toLowerCase();
  return (name) => name.toLowerCase().includes(wanted);
}

async function matching(pattern: string, flags: string): Promise<(name: string) => boolean> {
  const { RE2JS } = await import('re2js');
  try {
    const compiled = RE2JS.compile(pattern, flags === 'i' ? RE2JS.CASE_INSENSITIVE : 0);
    return (name) => compiled.matcher(name).find();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw cliError('ERR_CLI_USAGE', `\`/${pattern}/\` is not a pattern: ${reason}`);
  }
}
