// module-imports.mjs: what a TypeScript or JavaScript file imports and which names it leaves to its surroundings,
// read from its syntax tree (vite's parser). Patterns over text would trip over strings and comments.
import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';

function parse(path, text) {
  const parsed = parseSync(path, text);
  const problem = parsed.errors.find((error) => error.severity === 'Error');
  if (problem) throw new Error(`${path}: ${problem.message}`);
  return parsed;
}

/** Calls `visit(node, parent, key)` for every node of the tree. */
function walk(node, visit, parent, key) {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, visit, parent, key);
    return;
  }
  if (typeof node?.type !== 'string') return;
  visit(node, parent, key);
  for (const [name, value] of Object.entries(node)) {
    if (typeof value === 'object' && value !== null) walk(value, visit, node, name);
  }
}

const isTypeOnly = (node) => {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = node.specifiers ?? [];
  return specifiers.length > 0 && specifiers.every((one) => (one.importKind ?? one.exportKind) === 'type');
};

/** Each `{ specifier, typeOnly }` of the file: static, dynamic, re-exported, and `import('x').T` in types. */
export function importsOf(path, text = readFileSync(path, 'utf8')) {
  const found = [];
  walk(parse(path, text).program, (node) => {
    const source = node.source?.value ?? (node.type === 'TSImportType' ? node.argument?.value : undefined);
    if (typeof source === 'string') {
      const dynamic = node.type === 'ImportExpression';
      found.push({ specifier: source, typeOnly: node.type === 'TSImportType' || (!dynamic && isTypeOnly(node)) });
    } else if (node.type === 'CallExpression' && node.callee.name === 'require') {
      found.push({ specifier: String(node.arguments[0]?.value ?? '<computed>'), typeOnly: false });
    } else if (node.type === 'ImportExpression') {
      found.push({ specifier: '<computed>', typeOnly: false });
    }
  });
  return found;
}

const declares = (parent, key) =>
  (parent.type === 'VariableDeclarator' && key === 'id') ||
  (/Function|Class/.test(parent.type) && (key === 'id' || key === 'params')) ||
  (parent.type === 'CatchClause' && key === 'param');

/** Names bound by a pattern such as `{ a, b: [c = 1, ...d] }`. */
function boundNames(pattern) {
  if (!pattern) return [];
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => boundNames(one.type === 'Property' ? one.value : one));
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundNames);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    default:
      return [];
  }
}

const isNameOnly = (parent, key) =>
  ((parent?.type === 'MemberExpression' && key === 'property') ||
    (/^(Property|PropertyDefinition|MethodDefinition)$/.test(parent?.type) && key === 'key')) &&
  !parent.computed;

/**
 * Names that plain JavaScript uses but declares nowhere: its globals. Scopes are not told apart, so a global that
 * shares its name with a local somewhere else stays unseen; good enough for a bundle, where names are many but known.
 */
export function freeNames(path, text) {
  const declared = new Set();
  const used = new Set();
  walk(parse(path, text).program, (node, parent, key) => {
    if (parent && declares(parent, key)) for (const name of boundNames(node)) declared.add(name);
    const skipped =
      isNameOnly(parent, key) ||
      /^(Import|Export).*Specifier$|^LabeledStatement$|^(Break|Continue)Statement$/.test(parent?.type);
    if (node.type === 'Identifier' && !skipped) used.add(node.name);
  });
  return [...used].filter((name) => !declared.has(name)).sort();
}
