// notices.mjs: the licences of the packages in the bundle, one after the other, as their terms ask.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LICENCE_FILE = /^(?:licen[cs]e|notice|copying)(?:[.-]\w+)*$/i;

/** One text for all packages. Our own, which have the image's licence, are left out. */
export function bundledLicences(packages) {
  const foreign = packages.filter(({ name }) => !name.startsWith('@lattice-auth/'));
  return foreign.map((one) => `${heading(one)}\n\n${licenceTexts(one)}\n`).join('\n');
}

const heading = ({ name, version, license }) => `==== ${name} ${version} (${license})`;

function licenceTexts({ dir, license }) {
  const files = readdirSync(dir).filter((name) => LICENCE_FILE.test(name));
  const texts = files.sort().map((name) => readFileSync(join(dir, name), 'utf8').trim());
  return texts.length > 0 ? texts.join('\n\n') : `The package has no file with the text of its licence, ${license}.`;
}
