// matrix.ts: a matrix as cases: every combination of its axes, with the expectation of the first row that fits. A
// combination that no row covers, and a row that covers none, are mistakes: a table with holes proves less than it seems.
import { CliError, cliError, type FilePlace, type Problem } from '../../errors.js';
import { MATRIX_CASES_MAX, PROBLEMS_MAX } from '../../limits.js';
import { suggestion } from '../../suggest.js';
import type { TestCase } from './case-file.js';
import type { MatrixRow, MatrixSpec, RequestSpec } from './case-schema.js';

/** Places in the file, below the matrix. */
export type PlaceBelow = (...steps: (string | number)[]) => FilePlace;

/** An axis: its list in the file, the word for one of it in a row, and the field of a request that it fills. */
const AXES = [
  { list: 'principals', word: 'principal', field: 'from' },
  { list: 'services', word: 'service', field: 'to' },
  { list: 'vpcs', word: 'vpc', field: 'vpc' },
  { list: 'methods', word: 'method', field: 'method' },
  { list: 'paths', word: 'path', field: 'path' },
] as const;

type Word = (typeof AXES)[number]['word'];
type Combination = Readonly<Partial<Record<Word, string>>>;

/**
 * The cases of a matrix.
 *
 * @throws CliError `ERR_CLI_CASE_FILE` for holes, rows that say nothing, and unknown values in rows.
 */
export function expandMatrix(matrix: MatrixSpec, place: PlaceBelow): TestCase[] {
  const size = AXES.reduce((product, { list }) => product * (matrix[list]?.length ?? 1), 1);
  if (size > MATRIX_CASES_MAX) {
    throw cliError('ERR_CLI_CASE_FILE', `the matrix makes ${size} cases, more than ${MATRIX_CASES_MAX}`, {
      place: place(),
    });
  }
  const unknown = unknownValues(matrix, place);
  if (unknown.length > 0) throw new CliError(unknown.slice(0, PROBLEMS_MAX));
  const used = new Set<number>();
  const cases: TestCase[] = [];
  const holes: Combination[] = [];
  for (const combination of combinations(matrix)) {
    const index = matrix.expect.findIndex((row) => fits(row, combination));
    const row = matrix.expect[index];
    if (row === undefined) {
      holes.push(combination);
      continue;
    }
    used.add(index);
    const request = { ...matrix.request, ...requestFields(combination) };
    const name = nameOf(matrix, combination);
    cases.push({ name, matrix: matrix.name, request, expect: row.is, place: place('expect', index) });
  }
  const problems = [...holeProblems(matrix, holes, place), ...idleRows(matrix, used, place)];
  if (problems.length > 0) throw new CliError(problems);
  return cases;
}

function unknownValues(matrix: MatrixSpec, place: PlaceBelow): Problem[] {
  return matrix.expect.flatMap((row, i) =>
    AXES.flatMap(({ list, word, field }) => {
      const axis = matrix[list] ?? [matrix.request?.[field]].filter((value) => value !== undefined);
      const strange = [row[word] ?? []].flat().filter((value) => !axis.includes(value));
      return strange.map((value): Problem => {
        const message = `\`${value}\` is not one of the matrix's \`${list}\``;
        const hint = suggestion(value, axis);
        return { code: 'ERR_CLI_CASE_FILE', message, place: place('expect', i, word), hint };
      });
    }),
  );
}

function* combinations(matrix: MatrixSpec, from = 0): Generator<Combination> {
  const axis = AXES[from];
  if (axis === undefined) {
    yield {};
    return;
  }
  const fixed = matrix.request?.[axis.field];
  for (const value of matrix[axis.list] ?? [fixed]) {
    for (const rest of combinations(matrix, from + 1)) {
      yield value === undefined ? rest : { [axis.word]: value, ...rest };
    }
  }
}

function fits(row: MatrixRow, combination: Combination): boolean {
  return AXES.every(({ word }) => {
    const wanted = row[word];
    return wanted === undefined || [wanted].flat().includes(combination[word] ?? '');
  });
}

function requestFields(combination: Combination): RequestSpec {
  return Object.fromEntries(AXES.flatMap(({ word, field }) => (combination[word] ? [[field, combination[word]]] : [])));
}

// Only what the matrix varies: the rest is the same in all of its cases.
function nameOf(matrix: MatrixSpec, combination: Combination): string {
  const varied = Object.fromEntries(AXES.map(({ list, word }) => [word, matrix[list] ? combination[word] : undefined]));
  const { principal, service, vpc, method, path } = varied;
  const words = [principal, method, path, ...(service ? ['to', service] : []), ...(vpc ? ['from', vpc] : [])];
  return words.filter(Boolean).join(' ') || 'the request';
}

function holeProblems(matrix: MatrixSpec, holes: readonly Combination[], place: PlaceBelow): Problem[] {
  const [first] = holes;
  if (first === undefined) return [];
  const more = holes.length > 1 ? ` and ${holes.length - 1} more` : '';
  const message = `no row says what is expected of \`${nameOf(matrix, first)}\`${more}`;
  return [{ code: 'ERR_CLI_CASE_FILE', message, place: place('expect'), hint: 'end with a row such as `- is: deny`' }];
}

function idleRows(matrix: MatrixSpec, used: ReadonlySet<number>, place: PlaceBelow): Problem[] {
  const idle = matrix.expect.flatMap((_, i) => (used.has(i) ? [] : [i]));
  const message = 'this row decides nothing: rows above it cover all of it';
  return idle.map((i) => ({ code: 'ERR_CLI_CASE_FILE', message, place: place('expect', i) }));
}
