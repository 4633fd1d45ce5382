// The one place that turns "this request can't be read" into the text of a denial (docs/evaluation.md, EVAL-TOTAL).
import { type CompiledPolicy, compilePolicy } from '../compile/compile-policy.js';
import type { Policy, PolicyType } from '../model.js';
import { UnreadableRequest } from './context-values.js';

/** What to tell the caller of the engine. A request's own getters may throw anything: their text is not repeated. */
export function problemOf(error: unknown): string {
  return error instanceof UnreadableRequest ? error.message : 'the request could not be read';
}

const SPEAKS_OF_PRINCIPALS: ReadonlySet<PolicyType> = new Set(['auth', 'resource', 'vpcEndpoint', 'rcp']);

/** Which grammar a layer needs: a policy without principals in the place of an auth policy would match everybody. */
export type LayerGrammar = 'withPrincipals' | 'withoutPrincipals';

/** Compiles the policies of one layer that came with a request. */
export function compileLayer(policies: unknown, where: string, grammar: LayerGrammar): readonly CompiledPolicy[] {
  if (!Array.isArray(policies)) throw new UnreadableRequest(`${where} must be a list of policies`);
  const compiled = new Array<CompiledPolicy>(policies.length);
  // By index, because `map` passes over holes; and Array.from takes five times as long (bench engine).
  for (let index = 0; index < policies.length; index++) {
    compiled[index] = compileGiven(policies[index], where, grammar, index);
  }
  return compiled;
}

/** One list of policies for each level, root first. */
export function compileLevels(
  levels: unknown,
  where: string,
  grammar: LayerGrammar,
): readonly (readonly CompiledPolicy[])[] {
  if (!Array.isArray(levels)) throw new UnreadableRequest(`${where} must be a list of levels`);
  // Array.from reads holes as undefined, where `map` passes over them.
  return Array.from(levels, (level: unknown, index) => compileLayer(level, `${where}[${index}]`, grammar));
}

/** @throws UnreadableRequest when `policy` is not what parsePolicy returns, or is of a type that doesn't belong here */
export function compileGiven(policy: unknown, where: string, grammar: LayerGrammar, index?: number): CompiledPolicy {
  const place = () => (index === undefined ? where : `${where}[${index}]`);
  const compiled = compileUnknown(policy, place);
  const { type } = compiled.policy;
  if (SPEAKS_OF_PRINCIPALS.has(type) !== (grammar === 'withPrincipals')) {
    throw new UnreadableRequest(`${place()} is a policy of type ${type}, which does not belong there`);
  }
  return compiled;
}

function compileUnknown(policy: unknown, place: () => string): CompiledPolicy {
  try {
    return compilePolicy(policy as Policy);
  } catch {
    throw new UnreadableRequest(`${place()} must be a policy that parsePolicy returned`);
  }
}
