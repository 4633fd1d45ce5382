// What several rules ask of one statement, worked out once per lint run: a statement may have thousands of entries, and
// asking anew for each of them would be quadratic.
import type { Condition, Policy, PolicyType, Statement } from '../model.js';
import { holdsWhenAbsent, isNegated } from './condition-facts.js';
import { LATTICE_PREFIX, readKey } from './condition-keys.js';
import { type Reach, reachOf } from './lattice-facts.js';

export interface StatementFacts {
  readonly reach: Reach;
  /** Rules about Lattice look at it: any statement of an auth policy, elsewhere those that name Lattice's actions. */
  readonly aboutLattice: boolean;
  /** Nothing but Lattice's data plane can match. */
  readonly onlyLattice: boolean;
  /** Only TLS passthrough can match: such a statement never sees paths, methods, headers or signed callers. */
  readonly connectOnly: boolean;
  /** Only gRPC requests can match. */
  readonly grpcOnly: boolean;
  /** Documented spellings of the keys in its conditions, without names behind a slash. */
  readonly keys: ReadonlySet<string>;
  /** Keys, in lower case, that a request must have. */
  readonly requiredKeys: ReadonlySet<string>;
}

/** A reader that works each statement of a policy out once. */
export function factsReader({ type }: Policy): (statement: Statement) => StatementFacts {
  const known = new Map<Statement, StatementFacts>();
  return (statement) => {
    let facts = known.get(statement);
    if (facts === undefined) {
      facts = factsOf(statement, type);
      known.set(statement, facts);
    }
    return facts;
  };
}

function factsOf(statement: Statement, type: PolicyType): StatementFacts {
  const { action, conditions } = statement;
  const reach = reachOf(statement);
  const named = action.negated ? [] : action.entries.filter(({ text }) => isLatticeAction(text));
  const required = conditions.filter((condition) => !holdsWhenAbsent(condition));
  return {
    reach,
    aboutLattice: type === 'auth' || named.length > 0,
    onlyLattice: type === 'auth' || (named.length > 0 && named.length === action.entries.length),
    connectOnly: reach.connect && !reach.invoke,
    grpcOnly: isGrpcOnly(statement),
    keys: new Set(conditions.map(({ key }) => readKey(key.text).traits?.name ?? key.text)),
    requiredKeys: new Set(required.map(({ key }) => key.text.toLowerCase())),
  };
}

function isLatticeAction(text: string): boolean {
  return text.toLowerCase().startsWith(`${LATTICE_PREFIX}:`);
}

/** `/package.Service/Method` or `/package.Service/*`: methods, and services in front of `*`, start with a capital. */
const GRPC_PATH = /\/(?:[A-Za-z_]\w*\.)+(?:[A-Za-z_]\w*\/[A-Z]\w*|[A-Z]\w*\/\*)$/;

/** What only gRPC requests have: a path of package and method, or a content type. */
function isGrpcOnly({ resource, conditions }: Statement): boolean {
  const paths = resource?.negated === false ? resource.entries : [];
  return (paths.length > 0 && paths.every(({ text }) => GRPC_PATH.test(text))) || conditions.some(isGrpcContent);
}

function isGrpcContent(condition: Condition): boolean {
  const { traits, name } = readKey(condition.key.text);
  if (traits?.name !== `${LATTICE_PREFIX}:RequestHeader` || name?.toLowerCase() !== 'content-type') return false;
  if (isNegated(condition) || holdsWhenAbsent(condition)) return false;
  return condition.operands.length > 0 && condition.operands.every(({ text }) => text.startsWith('application/grpc'));
}
