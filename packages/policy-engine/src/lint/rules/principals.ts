// Rules about Principal and NotPrincipal: who a resource-side policy is about.
import type { PrincipalEntry, Statement } from '../../model.js';
import { quote } from '../../quote.js';
import { fieldsOf, PARTITIONS } from '../arn-fields.js';
import { anyType, type Check, complaint, eachPrincipal, eachStatement, onlyTypes, type Rule } from '../rule.js';

const allowNotPrincipal: Check = eachStatement(({ effect, principal }) =>
  effect === 'Allow' && principal?.negated === true
    ? complaint(principal, '`NotPrincipal` with `Allow` lets in everybody else, anonymous callers too; use `Principal`')
    : undefined,
);

function emptyPrincipal(kind: 'object' | 'array'): Check {
  return eachStatement(({ principal }, { document }) => {
    if (principal === undefined || principal.entries.length > 0) return undefined;
    const node = document.node(principal.pointer);
    const isBare = node?.kind === 'object' && node.members.size === 0;
    if (isBare !== (kind === 'object')) return undefined;
    return complaint(principal, 'no principals: the statement has no effect');
  });
}

function uniqueId(prefix: string, what: string): Check {
  return eachPrincipal((entry) =>
    entry.kind === 'AWS' && entry.text.startsWith(prefix)
      ? complaint(
          entry,
          `${quote(entry.text)} is the unique id of a ${what}, which a new ${what} won't have; use its ARN`,
        )
      : undefined,
  );
}

const principalPartition: Check = eachPrincipal((entry) => {
  const [prefix, partition = ''] = fieldsOf(entry.text);
  if (prefix !== 'arn' || PARTITIONS.has(partition)) return undefined;
  return complaint(entry, `${quote(partition)} is not a partition of AWS`);
});

const variableInPrincipal: Check = eachPrincipal((entry) =>
  entry.text.includes('${') ? complaint(entry, 'policy variables are plain text in principals') : undefined,
);

/** Keys that tie a call by an AWS service to the resource or account that it was made for. */
const SOURCE_KEYS = ['aws:SourceArn', 'aws:SourceAccount', 'aws:SourceOrgID', 'aws:SourceOrgPaths'];

/** Trust policies name the service that may take the role; the source keys are rarely there. */
function isTrust({ action }: Statement): boolean {
  return action.entries.length > 0 && action.entries.every(({ text }) => /^sts:/i.test(text));
}

const servicePrincipal: Check = eachPrincipal((entry, statement, { negated }, { factsOf }) => {
  if (entry.kind !== 'Service' || negated || statement.effect !== 'Allow' || isTrust(statement)) return undefined;
  if (SOURCE_KEYS.some((key) => factsOf(statement).keys.has(key))) return undefined;
  const message = `${quote(entry.text)} may act for anybody's resources; add \`aws:SourceArn\` or \`aws:SourceAccount\``;
  return complaint(entry, message);
});

const federatedPrincipal: Check = eachPrincipal((entry, { action }) => {
  const trusts = action.entries.some(({ text }) => text === '*' || /^sts:/i.test(text));
  if (entry.kind !== 'Federated' || trusts) return undefined;
  return complaint(entry, 'identity providers are principals of role trust policies only');
});

const canonicalUser: Check = eachPrincipal((entry) =>
  entry.kind === 'CanonicalUser'
    ? complaint(entry, 'canonical user ids are for Amazon S3; Lattice names callers by ARN')
    : undefined,
);

const bareAccount: Check = eachPrincipal((entry) =>
  entry.bare && entry.text !== '*'
    ? complaint(entry, `only \`"*"\` may stand alone as principal; write \`{ "AWS": "${entry.text}" }\``)
    : undefined,
);

const latticeNotPrincipal: Check = eachStatement(({ principal }) =>
  principal?.negated === true
    ? complaint(principal, "`NotPrincipal` is not documented for Lattice's auth policies")
    : undefined,
);

const connectPrincipal: Check = eachPrincipal((entry, statement, { negated }, { factsOf }) => {
  if (negated || isEverybody(entry) || !factsOf(statement).connectOnly) return undefined;
  const message = `TLS passthrough callers are always anonymous: ${quote(entry.text)} never matches \`Connect\``;
  return complaint(entry, message);
});

/** Whether a principal is `*`. */
export function isEverybody(entry: PrincipalEntry): boolean {
  return entry.kind === 'AWS' && entry.text === '*';
}

export const PRINCIPAL_RULES: readonly Rule[] = [
  { code: 'ALLOW_WITH_NOT_PRINCIPAL', severity: 'security', applies: anyType, check: allowNotPrincipal },
  {
    code: 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL',
    severity: 'security',
    applies: onlyTypes('auth', 'resource'),
    check: servicePrincipal,
  },
  {
    code: 'FEDERATED_PRINCIPAL_NOT_SUPPORTED',
    severity: 'error',
    applies: onlyTypes('auth', 'resource', 'vpcEndpoint'),
    check: federatedPrincipal,
  },
  { code: 'INVALID_PARTITION', severity: 'error', applies: anyType, check: principalPartition },
  { code: 'VARIABLE_UNSUPPORTED_IN_ELEMENT', severity: 'error', applies: anyType, check: variableInPrincipal },
  { code: 'INVALID_ROLE_REFERENCE', severity: 'warning', applies: anyType, check: uniqueId('AROA', 'role') },
  { code: 'INVALID_USER_REFERENCE', severity: 'warning', applies: anyType, check: uniqueId('AIDA', 'user') },
  { code: 'EMPTY_ARRAY_PRINCIPAL', severity: 'suggestion', applies: anyType, check: emptyPrincipal('array') },
  { code: 'EMPTY_OBJECT_PRINCIPAL', severity: 'suggestion', applies: anyType, check: emptyPrincipal('object') },
  { code: 'LATTICE_BARE_ACCOUNT_PRINCIPAL', severity: 'warning', applies: onlyTypes('auth'), check: bareAccount },
  { code: 'LATTICE_CANONICAL_USER', severity: 'warning', applies: onlyTypes('auth'), check: canonicalUser },
  { code: 'LATTICE_CONNECT_PRINCIPAL', severity: 'warning', applies: onlyTypes('auth'), check: connectPrincipal },
  { code: 'LATTICE_NOT_PRINCIPAL', severity: 'warning', applies: onlyTypes('auth'), check: latticeNotPrincipal },
];
