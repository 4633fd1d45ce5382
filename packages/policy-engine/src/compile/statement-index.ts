// Files statements under the principals they name, or, when they name none, under the service of their actions. A request
// then looks only at statements that can apply: 1,000 statements for 1,000 roles cost what one does (bench/src/engine).
import { actionPrefix } from '../match/action.js';
import type { CompiledStatement } from './compile-policy.js';

export interface StatementIndex {
  /** Statements that can apply to any caller and action. */
  readonly general: readonly CompiledStatement[];
  /** By what `Caller.indexKeys` lists. */
  readonly byCaller: ReadonlyMap<string, readonly CompiledStatement[]>;
  /** Statements without principals, by the service prefix of their actions. */
  readonly byAction: ReadonlyMap<string, readonly CompiledStatement[]>;
}

export function indexStatements(statements: readonly CompiledStatement[]): StatementIndex {
  const general: CompiledStatement[] = [];
  const byCaller = new Map<string, CompiledStatement[]>();
  const byAction = new Map<string, CompiledStatement[]>();
  for (const statement of statements) {
    const keys = indexKeys(statement);
    const files = statement.principal === undefined ? byAction : byCaller;
    if (keys === undefined) general.push(statement);
    else for (const key of keys) file(files, key, statement);
  }
  return { general, byCaller, byAction };
}

function file(files: Map<string, CompiledStatement[]>, key: string, statement: CompiledStatement): void {
  const filed = files.get(key);
  if (filed === undefined) files.set(key, [statement]);
  else filed.push(statement);
}

/** Where a statement is filed; `undefined` when it may apply to callers and actions of any key. */
function indexKeys({ principal, statement }: CompiledStatement): ReadonlySet<string> | undefined {
  if (statement.principal?.negated) return undefined;
  if (principal === undefined && statement.action.negated) return undefined;
  const keys = principal
    ? principal.matchers.map((matcher) => matcher.indexKey)
    : statement.action.entries.map((entry) => actionPrefix(entry.text));
  const known = keys.filter((key) => key !== undefined);
  return known.length === keys.length ? new Set(known) : undefined;
}
