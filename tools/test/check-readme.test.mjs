// The document check must find code that does not run, does not type-check, or prints something else.
import { expect, test } from 'vitest';
import { checkReadme } from '../check-readme.mjs';
import { commandsOf, fencesOf, matchesOutput } from '../document-fences.mjs';
import { plant } from './planted-tree.mjs';

const fence = (info, ...lines) => ['```'.concat(info), ...lines, '```'].join('\n');
const check = async (...parts) => (await checkReadme(plant({ 'README.md': parts.join('\n\n') }))).problems.join('\n');

test('code that runs and prints what is shown passes', async () => {
  const program = fence('ts', 'const n: number = 1 + 1;', 'console.log(`two is ${n}`);');
  const shell = fence('sh', '$ printf "a\\nb\\nc\\n"', 'a', '…', 'c', '$ exit 3 # exit 3', 'not run: $ nothing');
  expect(await check('# T', program, fence('output', 'two is …'), shell.replace('\nnot run: $ nothing', ''))).toBe('');
});

test.each([
  ['a program that throws', fence('ts', "throw new Error('boom');"), /README.md:2: ended with 1[\s\S]*boom/],
  ['a type error', fence('ts', '', "export const n: number = 'x';"), /README.md:3: error TS2322/],
  ['a type error in an unrun fence', fence('ts no-run', "export const n: number = 'x';"), /error TS2322/],
  ['a package that is not there', fence('js', "import 'no-such-package';"), /ERR_MODULE_NOT_FOUND/],
  ['a syntax error in an unrun fence', fence('js no-run', 'const = 1;'), /SyntaxError/],
  ['other output', `${fence('js', 'console.log(1);')}\n${fence('output', '2')}`, /prints something else/],
  ['a failing command', fence('sh', '$ false'), /`false` ended with 1/],
  ['an unexpected success', fence('sh', '$ true # exit 2'), /ended with 0/],
  ['other shell output', fence('sh', '$ echo yes', 'no'), /`echo yes` prints something else/],
])('%s is found', async (_, text, expected) => {
  expect(await check(text)).toMatch(expected);
});

test('AWS settings of the machine are not seen', async () => {
  process.env.AWS_PROFILE = 'somebody';
  try {
    expect(await check(fence('sh', '$ echo "[$AWS_PROFILE]"', '[]'))).toBe('');
  } finally {
    delete process.env.AWS_PROFILE;
  }
});

test('fences are found with their language, flags and line', () => {
  const markdown = 'x\n\n````ts no-run\na\n```\nb\n````\n\n  ~~~sh\n  $ c\n  ~~~';
  expect(fencesOf(markdown)).toEqual([
    { language: 'ts', flags: ['no-run'], code: 'a\n```\nb', line: 4 },
    { language: 'sh', flags: [], code: '$ c', line: 10 },
  ]);
});

test('commands go on after a backslash and through a here-document', () => {
  const code = '$ a \\\n>  b\nout\n\n$ cat > f <<EOF\n$ x\nEOF\n$ c # exit 1';
  expect(commandsOf(code)).toEqual([
    { command: 'a \\\n b', output: ['out'], exitCode: 0 },
    { command: 'cat > f <<EOF\n$ x\nEOF', output: [], exitCode: 0 },
    { command: 'c # exit 1', output: [], exitCode: 1 },
  ]);
});

test('an ellipsis stands for anything within a line and for any lines', () => {
  expect(matchesOutput(['a … c', '…', 'z'], ['a b c', '1', '2', 'z', ''])).toBe(true);
  expect(matchesOutput(['a … c'], ['a b d'])).toBe(false);
  expect(matchesOutput(['…x'], ['yx'])).toBe(true);
  expect(matchesOutput(['a'], ['a', 'b'])).toBe(false);
  expect(matchesOutput(['a…a'], ['a'])).toBe(false);
});
