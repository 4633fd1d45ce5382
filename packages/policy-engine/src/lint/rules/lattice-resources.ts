// Rules about the resources of Lattice statements: a request asks for the service's ARN followed by its path, a TLS
// connection for the ARN alone (docs/evaluation.md, LATTICE-ACTION, LATTICE-PATH).
import type { SourceString, Statement } from '../../model.js';
import { quote } from '../../quote.js';
import { fieldsOf, withoutVariables } from '../arn-fields.js';
import { LATTICE_PREFIX } from '../condition-keys.js';
import { readServiceResource } from '../lattice-facts.js';
import { newBudget, patternCovers, patternsOverlap } from '../pattern.js';
import {
  anyType,
  type Check,
  type Complaint,
  complaint,
  eachResource,
  eachStatement,
  type LintSubject,
  onlyTypes,
  type Rule,
} from '../rule.js';

const dataPlaneArn: Check = eachResource((entry) => {
  const fields = fieldsOf(entry.text);
  if (fields[0] !== 'arn' || fields[2]?.toLowerCase() !== LATTICE_PREFIX) return undefined;
  return complaint(
    entry,
    `ARNs of Lattice say \`vpc-lattice\`; \`${LATTICE_PREFIX}\` is for actions and condition keys`,
  );
});

/** A service's ARN and nothing behind it. A wildcard in the id could stand for the path as well. */
function isBareService({ text }: SourceString): boolean {
  const service = readServiceResource(text);
  return service !== undefined && service.rest === undefined && !/[*?]/.test(withoutVariables(service.id));
}

const invokeWithoutPath: Check = eachResource((entry, statement, _element, { factsOf }) => {
  if (!factsOf(statement).aboutLattice || !isBareService(entry)) return undefined;
  const { invoke, connect } = factsOf(statement).reach;
  if (!invoke || connect) return undefined;
  return complaint(entry, `matches no request: every request has a path; write ${quote(`${entry.text}/*`)}`);
});

const connectOnlyResource: Check = eachResource((entry, statement, _element, { factsOf }) => {
  if (!factsOf(statement).aboutLattice || !isBareService(entry)) return undefined;
  const { invoke, connect } = factsOf(statement).reach;
  if (!invoke || !connect) return undefined;
  return complaint(entry, `matches \`Connect\` only; requests have a path: add ${quote(`${entry.text}/*`)}`);
});

const connectWithPath: Check = eachResource((entry, statement, _element, { factsOf }) => {
  if (!factsOf(statement).aboutLattice || readServiceResource(entry.text)?.rest === undefined) return undefined;
  const { invoke, connect } = factsOf(statement).reach;
  if (invoke || !connect) return undefined;
  return complaint(entry, '`Connect` is asked of the service without a path, which this does not match');
});

const listenerArn: Check = eachResource((entry, statement, _element, { factsOf }) => {
  const { rest = '' } = readServiceResource(entry.text) ?? {};
  if (!factsOf(statement).aboutLattice || !factsOf(statement).reach.invoke) return undefined;
  if (!/^\/listener\/listener-/.test(rest)) return undefined;
  return complaint(entry, 'the ARN of a listener or rule; here it is a path of the service, `/listener/…`');
});

const networkArn: Check = eachResource((entry, statement, _element, { factsOf }) => {
  const [prefix, , service, , , resource = ''] = fieldsOf(entry.text);
  if (!factsOf(statement).aboutLattice || prefix !== 'arn' || service !== 'vpc-lattice') return undefined;
  if (!resource.startsWith('servicenetwork/')) return undefined;
  const message = `requests are made to services; for a network use the condition key \`${LATTICE_PREFIX}:ServiceNetworkArn\``;
  return complaint(entry, message);
});

const queryInResource: Check = eachResource((entry, statement, _element, { factsOf }) => {
  if (!factsOf(statement).aboutLattice || !/\?[^*?/=]+=/.test(withoutVariables(entry.text))) return undefined;
  const message = `the query is not part of the resource; use \`${LATTICE_PREFIX}:RequestQueryString/…\` (\`?\` here is any one character)`;
  return complaint(entry, message);
});

const latticeNotResource: Check = eachStatement(({ resource }) =>
  resource?.negated === true
    ? complaint(resource, "`NotResource` is not documented for Lattice's auth policies")
    : undefined,
);

/** Entries compared with one another in one policy; more are left alone. */
const ENTRIES_MAX = 200;

/**
 * Paths that a Deny means and misses: Lattice's rules match paths in any casing unless told otherwise, and `/admin/` may
 * reach what `/admin` does, but policies compare exactly. Found when an Allow of the same policy takes such a path.
 */
function* evadedDeny({ policy, factsOf }: LintSubject): Iterable<Complaint> {
  const relevant = policy.statements.filter((s) => factsOf(s).aboutLattice && factsOf(s).reach.invoke);
  const denied = entriesOf(relevant, 'Deny');
  const allowed = entriesOf(relevant, 'Allow');
  if (denied.length === 0 || denied.length > ENTRIES_MAX || allowed.length > ENTRIES_MAX) return;
  const budget = newBudget();
  for (const entry of denied) {
    const missed = variantsOf(entry.text).find(
      ({ pattern }) =>
        allowed.some((other) => patternsOverlap(other.text, pattern, budget)) &&
        !denied.some((other) => patternCovers(other.text, pattern, budget)),
    );
    if (missed !== undefined) yield complaint(entry, missed.message);
  }
}

function entriesOf(statements: readonly Statement[], effect: Statement['effect']): SourceString[] {
  return statements
    .filter((statement) => statement.effect === effect && statement.resource?.negated === false)
    .flatMap((statement) => statement.resource?.entries ?? [])
    .filter((entry) => !entry.text.includes('${'));
}

/** What else would reach the same path: other casing, a slash more or less. */
function variantsOf(text: string): { pattern: string; message: string }[] {
  const [start, path] = pathOf(text);
  if (path === undefined) return [];
  const variants: { pattern: string; message: string }[] = [];
  const other = path === path.toUpperCase() ? path.toLowerCase() : path.toUpperCase();
  if (other !== path) {
    const message = `an \`Allow\` takes this path in another casing (${quote(other)}), which Lattice may route alike`;
    variants.push({ pattern: start + other, message });
  }
  if (!path.endsWith('*') && path !== '/') {
    const slashed = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
    const message = `an \`Allow\` takes this path ${path.endsWith('/') ? 'without its slash' : 'with a slash at its end'} (${quote(slashed)})`;
    variants.push({ pattern: start + slashed, message });
  }
  return variants;
}

/** Splits `…service/svc-1/path` or `*`+`/path` in front of the path. */
function pathOf(text: string): [string, string | undefined] {
  const service = readServiceResource(text);
  if (service?.rest !== undefined) return [service.arn, service.rest];
  return /^\*+\//.test(text) ? [text.slice(0, text.indexOf('/')), text.slice(text.indexOf('/'))] : [text, undefined];
}

const auth = onlyTypes('auth');
/** The caller's own policies name the same resources. */
const naming = onlyTypes('auth', 'identity', 'permissionsBoundary', 'session', 'scp');

export const LATTICE_RESOURCE_RULES: readonly Rule[] = [
  { code: 'LATTICE_ARN_SERVICE', severity: 'error', applies: anyType, check: dataPlaneArn },
  { code: 'LATTICE_INVOKE_WITHOUT_PATH', severity: 'error', applies: naming, check: invokeWithoutPath },
  { code: 'LATTICE_CONNECT_WITH_PATH', severity: 'error', applies: naming, check: connectWithPath },
  { code: 'LATTICE_RESOURCE_ONLY_CONNECT', severity: 'warning', applies: naming, check: connectOnlyResource },
  { code: 'LATTICE_LISTENER_ARN', severity: 'warning', applies: naming, check: listenerArn },
  { code: 'LATTICE_NETWORK_ARN', severity: 'warning', applies: naming, check: networkArn },
  { code: 'LATTICE_QUERY_IN_RESOURCE', severity: 'warning', applies: naming, check: queryInResource },
  { code: 'LATTICE_NOT_RESOURCE', severity: 'warning', applies: auth, check: latticeNotResource },
  { code: 'LATTICE_DENY_PATH_EVADED', severity: 'warning', applies: naming, check: evadedDeny },
];
