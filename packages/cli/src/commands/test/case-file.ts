// case-file.ts: one case file, read and checked, as a flat list of cases: those that are written down, then those that
// each matrix makes.
import { dirname, resolve } from 'node:path';
import type { FilePlace } from '../../errors.js';
import { type Io, readInput } from '../../io.js';
import { checkShape } from '../../source/check-shape.js';
import { parseYaml } from '../../source/yaml-source.js';
import { CASE_FILE_SCHEMA, type CaseFileSpec, type ExpectationSpec, type RequestSpec } from './case-schema.js';
import { expandMatrix } from './matrix.js';

/** A question with the answer that is expected. */
export interface TestCase {
  readonly name: string;
  /** The matrix that made it. */
  readonly matrix: string | undefined;
  readonly request: RequestSpec;
  readonly expect: ExpectationSpec;
  readonly place: FilePlace;
}

/** A file of cases about one stack. */
export interface CaseFile {
  /** As the user named it, or as it was found. */
  readonly name: string;
  readonly path: string;
  /** Absolute. */
  readonly stackPath: string;
  /** Where the stack is named. */
  readonly stackPlace: FilePlace;
  readonly cases: readonly TestCase[];
}

/**
 * Reads a case file.
 *
 * @throws CliError for one that does not follow the format.
 */
export async function readCaseFile(io: Io, name: string): Promise<CaseFile> {
  const source = parseYaml(await readInput(io, name));
  checkShape(source, CASE_FILE_SCHEMA, 'ERR_CLI_CASE_FILE');
  const spec = source.value as CaseFileSpec;
  const written = (spec.cases ?? []).map(({ name: title, request, expect }, i): TestCase => {
    const place = source.placeOf(['cases', i]);
    return { name: title, matrix: undefined, request: withDefaults(spec.defaults, request), expect, place };
  });
  const made = (spec.matrix ?? []).flatMap((matrix, i) =>
    expandMatrix({ ...matrix, request: withDefaults(spec.defaults, matrix.request) }, (...steps) =>
      source.placeOf(['matrix', i, ...steps]),
    ),
  );
  return {
    name: source.name,
    path: source.path,
    stackPath: resolve(dirname(source.path), spec.stack),
    stackPlace: source.placeOf(['stack']),
    cases: [...written, ...made],
  };
}

// Headers and context keys of the defaults stay when a request adds its own: they are mappings, not values.
function withDefaults(defaults: RequestSpec = {}, request: RequestSpec = {}): RequestSpec {
  const merged = { ...defaults, ...request };
  return {
    ...merged,
    ...(defaults.headers && request.headers ? { headers: { ...defaults.headers, ...request.headers } } : {}),
    ...(defaults.context && request.context ? { context: { ...defaults.context, ...request.context } } : {}),
  };
}
