// lintLatticePolicies: what only shows when the policies of one service are seen together: switched off, missing, about
// another service, or allowing what another layer never allows (docs/evaluation.md, LATTICE-AUTH, LATTICE-BOTH).
import { FINDINGS_MAX } from '../limits.js';
import type { CallerPolicies, Finding, LatticePolicies, Place, Policy, Severity, Statement } from '../model.js';
import { quote } from '../quote.js';
import { isNegated } from './condition-facts.js';
import { LATTICE_PREFIX, readKey } from './condition-keys.js';
import { reachOf } from './lattice-facts.js';
import { sortFindings } from './lint-policy.js';
import { type Budget, newBudget, patternsOverlap } from './pattern.js';
import { resourceOf, statementCovers, whyDisjoint } from './statement-relations.js';

/** A finding about one of the policies around a service. */
export interface LatticeFinding extends Finding {
  readonly layer: 'serviceNetwork' | 'service' | 'identity';
  /** The name that the policy was parsed with. */
  readonly policy: string | undefined;
}

interface Around {
  readonly policies: LatticePolicies;
  readonly budget: Budget;
}

/** Most pairs of statements that are compared. */
const PAIRS_MAX = 10_000;

/**
 * Finds what is wrong between the policies of one service: run `lintPolicy` on each of them for the rest.
 *
 * @example
 * lintLatticePolicies({ serviceNetwork: { authType: 'AWS_IAM', policy: network }, service: { authType: 'NONE', arn } });
 */
export function lintLatticePolicies(policies: LatticePolicies, caller?: CallerPolicies): LatticeFinding[] {
  const around = { policies, budget: newBudget() };
  const findings = [
    ...authTypeFindings('serviceNetwork', policies.serviceNetwork),
    ...authTypeFindings('service', policies.service),
    ...otherServiceFindings(around),
    ...neverAllowedFindings(around),
    ...(caller === undefined ? [] : callerFindings(around, caller)),
  ];
  return sortFindings(findings).slice(0, FINDINGS_MAX);
}

function finding(
  [code, severity]: readonly [string, Severity],
  layer: LatticeFinding['layer'],
  policy: Policy | undefined,
  place: Place | undefined,
  message: string,
): LatticeFinding {
  const { line, column } = place?.span ?? { line: 1, column: 1 };
  return { code, severity, message, pointer: place?.pointer ?? '', line, column, layer, policy: policy?.name };
}

const WITHOUT_POLICY = ['LATTICE_AUTH_WITHOUT_POLICY', 'error'] as const;
const UNDER_NONE = ['LATTICE_POLICY_UNDER_NONE', 'warning'] as const;
const OTHER_SERVICE = ['LATTICE_OTHER_SERVICE', 'warning'] as const;
const OTHER_NETWORK = ['LATTICE_OTHER_NETWORK', 'warning'] as const;
const NEVER_ALLOWED = ['LATTICE_NETWORK_NEVER_ALLOWS', 'warning'] as const;
const CALLER_WITHOUT_INVOKE = ['LATTICE_CALLER_WITHOUT_INVOKE', 'warning'] as const;

function authTypeFindings(
  layer: 'serviceNetwork' | 'service',
  { authType, policy }: LatticePolicies['serviceNetwork'],
): LatticeFinding[] {
  const name = layer === 'service' ? 'service' : 'service network';
  if (authType === 'AWS_IAM' && policy === undefined) {
    return [
      finding(
        WITHOUT_POLICY,
        layer,
        policy,
        undefined,
        `the ${name} has \`AWS_IAM\` and no policy: it denies everything`,
      ),
    ];
  }
  if (authType === 'AWS_IAM' || policy === undefined) return [];
  const message = `the ${name} has auth type \`NONE\`: its policy is not evaluated, its \`Deny\` statements neither`;
  return [finding(UNDER_NONE, layer, policy, undefined, message)];
}

/** The policies in force, with their layer. */
function* activePolicies({ policies }: Around): Iterable<[layer: 'serviceNetwork' | 'service', Policy]> {
  for (const layer of ['serviceNetwork', 'service'] as const) {
    const { authType, policy } = policies[layer];
    if (authType === 'AWS_IAM' && policy !== undefined) yield [layer, policy];
  }
}

/** Resources of the service's policy, and ARNs in conditions of both, that name something else. */
function otherServiceFindings(around: Around): LatticeFinding[] {
  const { service, serviceNetwork } = around.policies;
  const findings: LatticeFinding[] = [];
  for (const [layer, policy] of activePolicies(around)) {
    for (const statement of policy.statements) {
      if (layer === 'service') findings.push(...otherResources(statement, policy, around));
      const arns = [
        ['ServiceArn', service.arn, OTHER_SERVICE, layer === 'service'],
        ['ServiceNetworkArn', serviceNetwork.arn, OTHER_NETWORK, layer === 'serviceNetwork'],
      ] as const;
      for (const [key, arn, code, own] of arns) {
        if (arn !== undefined && own)
          findings.push(...otherArns(statement, `${LATTICE_PREFIX}:${key}`, arn, code, layer, policy));
      }
    }
  }
  return findings;
}

function otherResources({ resource }: Statement, policy: Policy, { policies, budget }: Around): LatticeFinding[] {
  if (resource === undefined || resource.negated) return [];
  const { arn } = policies.service;
  const others = resource.entries.filter(({ text }) => !namesService(text, arn, budget));
  return others.map((entry) =>
    finding(
      OTHER_SERVICE,
      'service',
      policy,
      entry,
      `${quote(entry.text)} is not this service, ${quote(arn)}: it matches nothing here`,
    ),
  );
}

function namesService(resource: string, arn: string, budget: Budget): boolean {
  if (resource.includes('${')) return true;
  return patternsOverlap(resource, arn, budget) || patternsOverlap(resource, `${arn}/*`, budget);
}

function otherArns(
  { conditions }: Statement,
  key: string,
  arn: string,
  code: readonly [string, Severity],
  layer: 'serviceNetwork' | 'service',
  policy: Policy,
): LatticeFinding[] {
  const positive = conditions.filter(
    (condition) =>
      readKey(condition.key.text).canonical === key && !isNegated(condition) && condition.operator !== 'Null',
  );
  return positive.flatMap(({ operands, operator }) => {
    const matches = (text: string) =>
      text.includes('${') ||
      (operator === 'StringEquals'
        ? text === arn
        : patternsOverlap(text.toLowerCase(), arn.toLowerCase(), newBudget()));
    const [first] = operands;
    if (first === undefined || operands.some(({ text }) => matches(text))) return [];
    return [finding(code, layer, policy, first, `\`${key}\` here is always ${quote(arn)}: this never holds`)];
  });
}

/** Allows of the service's policy that meet no Allow of the network's, or only its Denies. */
function neverAllowedFindings({ policies, budget }: Around): LatticeFinding[] {
  const { serviceNetwork, service } = policies;
  const network = serviceNetwork.authType === 'AWS_IAM' ? serviceNetwork.policy : undefined;
  const own = service.authType === 'AWS_IAM' ? service.policy : undefined;
  if (network === undefined || own === undefined) return [];
  if (network.statements.length * own.statements.length > PAIRS_MAX) return [];
  return own.statements.flatMap((statement) => {
    const why = statement.effect === 'Allow' ? whyNeverAllowed(statement, network, budget) : undefined;
    return why === undefined
      ? []
      : [finding(NEVER_ALLOWED, 'service', own, statement, `the service network's policy never allows this: ${why}`)];
  });
}

function whyNeverAllowed(statement: Statement, network: Policy, budget: Budget): string | undefined {
  const denied = network.statements.find(
    (other) => other.effect === 'Deny' && statementCovers(other, statement, budget),
  );
  if (denied !== undefined) return `its statement ${denied.index + 1} denies all of it`;
  const allows = network.statements.filter(({ effect }) => effect === 'Allow');
  if (allows.length === 0) return 'it allows nothing';
  const reasons = allows.map((other) => whyDisjoint(other, statement, budget));
  if (reasons.some((reason) => reason === undefined)) return undefined;
  return `it allows only ${[...new Set(reasons)].join(', ')}`;
}

/** A caller whose identity policies don't allow Invoke on the service. */
function callerFindings({ policies, budget }: Around, caller: CallerPolicies): LatticeFinding[] {
  const { service, serviceNetwork } = policies;
  if (service.authType === 'NONE' && serviceNetwork.authType === 'NONE') return [];
  const allows = caller.identity.flatMap(({ statements }) => statements).filter(({ effect }) => effect === 'Allow');
  if (allows.some((statement) => mayInvoke(statement, service.arn, budget))) return [];
  const message = `no identity policy of the caller allows \`${LATTICE_PREFIX}:Invoke\` on ${quote(`${service.arn}/…`)}`;
  return [finding(CALLER_WITHOUT_INVOKE, 'identity', caller.identity[0], undefined, message)];
}

function mayInvoke(statement: Statement, arn: string, budget: Budget): boolean {
  const resource = resourceOf(statement);
  if (!reachOf(statement).invoke) return false;
  if (resource === undefined || resource.negated) return true;
  return resource.entries.some(({ text }) => text.includes('${') || patternsOverlap(text, `${arn}/*`, budget));
}
