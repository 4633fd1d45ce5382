// public-names.mjs: the names a package offers, read from its built type declarations, entry by entry.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'vite';

/** The first file under one of `conditions` in an entry of `exports`, however deep. */
function targetOf(entry, conditions) {
  if (typeof entry === 'string') return entry;
  if (typeof entry !== 'object' || entry === null) return undefined;
  for (const [condition, inner] of Object.entries(entry)) {
    if (!conditions.includes(condition)) continue;
    const found = targetOf(inner, conditions);
    if (found) return found;
  }
  return undefined;
}

/** The code entries of a package: `{ subpath, types, module }` as absolute paths. `./package.json` is not one. */
export function entriesOf({ dir, manifest }) {
  return Object.entries(manifest.exports ?? {})
    .filter(([subpath, entry]) => subpath !== './package.json' && typeof entry === 'object')
    .map(([subpath, entry]) => {
      const types = targetOf(entry, ['types', 'node', 'import', 'default']);
      const module = targetOf(entry, ['node', 'import', 'default']);
      return { subpath, types: join(dir, types), module: join(dir, module) };
    });
}

const typeDeclarations = new Set(['TSInterfaceDeclaration', 'TSTypeAliasDeclaration']);

/** `export declare const a: A, b: B`, `export declare function f(): void`, `export interface I {}`. */
function declaredNames(declaration) {
  if (declaration.type === 'VariableDeclaration') return declaration.declarations.map((one) => [one.id.name, 'value']);
  return [[declaration.id.name, typeDeclarations.has(declaration.type) ? 'type' : 'value']];
}

function namesOfStatement(node, path) {
  if (node.type === 'ExportDefaultDeclaration') return [['default', 'value']];
  if (node.type === 'ExportAllDeclaration') {
    if (node.exported) return [[node.exported.name, 'value']];
    const inner = join(dirname(path), node.source.value.replace(/\.js$/, '.d.ts'));
    if (!node.source.value.startsWith('.') || !existsSync(inner)) return [[`* from ${node.source.value}`, 'type']];
    const asType = node.exportKind === 'type';
    return [...publicNames(inner)].map(([name, kind]) => [name, asType ? 'type' : kind]);
  }
  if (node.type !== 'ExportNamedDeclaration') return [];
  if (node.declaration) return declaredNames(node.declaration);
  const isType = (one) => node.exportKind === 'type' || one.exportKind === 'type';
  return node.specifiers.map((one) => [one.exported.name ?? one.exported.value, isType(one) ? 'type' : 'value']);
}

/** Name → 'value' | 'type' for everything that the declaration file at `path` exports. */
export function publicNames(path) {
  const { program, errors } = parseSync(path, readFileSync(path, 'utf8'));
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  return new Map(program.body.flatMap((node) => namesOfStatement(node, path)));
}
