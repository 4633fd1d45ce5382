// The shape of a document: which elements there are and of which JSON type, as schema/policy.schema.json says it.
// The validators are ajv's, compiled ahead of time; here their errors become problems with a code and a place.
import { quote } from '../quote.js';
import { type JsonNode, type JsonObject, plainValue } from './json-reader.js';
import { suggestion } from './nearest.js';
import { validateDocument, validateStatement } from './policy-shape.generated.js';
import type { Report } from './problems.js';

interface ShapeError {
  readonly instancePath: string;
  readonly keyword: 'type' | 'required' | 'additionalProperties' | 'enum' | 'minItems';
  readonly params: {
    readonly type?: string | readonly string[];
    readonly missingProperty?: 'Statement' | 'Effect';
    readonly additionalProperty?: string;
    readonly allowedValues?: readonly string[];
  };
}

/** An ahead-of-time validator: leaves its errors behind on itself. */
interface ShapeValidator {
  (value: unknown): boolean;
  errors?: readonly ShapeError[] | null;
}

const ELEMENTS = [
  ...['Version', 'Id', 'Statement', 'Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction'],
  ...['Resource', 'NotResource', 'Condition', 'AWS', 'Service', 'Federated', 'CanonicalUser'],
];

/** Reports what is wrong with the shape of a whole document. */
export function checkShape(root: JsonNode, report: Report): void {
  const document: ShapeValidator = validateDocument;
  const statement: ShapeValidator = validateStatement;
  check(document, root, report);
  for (const node of statementNodes(root)) check(statement, node, report);
}

/** The statements of a document, whether listed or alone. */
export function statementNodes(root: JsonNode): JsonObject[] {
  const value = root.kind === 'object' ? root.members.get('Statement')?.value : undefined;
  const nodes = value?.kind === 'array' ? value.items : value === undefined ? [] : [value];
  return nodes.filter((node) => node.kind === 'object');
}

function check(validate: ShapeValidator, node: JsonNode, report: Report): void {
  if (validate(plainValue(node))) return;
  for (const error of validate.errors ?? []) reportError(error, nodeAt(node, error.instancePath), report);
}

function nodeAt(root: JsonNode, pointer: string): JsonNode {
  let node = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const next =
      node.kind === 'object' ? node.members.get(key)?.value : node.kind === 'array' && node.items[Number(key)];
    if (!next) return node;
    node = next;
  }
  return node;
}

function reportError({ keyword, params, instancePath }: ShapeError, node: JsonNode, report: Report): void {
  if (keyword === 'additionalProperties') {
    reportUnknown(params.additionalProperty ?? '', node, report);
  } else if (keyword === 'enum') {
    const allowed = (params.allowedValues ?? []).map(quote).join(' or ');
    const code = instancePath === '/Version' ? 'INVALID_VERSION' : 'INVALID_EFFECT';
    report(code, node, `expected ${allowed}, found ${found(node)}`);
  } else if (keyword === 'type') {
    report('DATA_TYPE_MISMATCH', node, `expected ${[params.type].flat().join(' or ')}, found ${found(node)}`);
  } else if (params.missingProperty === 'Effect') {
    report('MISSING_EFFECT', node, 'statement without `Effect`');
  } else {
    report('MISSING_STATEMENT', node, 'policy without a statement');
  }
}

function found(node: JsonNode): string {
  return 'text' in node ? quote(node.text) : node.kind;
}

function reportUnknown(name: string, node: JsonNode, report: Report): void {
  const where = (node.kind === 'object' && node.members.get(name)?.key) || node;
  const inPrincipal = /\/(?:Not)?Principal$/.test(node.pointer);
  const hint = ELEMENTS.includes(name) ? ', which does not belong here' : suggestion(name, ELEMENTS);
  const [code, what] = inPrincipal
    ? (['INVALID_PRINCIPAL_KEY', 'principal type'] as const)
    : (['INVALID_POLICY_ELEMENT', 'element'] as const);
  report(code, where, `unknown ${what} ${quote(name)}${hint}`);
}
