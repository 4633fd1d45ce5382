// generate-schema.mjs: writes the published JSON Schema once more as a module, so that the loader needs no file beside
// it and a bundler can take it along. The JSON file is the one to edit.
import { readFileSync, writeFileSync } from 'node:fs';

const at = (path) => new URL(path, import.meta.url);
const schema = JSON.parse(readFileSync(at('../schema/stack.schema.json'), 'utf8'));
writeFileSync(
  at('../src/schema/stack-schema.generated.ts'),
  `// Written by scripts/generate-schema.mjs from schema/stack.schema.json. Do not edit.\nexport const stackSchema: object = ${JSON.stringify(schema)};\n`,
);
