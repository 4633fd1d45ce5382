// kind-of-file.ts: what a file to be linted is, told from what is in it (the rules stand in `lint --help`).
import type { PolicyType } from '@lattice-auth/policy-engine';
import type { Input } from '../io.js';

/** A policy document of a type, or a stack file. */
export type FileKind = PolicyType | 'stack';

interface RawStatement {
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
}

/** The kind of a file; `type` is what the user said policies are. */
export function kindOfFile({ name, text }: Input, type: PolicyType | undefined): FileKind {
  const value = readJson(text);
  if (value === undefined) {
    // No JSON: YAML is the form of stack files, and of anything else the parser of policies has more to say.
    return /\.ya?ml$/i.test(name) || !/^\s*[{[]/.test(text) ? 'stack' : (type ?? 'auth');
  }
  if (!isPolicy(value)) return isStack(value) ? 'stack' : (type ?? 'auth');
  return type ?? typeOf(value.Statement);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPolicy(value: unknown): value is { readonly Statement: unknown } {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'Statement');
}

function isStack(value: unknown): boolean {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return keys.some((key) => /^(?:services|serviceNetworks|principals|accounts|vpcs)$/.test(key));
}

function typeOf(statement: unknown): PolicyType {
  const statements = [statement].flat().filter((one): one is RawStatement => typeof one === 'object' && one !== null);
  const named = statements.some(({ Principal, NotPrincipal }) => Principal !== undefined || NotPrincipal !== undefined);
  if (!named) return 'identity';
  const actions = statements.flatMap(({ Action, NotAction }) => [Action ?? NotAction].flat());
  return actions.length === 0 || actions.some(isLattice) ? 'auth' : 'resource';
}

function isLattice(action: unknown): boolean {
  return typeof action !== 'string' || action === '*' || /^vpc-lattice/i.test(action);
}
