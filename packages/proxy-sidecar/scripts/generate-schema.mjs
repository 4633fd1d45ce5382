// generate-schema.mjs: turns schema/sidecar-config.schema.json into plain code, so that reading a configuration takes neither
// ajv nor the time to compile a schema: src/config/config-schema.generated.ts checks a document, src/config/
// settings.generated.ts lists what can also be set by a flag or an environment variable. Run by `npm run generate`.
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';

const path = (relative) => new URL(relative, import.meta.url);
const schema = JSON.parse(readFileSync(path('../schema/sidecar-config.schema.json'), 'utf8'));

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
  allowMatchingProperties: true,
  unicode: false,
  logger: false,
  code: { source: true, esm: true, lines: true, optimize: 2 },
});
ajv.addVocabulary(['x-what', 'x-secret']);
ajv.addSchema(withoutDescriptions(schema), 'config');
const written = standalone.default(ajv, { validateConfig: 'config' });
if (/\brequire\(|^import /m.test(written)) throw new Error('the generated code imports something');

/** What nobody reads: the ways up the document, and the schema's own paths and values beside its parents. */
const code = written
  .replaceAll(/schemaPath:"[^"]*",/g, '')
  .replaceAll(/,schema:(?:schema\d+(?:\.\w+|\[\d+\]|\["[^"]*"\])*|"[^"]*"|\d+|false|true)(?=,parentSchema)/g, '')
  .replaceAll(/,parentData:\w+,parentDataProperty:[^,]+,rootData/g, '')
  .replaceAll(', parentData, parentDataProperty, rootData=data', '');

/** A schema with its `$ref` followed; a description beside the `$ref` wins. */
function follow({ $ref, ...own }) {
  if ($ref === undefined) return own;
  return { ...follow(schema.$defs[$ref.split('/').at(-1)]), ...own };
}

/** What a flag or variable can say: text, a number, true or false, a list with commas, or `name=value` with commas. */
function kindOf(leaf) {
  if (leaf.enum) return 'text';
  if (Array.isArray(leaf.type)) return 'textOrList';
  if (leaf.type === 'array') {
    const { type } = follow(leaf.items);
    return type === 'object' ? undefined : type === 'integer' ? 'numbers' : 'list';
  }
  if (leaf.type === 'object') return leaf.additionalProperties?.type === 'string' ? 'pairs' : undefined;
  return { string: 'text', integer: 'number', boolean: 'boolean' }[leaf.type];
}

function settingsOf(node, at) {
  return Object.entries(node.properties).flatMap(([name, raw]) => {
    const leaf = follow(raw);
    const where = [...at, name];
    if (leaf.properties) return settingsOf(leaf, where);
    const kind = name === '$schema' ? undefined : kindOf(leaf);
    if (kind === undefined) return [];
    return [{ path: where, kind, description: leaf.description, ...(leaf.enum ? { choices: leaf.enum } : {}) }];
  });
}

const header = (from) => `// @ts-nocheck
// Written by scripts/generate-schema.mjs from schema/${from}: do not edit; run \`npm run generate\`.
`;
const out = (name, text) =>
  writeFileSync(path(`../src/config/${name}`), `${header('sidecar-config.schema.json')}${text.trim()}\n`);
out('config-schema.generated.ts', code);
const rows = settingsOf(schema, []).map((setting) => `  ${JSON.stringify(setting)},\n`);
out('settings.generated.ts', `export const settings = [\n${rows.join('')}];`);
