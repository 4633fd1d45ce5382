// screen.mjs: the story's table, and what to type next.
import { relative } from 'node:path';
import { styleText } from 'node:util';
import { root } from '../workspace.mjs';
import { example } from './deployment.mjs';

const paint = (colour, text) => styleText(colour, text, { stream: process.stdout });

/** Who called, how, and what came of it. */
export function callTable(made) {
  const rows = made.map((call) => [
    call.status < 400 ? '✓' : '✗',
    call.who,
    call.how,
    call.vpc,
    `${call.method} ${call.path}`,
    String(call.status),
    outcomeOf(call),
  ]);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) => {
    const cells = row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column])));
    const [mark, ...rest] = cells;
    return `  ${paint(mark === '✓' ? 'green' : 'red', mark)} ${rest.join('  ')}`;
  });
  return `${lines.join('\n')}\n`;
}

function outcomeOf({ status, text, seen }) {
  if (status < 400) return `datastore ${JSON.parse(text).version}`;
  // Lattice let it through: the sidecar in front of the datastore did not.
  if (seen.outcome === 'allowed') return 'Lattice allows; the datastore’s sidecar takes reads only';
  return seen.decidedBy.split('. ')[0];
}

/** What there is to look at and to type while it runs. */
export function nextSteps({ controlUrl, frontendUrl, httpsUrl, caFile }, bold) {
  const { host } = new URL(httpsUrl);
  const datastore = 'https://datastore.lattice-test.io/popular';
  const steps = [
    ['the page', `${controlUrl}/`, 'every request, why it was decided so, and a form to try one'],
    ['the frontend', `curl ${frontendUrl}/summary`, 'again and again: v1 and v2 take turns'],
    ['unsigned', `curl --cacert ${relative(root, caFile)} --connect-to ::${host} ${datastore}`, ''],
    ['a policy', `${example}/policies/datastore.json`, 'change it: it is read again when it is saved'],
    ['your stack', 'npm start -- dev --stack your-stack.yaml', 'the same Lattice, yours'],
  ];
  const lines = steps.map(
    ([name, what, why]) => `  ${name.padEnd(13)} ${what}${why === '' ? '' : `\n${' '.repeat(16)}${why}`}`,
  );
  return `${bold('It runs. Try')}\n\n${lines.join('\n')}\n\nCtrl-C ends all of it.`;
}
