// document-links.mjs: finds links in our documents that lead nowhere: to a file that isn't there, or to a heading that the
// file doesn't have. Links to other sites are not followed: a check must not fail because somebody else's server does.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { filesBelow } from './workspace.mjs';

const isMarkdown = (path) => path.endsWith('.md');

function markdownFiles(base) {
  const folders = readdirSync(base, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !['.git', 'node_modules', '.cache', 'reports'].includes(entry.name),
  );
  const top = readdirSync(base)
    .filter(isMarkdown)
    .map((name) => join(base, name));
  return [...top, ...folders.flatMap(({ name }) => filesBelow(join(base, name), isMarkdown))];
}

/** The text without its fences and code spans, line for line. */
const withoutCode = (markdown) =>
  markdown
    .replace(/^( *)(`{3,}|~{3,})[\s\S]*?^ *\2/gm, (code) => code.replace(/[^\n]+/g, ''))
    .replace(/`[^`\n]*`/g, '');

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(markdown) {
  const headings = [...markdown.matchAll(/^#{1,6} +(.+)$/gm)].map(([, text]) => text.toLowerCase());
  return new Set(headings.map((text) => text.replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-')));
}

/** What is wrong with one link's target, or undefined. */
function problemOf(target, file) {
  if (/^[a-z][a-z+.-]*:/i.test(target)) return undefined;
  const [path, anchor] = target.split('#');
  const wanted = path === '' ? file : resolve(dirname(file), decodeURI(path));
  if (!existsSync(wanted)) return 'leads nowhere';
  if (anchor === undefined || !isMarkdown(wanted)) return undefined;
  return anchorsOf(readFileSync(wanted, 'utf8')).has(anchor) ? undefined : 'leads to no heading';
}

/** Broken links of every document in the tree at `base`, one line each. */
export function brokenLinks(base) {
  return markdownFiles(base).flatMap((file) => {
    const lines = withoutCode(readFileSync(file, 'utf8')).split('\n');
    return lines.flatMap((text, index) =>
      [...text.matchAll(/\]\(([^()\s]+)\)/g)].flatMap(([, target]) => {
        const problem = problemOf(target, file);
        return problem === undefined ? [] : [`${relative(base, file)}:${index + 1}: \`${target}\` ${problem}`];
      }),
    );
  });
}
