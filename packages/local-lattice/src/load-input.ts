// load-input.ts — a stack from whatever a test or the command has: a Stack, the path of a file, or the document itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadStack, parseStack, type Stack } from '@lattice-auth/stack';

/** A stack file's content as an object. Paths of policies in it are relative to `folder`. */
export type StackDocument = Readonly<Record<string, unknown>>;

/** Loads again, each time it is called. */
export type StackLoader = () => Promise<Stack>;

/** How to load `input`. */
export function stackLoader(input: Stack | StackDocument | string, folder: string): StackLoader {
  if (typeof input === 'string') return () => loadStack(input);
  if (isStack(input)) return async () => input;
  const text = JSON.stringify(input);
  return async () => {
    return parseStack(text, {
      file: join(folder, 'stack.json'),
      readPolicy: (path) => readFileSync(join(folder, path), 'utf8'),
    });
  };
}

// What was loaded knows its files; no document has such a property.
function isStack(input: Stack | StackDocument): input is Stack {
  return Array.isArray(input.files) && Array.isArray(input.policies);
}
