// generate-schema.mjs: turns schema/stack.schema.json into plain code, src/schema/stack-schema.generated.ts, so that
// loading a stack takes neither ajv nor the time to compile a schema. Run by `npm run generate`; deterministic.
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';

const path = (relative) => new URL(relative, import.meta.url);
const schema = JSON.parse(readFileSync(path('../schema/stack.schema.json'), 'utf8'));

/** Descriptions are for editors; the code would carry them along. A property that is called so is none. */
function withoutDescriptions(value) {
  if (Array.isArray(value)) return value.map(withoutDescriptions);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, inner]) => key !== 'description' || typeof inner !== 'string');
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutDescriptions(inner)]));
}

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  messages: false,
  inlineRefs: false,
  allowUnionTypes: true,
  unicode: false,
  logger: false,
  code: { source: true, esm: true, lines: true, optimize: 2 },
});
ajv.addVocabulary(['x-what']);
ajv.addSchema(withoutDescriptions(schema), 'stack');
const written = standalone.default(ajv, { validateStack: 'stack' });
if (/\brequire\(|^import /m.test(written)) throw new Error('the generated code imports something');

/** What nobody reads: the ways up the document, and the schema's own paths and values beside its parents. */
const code = written
  .replaceAll(/schemaPath:"[^"]*",/g, '')
  .replaceAll(/,schema:(?:schema\d+(?:\.\w+|\[\d+\]|\["[^"]*"\])*|"[^"]*"|\d+|false|true)(?=,parentSchema)/g, '')
  .replaceAll(/,parentData:\w+,parentDataProperty:[^,]+,rootData/g, '')
  .replaceAll(', parentData, parentDataProperty, rootData=data', '');

const header = `// @ts-nocheck
// Written by scripts/generate-schema.mjs from schema/stack.schema.json: do not edit; run \`npm run generate\`.
`;
writeFileSync(path('../src/schema/stack-schema.generated.ts'), `${header}${code.trim()}\n`);
