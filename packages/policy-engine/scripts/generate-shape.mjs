// generate-shape.mjs: turns schema/policy.schema.json into plain code, src/parse/policy-shape.generated.ts, so that the
// package validates with ajv's output and depends on nothing. Run by `npm run generate`; deterministic.
// Statements get a function of their own: each is validated alone, which keeps the work linear and errors bounded.
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';

const path = (relative) => new URL(relative, import.meta.url);
const annotations = new Set(['$schema', 'title', 'description']);

/** The schema without what is only there for readers and editors. */
function withoutAnnotations(value) {
  if (Array.isArray(value)) return value.map(withoutAnnotations);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, inner]) => !annotations.has(key) || typeof inner !== 'string');
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutAnnotations(inner)]));
}

const schema = withoutAnnotations(JSON.parse(readFileSync(path('../schema/policy.schema.json'), 'utf8')));
const { Statement, ...definitions } = schema.definitions;
const shallow = { type: ['object', 'array'], minItems: schema.properties.Statement.then.minItems };
const document = {
  $id: 'document',
  type: schema.type,
  required: schema.required,
  additionalProperties: schema.additionalProperties,
  properties: { ...schema.properties, Statement: { ...shallow, items: { type: Statement.type } } },
};
const ajv = new Ajv({
  allErrors: true,
  messages: false,
  inlineRefs: false,
  strictNumbers: false,
  strictTypes: false,
  allowUnionTypes: true,
  schemas: [document, { $id: 'statement', ...Statement, definitions }],
  code: { source: true, esm: true, lines: true, optimize: 2 },
});
const written = standalone.default(ajv, { validateDocument: 'document', validateStatement: 'statement' });
if (/\brequire\(|^import /m.test(written)) throw new Error('the generated code imports something');

/** Written where they are used, the few words of the schema that errors repeat need no copy of the schema. */
const schemas = new Map(
  [...written.matchAll(/^const (schema\d+) = (\{.*\});$/gm)].map(([, name, json]) => [name, JSON.parse(json)]),
);
const namesIn = (name) => JSON.stringify(Object.keys(schemas.get(name).properties));
const wordOf = (name, path) =>
  JSON.stringify(
    path
      .slice(1)
      .split('.')
      .reduce((value, key) => value[key], schemas.get(name)),
  );

/** What nobody reads here, and every user would load: the schema, the paths in it, the ways up the document, and a count. */
const code = written
  .replaceAll(/^const schema\d+ = .*;\n/gm, '')
  .replaceAll(
    /func\d+\.call\((schema\d+)\.properties, (key\d+)\)/g,
    (_, name, key) => `${namesIn(name)}.includes(${key})`,
  )
  .replaceAll(/^const func\d+ = .*;\n/gm, '')
  .replaceAll(/\b(schema\d+)((?:\.\w+)+)/g, (_, name, path) => wordOf(name, path))
  .replaceAll(
    /const (err\d+) = (.*);\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g,
    '(vErrors ??= []).push($2);',
  )
  .replaceAll(
    /vErrors = vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\);\nerrors = vErrors\.length;/g,
    '(vErrors ??= []).push(...$1.errors);',
  )
  .replaceAll('let errors = 0;\n', '')
  .replaceAll('return errors === 0;', 'return vErrors === null;')
  .replaceAll(/schemaPath:"[^"]*",/g, '')
  .replaceAll(/,parentData:\w+,parentDataProperty:[^,]+,rootData/g, '')
  .replaceAll(', parentData, parentDataProperty, rootData=data', '');

if (/\berrors\+\+|^errors =|\bschema\d/m.test(code)) throw new Error('the generated code has more than it needs');

const header = `// @ts-nocheck
// Written by scripts/generate-shape.mjs from schema/policy.schema.json: do not edit; run \`npm run generate\`.
`;
writeFileSync(path('../src/parse/policy-shape.generated.ts'), `${header}${code.trim()}\n`);
