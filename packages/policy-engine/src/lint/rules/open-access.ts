// The rule about Allows that let anybody in: principal `*`, with nothing that tells callers apart or where they come from
// (docs/evaluation.md, PRINCIPAL-1, LATTICE-ANON).
import type { Condition, PrincipalEntry, Statement } from '../../model.js';
import { holdsForAnonymous, holdsWhenAbsent, isNegated } from '../condition-facts.js';
import { readKey } from '../condition-keys.js';
import { type Budget, newBudget } from '../pattern.js';
import { type Complaint, complaint, type LintSubject, onlyTypes, type Rule } from '../rule.js';
import { entriesCover } from '../statement-relations.js';
import { isEverybody } from './principals.js';

/** Keys that say which network a request comes from. */
const ORIGIN = new Set([
  ...['vpc-lattice-svcs:sourcevpc', 'vpc-lattice-svcs:sourcevpcowneraccount', 'aws:sourcevpc', 'aws:sourcevpcarn'],
  ...['aws:sourcevpce', 'aws:sourceip', 'aws:vpcsourceip', 'aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths'],
]);

function* openPrincipal({ policy, factsOf }: LintSubject): Iterable<Complaint> {
  const budget = newBudget();
  const denies = policy.statements.filter((statement) => factsOf(statement).reach.invoke && deniesStrangers(statement));
  for (const statement of policy.statements) {
    const open = factsOf(statement).reach.invoke ? openEntry(statement) : undefined;
    if (open === undefined || statement.conditions.some(guards)) continue;
    if (denies.some((deny) => reachesAll(deny, statement, budget))) continue;
    const message =
      'lets in anonymous callers from every VPC of the network; add a condition on `aws:PrincipalType`, `aws:PrincipalOrgID` or `vpc-lattice-svcs:SourceVpc`';
    yield complaint(open, message);
  }
}

/** The `*` of an Allow for requests. Callers of TLS passthrough are anonymous whatever a policy says. */
function openEntry(statement: Statement): PrincipalEntry | undefined {
  const { effect, principal } = statement;
  if (effect !== 'Allow' || principal === undefined || principal.negated) return undefined;
  return principal.entries.find(isEverybody);
}

/** Whether a condition of an Allow keeps strangers out. */
function guards(condition: Condition): boolean {
  if (holdsForAnonymous(condition) === false) return true;
  return ORIGIN.has(readKey(condition.key.text).folded) && !holdsWhenAbsent(condition);
}

/** Whether a Deny turns anonymous callers, or callers from elsewhere, away. */
function deniesStrangers({ effect, principal, conditions }: Statement): boolean {
  if (effect !== 'Deny') return false;
  const everybody = principal === undefined || principal.negated || principal.entries.some(isEverybody);
  return everybody && conditions.every(holdsForStrangers);
}

function holdsForStrangers(condition: Condition): boolean {
  if (holdsForAnonymous(condition) === true) return true;
  return ORIGIN.has(readKey(condition.key.text).folded) && isNegated(condition);
}

/** Whether the Deny is about everything that the Allow is about. */
function reachesAll(deny: Statement, allow: Statement, budget: Budget): boolean {
  if (deny.resource?.negated !== false || allow.resource?.negated !== false) return false;
  return entriesCover(deny.resource, allow.resource, budget, false);
}

export const OPEN_ACCESS_RULES: readonly Rule[] = [
  { code: 'LATTICE_OPEN_PRINCIPAL', severity: 'security', applies: onlyTypes('auth'), check: openPrincipal },
];
