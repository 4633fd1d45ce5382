// load-policies.ts — parses every policy of a stack with the engine. A policy's errors are reported in the file that
// it stands in, whether that is a file of its own, a mapping in the stack file, or JSON text in the stack file.
import { basename } from 'node:path';
import { type Policy, type PolicyType, parsePolicyFindings } from '@lattice-auth/policy-engine';
import type { Problems } from '../build/build-context.js';
import type { FilePlace } from '../errors.js';
import type { StackPolicy } from '../model.js';
import { LineIndex } from '../source/line-index.js';
import type { SourceFile } from '../source/source-file.js';
import { findNode, type SourceNode } from '../source/source-tree.js';
import type { PolicyFiles } from './policy-files.js';
import { isPolicyPath } from './policy-path.js';
import type { PolicyReference } from './policy-references.js';
import { type PolicyText, textOfMapping, textOfScalar } from './policy-text.js';
import { relocatePolicy } from './relocate-policy.js';

/** Pointer → policy, for all that parse. */
export function loadPolicies(
  references: readonly PolicyReference[],
  source: SourceFile,
  files: PolicyFiles,
  problems: Problems,
): ReadonlyMap<string, StackPolicy> {
  const loader = new PolicyLoader(source, files, problems);
  const policies = new Map<string, StackPolicy>();
  for (const reference of references) {
    const policy = loader.load(reference);
    if (policy) policies.set(reference.pointer, policy);
  }
  return policies;
}

class PolicyLoader {
  readonly #source: SourceFile;
  readonly #files: PolicyFiles;
  readonly #problems: Problems;
  /** Parsed once per file and type; `undefined` for one that doesn't parse and was reported. */
  readonly #parsed = new Map<string, Policy | undefined>();

  constructor(source: SourceFile, files: PolicyFiles, problems: Problems) {
    this.#source = source;
    this.#files = files;
    this.#problems = problems;
  }

  load({ pointer, type, policy: written }: PolicyReference): StackPolicy | undefined {
    const place = this.#source.place(pointer, false);
    if (isPolicyPath(written)) {
      const file = this.#files.get(written);
      if (file === undefined || 'problem' in file) {
        if (file) this.#problems.add(file.problem.code, place, file.problem.message);
        return undefined;
      }
      const policy = this.#fromFile(file.name, file.file, file.text, type);
      return policy && { policy, type, file: file.file, place };
    }
    const policy = this.#inline(pointer, type, place);
    return policy && { policy, type, file: this.#source.file, place };
  }

  #fromFile(name: string, file: string, text: string, type: PolicyType): Policy | undefined {
    const key = `${type}\n${file}`;
    if (!this.#parsed.has(key)) {
      const parsed = this.#parse(text, type, name, (at) => ({ file, ...at }));
      this.#parsed.set(key, parsed);
    }
    return this.#parsed.get(key);
  }

  #inline(pointer: string, type: PolicyType, place: FilePlace): Policy | undefined {
    const policyText = this.#textOf(findNode(this.#source.root, pointer).value, place);
    if (policyText === undefined) return undefined;
    const lines = new LineIndex(policyText.text);
    const name = `${basename(this.#source.file)}#${pointer}`;
    const policy = this.#parse(policyText.text, type, name, (at) => {
      const offset = policyText.toFile(lines.startOf(at.line) + at.column - 1, 'start');
      return { file: this.#source.file, pointer: pointer + at.pointer, ...this.#source.lines.at(offset) };
    });
    return policy && relocatePolicy(policy, policyText, this.#source);
  }

  #textOf(node: SourceNode, place: FilePlace): PolicyText | undefined {
    if (node.kind === 'scalar') return textOfScalar(node, this.#source.lines);
    const { policyText, problems } = textOfMapping(node);
    for (const { offset, message } of problems) {
      this.#problems.add('ERR_STACK_POLICY', { ...place, ...this.#source.lines.at(offset) }, message);
    }
    return problems.length > 0 ? undefined : policyText;
  }

  #parse(
    text: string,
    type: PolicyType,
    name: string,
    placeOf: (at: { pointer: string; line: number; column: number }) => FilePlace,
  ): Policy | undefined {
    const { policy, findings } = parsePolicyFindings(text, { type, name });
    for (const { code, message, ...at } of findings) {
      this.#problems.add('ERR_STACK_POLICY', placeOf(at), message, code);
    }
    return policy;
  }
}
