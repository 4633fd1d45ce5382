// From text to Policy, or to everything that is wrong with it: read the JSON, check the shape, then the grammar of the
// policy's kind. Total on any input; a Policy is handed out only when there is no problem at all.
import { PolicyError } from '../errors.js';
import { FINDINGS_MAX, STATEMENTS_MAX } from '../limits.js';
import type { Finding, Place, Policy, PolicyType, PolicyVersion } from '../model.js';
import type { Grammar } from './grammar.js';
import { type JsonNode, readJson } from './json-reader.js';
import { lineTable, type PositionOf } from './line-table.js';
import { parseStatement } from './parse-statement.js';
import { policyText } from './policy-text.js';
import { type Extent, errorCodeOf, type Problem, type Report, Stop } from './problems.js';
import { checkShape, statementNodes } from './shape.js';

export interface ParseOptions {
  /** What the document is attached to; decides its grammar. */
  readonly type: PolicyType;
  /** What decisions and explanations call the policy. */
  readonly name?: string | undefined;
}

/** A policy, or the findings that say why there is none. */
export interface ParsedPolicy {
  readonly policy: Policy | undefined;
  readonly findings: readonly Finding[];
}

const TYPES: ReadonlySet<unknown> = new Set<PolicyType>([
  ...(['auth', 'resource', 'identity', 'permissionsBoundary', 'session', 'scp', 'rcp', 'vpcEndpoint'] as const),
]);

/**
 * Reads a policy document.
 *
 * @example
 * const policy = parsePolicy(readFileSync('auth-policy.json', 'utf8'), { type: 'auth', name: 'orders' });
 * @throws {PolicyError} when anything is wrong with the document; `code` says what kind of thing, `findings` all of them
 */
export function parsePolicy(source: string | object, options: ParseOptions): Policy {
  const { policy, findings } = parsePolicyFindings(source, options);
  if (policy) return policy;
  const first = findings[0] ?? { code: 'JSON_SYNTAX_ERROR', message: 'no policy', pointer: '', line: 1, column: 1 };
  throw new PolicyError(errorCodeOf(first.code), first.message, first, findings);
}

/** Reads a policy document and collects what is wrong with it, in the order of the text. Never throws. */
export function parsePolicyFindings(source: string | object, options: ParseOptions): ParsedPolicy {
  const text = policyText(source);
  if (typeof text !== 'string') return rejected([text], lineTable(''));
  const problems: Problem[] = [];
  const report: Report = (code, { pointer, start }, message) => {
    problems.push({ code, message, pointer, start });
    if (problems.length >= FINDINGS_MAX) throw new Stop();
  };
  const positionOf = lineTable(text);
  const policy = parseText(text, options, report, positionOf);
  if (!policy || problems.length > 0) return rejected(problems, positionOf);
  return { policy: deepFreeze(policy), findings: Object.freeze([]) };
}

function parseText(text: string, options: ParseOptions, report: Report, positionOf: PositionOf): Policy | undefined {
  try {
    const known = readOptions(options);
    if (known === undefined) {
      report('INVALID_POLICY_TYPE', { pointer: '', start: 0 }, '`type` is not a type of policy');
      return undefined;
    }
    return parseRoot(readJson(text, report), text, known, report, positionOf);
  } catch (error) {
    if (error instanceof Stop) return undefined;
    throw error;
  }
}

/** Read once, since a getter could answer differently the second time, or throw. */
function readOptions(options: ParseOptions): ParseOptions | undefined {
  try {
    const { type, name } = options;
    return TYPES.has(type) ? { type, name } : undefined;
  } catch {
    return undefined;
  }
}

function parseRoot(
  root: JsonNode,
  source: string,
  { type, name }: ParseOptions,
  report: Report,
  positionOf: PositionOf,
): Policy | undefined {
  const nodes = statementNodes(root);
  if (nodes.length > STATEMENTS_MAX) {
    report('LIMIT_EXCEEDED', root, `more than ${STATEMENTS_MAX} statements`);
    return undefined;
  }
  checkShape(root, report);
  const declared = textOf(root, 'Version');
  const version: PolicyVersion = declared === '2012-10-17' ? declared : '2008-10-17';
  const placeOf = ({ pointer, start, end }: Extent): Place => ({ pointer, span: { start, end, ...positionOf(start) } });
  const grammar: Grammar = { type, variables: version === '2012-10-17', report, placeOf };
  const statements = nodes.map((node, index) => parseStatement(node, index, grammar));
  return {
    type,
    name,
    id: textOf(root, 'Id'),
    version,
    versionDeclared: declared !== undefined,
    statements: statements.filter((statement) => statement !== undefined),
    source,
  };
}

function textOf(root: JsonNode, name: string): string | undefined {
  const value = root.kind === 'object' ? root.members.get(name)?.value : undefined;
  return value?.kind === 'string' ? value.text : undefined;
}

function rejected(problems: readonly Problem[], positionOf: PositionOf): ParsedPolicy {
  const sorted = problems.toSorted((left, right) => left.start - right.start);
  const findings = sorted.map(({ code, message, pointer, start }): Finding => {
    return { code, severity: 'error', message, pointer, ...positionOf(start) };
  });
  return { policy: undefined, findings: deepFreeze(findings) };
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
}
