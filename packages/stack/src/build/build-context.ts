// build-context.ts — what every step of building a stack shares: the document, where things stand in it, and one list
// of problems. A step that finds a fault reports it and goes on, so that one run finds them all.
import type { StackDocument } from '../document.js';
import type { FilePlace, StackErrorCode, StackProblem } from '../errors.js';
import { PROBLEMS_MAX } from '../limits.js';
import type { StackPolicy } from '../model.js';
import type { SourceFile } from '../source/source-file.js';
import { pointerSegment } from '../source/source-tree.js';
import { didYouMean } from '../text/did-you-mean.js';
import { quote } from '../text/quote.js';

export type Section = 'accounts' | 'vpcs' | 'serviceNetworks' | 'services' | 'targetGroups' | 'principals';

/** What a section's things are called in messages. */
export const SECTION_WORDS: Readonly<Record<Section, string>> = {
  accounts: 'account',
  vpcs: 'VPC',
  serviceNetworks: 'service network',
  services: 'service',
  targetGroups: 'target group',
  principals: 'principal',
};

/** The list of problems; stops growing at `PROBLEMS_MAX`. */
export class Problems {
  readonly all: StackProblem[] = [];

  add(code: StackErrorCode, place: FilePlace, message: string, policyCode?: string): void {
    if (this.all.length >= PROBLEMS_MAX) return;
    const { file, pointer, line, column } = place;
    this.all.push({ code, message, file, pointer, line, column, ...(policyCode && { policyCode }) });
  }
}

export class BuildContext {
  readonly document: StackDocument;
  readonly problems: Problems;
  readonly #source: SourceFile;
  readonly #broken: ReadonlySet<string>;
  readonly #policies: ReadonlyMap<string, StackPolicy>;
  readonly #taken = new Map<string, string>();

  constructor(parts: {
    document: StackDocument;
    source: SourceFile;
    problems: Problems;
    broken: ReadonlySet<string>;
    policies: ReadonlyMap<string, StackPolicy>;
  }) {
    this.document = parts.document;
    this.problems = parts.problems;
    this.#source = parts.source;
    this.#broken = parts.broken;
    this.#policies = parts.policies;
  }

  /** Where the value at a pointer stands. */
  place(pointer: string): FilePlace {
    return this.#source.place(pointer, false);
  }

  /** Where the key that a pointer ends in stands. */
  keyPlace(pointer: string): FilePlace {
    return this.#source.place(pointer, true);
  }

  report(code: StackErrorCode, pointer: string, message: string): void {
    this.problems.add(code, this.place(pointer), message);
  }

  reportKey(code: StackErrorCode, pointer: string, message: string): void {
    this.problems.add(code, this.keyPlace(pointer), message);
  }

  /** Whether a place was already found wrong, so that nothing that rests on it need be reported again. */
  isBroken(pointer: string): boolean {
    return this.#broken.has(pointer);
  }

  /** The policy parsed for a pointer; undefined when there is none, or it is wrong and has been reported. */
  policy(pointer: string): StackPolicy | undefined {
    return this.#policies.get(pointer);
  }

  /** Whether `name` is one of a section's names; reports it at `pointer`, or at the key there, when it is not. */
  refer(section: Section, name: string, pointer: string, onKey = false): boolean {
    const known = this.document[section] ?? {};
    if (name in known) return true;
    if (this.isBroken(`/${section}`) || this.isBroken(`/${section}${pointerSegment(name)}`)) return false;
    const hint = didYouMean(name, Object.keys(known));
    const message = `no ${SECTION_WORDS[section]} is named ${quote(name)}${hint}`;
    if (onKey) this.reportKey('ERR_STACK_REFERENCE', pointer, message);
    else this.report('ERR_STACK_REFERENCE', pointer, message);
    return false;
  }

  /** Claims a thing that only one may have; reports `pointer` when `scope` already knows `key`. */
  claim(scope: string, key: string, pointer: string, what: string): boolean {
    const id = `${scope}\n${key}`;
    const owner = this.#taken.get(id);
    if (owner === undefined) {
      this.#taken.set(id, pointer);
      return true;
    }
    const { line } = this.place(owner);
    this.report('ERR_STACK_DUPLICATE', pointer, `${what} ${quote(key)} stands twice, first in line ${line}`);
    return false;
  }
}
