// junit.ts: JUnit's XML, as CI systems read it: a suite per file, a case per case.
import { type CaseResult, type FileResult, fullName, type RunResult, totals } from '../results.js';

/** The whole report. */
export function junitReport({ files, durationMs }: RunResult): string {
  const { passed, failed } = totals(files);
  const attributes = { name: 'lattice-auth', tests: passed + failed, failures: failed, time: seconds(durationMs) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, files.map(suite))}\n`;
}

function suite(file: FileResult): string {
  const { passed, failed } = totals([file]);
  const time = seconds(file.results.reduce((sum, { durationMs }) => sum + durationMs, 0));
  const attributes = { name: file.file, tests: passed + failed, failures: failed, errors: 0, skipped: 0, time };
  return element(
    'testsuite',
    attributes,
    file.results.map((result) => testCase(file, result)),
  );
}

function testCase(file: FileResult, { testCase: one, passed, expected, actual, why, durationMs }: CaseResult): string {
  const { line } = one.place;
  const attributes = { classname: file.file, name: fullName(one), file: file.file, line, time: seconds(durationMs) };
  if (passed) return element('testcase', attributes, []);
  const text = [`expected: ${expected}`, `actual: ${actual}`, ...why.lines.map((line) => `${why.label}: ${line}`)].join(
    '\n',
  );
  const message = `expected ${expected}, got ${actual}`;
  const failure = `<failure type="decision" message="${escapeXml(message)}">${escapeXml(text)}</failure>`;
  return element('testcase', attributes, [failure]);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  children: string[],
): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const open = `<${name}${given.map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`).join('')}`;
  if (children.length === 0) return `${open}/>`;
  return `${open}>\n${children.join('\n').replace(/^(?= *<)/gm, '  ')}\n</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for content and attributes. What XML 1.0 cannot hold at all becomes U+FFFD; line ends survive in attributes too. */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, '\ufffd')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char)
      .replace(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`)
  );
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(6);
}
