// Links that lead nowhere must be found, and nothing else be taken for one.
import { expect, test } from 'vitest';
import { brokenLinks } from '../document-links.mjs';
import { plant } from './planted-tree.mjs';

const fence = (...lines) => ['```md', ...lines, '```'].join('\n');

test('links to files, folders, headings and other sites pass', () => {
  const page =
    '# `npm test`, and more\n\n[a](docs/a.md) [b](docs) [c](#npm-test-and-more) [d](https://example.com/x#y)';
  const other = '## The stack file\n\n[up](../README.md) [here](#the-stack-file)';
  expect(brokenLinks(plant({ 'README.md': page, 'docs/a.md': other }))).toEqual([]);
});

test('links in code are none', () => {
  expect(brokenLinks(plant({ 'README.md': `# T\n\n${fence('[a](b.md)')}\n\n\`[a](b.md)\`` }))).toEqual([]);
});

test('broken links are found, with their lines', () => {
  const tree = plant({
    'README.md': `# T\n\n${fence('x', 'y')}\n[a](missing.md)`,
    'packages/one/README.md': '[up](../../README.md#t) [a](../../README.md#u) [b](../../docs/x.md)',
  });
  expect(brokenLinks(tree)).toEqual([
    'README.md:7: `missing.md` leads nowhere',
    'packages/one/README.md:1: `../../README.md#u` leads to no heading',
    'packages/one/README.md:1: `../../docs/x.md` leads nowhere',
  ]);
});
