// Rules about Action and NotAction. What exists is known for Lattice's data plane only; for other services just the form
// is looked at.
import { compileGlob, matchesGlob } from '../../match/wildcard.js';
import type { SourceString } from '../../model.js';
import { nearest, suggestion } from '../../parse/nearest.js';
import { quote } from '../../quote.js';
import { LATTICE_PREFIX } from '../condition-keys.js';
import { LATTICE_ACTIONS } from '../lattice-facts.js';
import {
  anyType,
  type Check,
  type Complaint,
  complaint,
  eachAction,
  eachStatement,
  type LintSubject,
  onlyTypes,
  type Rule,
} from '../rule.js';

interface ActionParts {
  readonly prefix: string;
  readonly name: string;
}

/** `undefined` for `*`, which has no parts. */
function partsOf({ text }: SourceString): ActionParts | undefined {
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : { prefix: text.slice(0, colon).toLowerCase(), name: text.slice(colon + 1) };
}

const emptyAction: Check = eachStatement(({ action }) =>
  action.entries.length === 0 ? complaint(action, 'no actions: the statement has no effect') : undefined,
);

const variableInAction: Check = eachAction((entry) =>
  entry.text.includes('${') ? complaint(entry, 'policy variables are plain text in actions') : undefined,
);

const wildcardPrefix: Check = eachAction((entry) => {
  const prefix = partsOf(entry)?.prefix ?? '';
  if (!/[*?]/.test(prefix)) return undefined;
  return complaint(entry, `wildcard in the service of ${quote(entry.text)}; name the service, or use \`*\` alone`);
});

/** An action of Lattice's data plane that no action there matches. */
const unknownLatticeAction: Check = eachAction((entry) => {
  const parts = partsOf(entry);
  if (parts?.prefix !== LATTICE_PREFIX || parts.name.includes('${')) return undefined;
  const pattern = compileGlob(parts.name.toLowerCase());
  if (LATTICE_ACTIONS.some((name) => matchesGlob(pattern, name.toLowerCase()))) return undefined;
  const hint = suggestion(parts.name, LATTICE_ACTIONS) || '; there are only `Invoke` and `Connect`';
  return complaint(entry, `${quote(entry.text)} is not an action of Lattice${hint}`);
});

/** The control plane's prefix where only the data plane's makes sense. */
function isMistakenPrefix({ prefix, name }: ActionParts): boolean {
  return prefix === 'vpc-lattice' && /^(?:invoke|connect)$/i.test(name);
}

const controlPlanePrefix: Check = eachAction((entry, _statement, _element, { policy }) => {
  const parts = partsOf(entry);
  if (parts === undefined || !(isMistakenPrefix(parts) || (policy.type === 'auth' && parts.prefix === 'vpc-lattice'))) {
    return undefined;
  }
  const message = `${quote(entry.text)}: the prefix of Lattice's data plane is \`${LATTICE_PREFIX}\`; \`vpc-lattice\` is its control plane's`;
  return complaint(entry, message);
});

/** A prefix that can't be a service's, or that is almost Lattice's. */
const oddPrefix: Check = eachAction((entry) => {
  const prefix = partsOf(entry)?.prefix ?? '';
  if (prefix === '' || prefix === LATTICE_PREFIX || prefix === 'vpc-lattice' || /[*?]|\$\{/.test(prefix))
    return undefined;
  const near = isNearLattice(prefix);
  if (!near && /^[a-z0-9-]+$/.test(prefix)) return undefined;
  const hint = near ? `; did you mean \`${LATTICE_PREFIX}\`?` : '';
  return complaint(entry, `${quote(prefix)} is not the prefix of a service${hint}`);
});

function isNearLattice(prefix: string): boolean {
  return prefix.includes('lat') && nearest(prefix, [LATTICE_PREFIX]) !== undefined;
}

const foreignAction: Check = eachAction((entry) => {
  const prefix = partsOf(entry)?.prefix;
  if (prefix === undefined || prefix === LATTICE_PREFIX || prefix === 'vpc-lattice' || /[*?]/.test(prefix))
    return undefined;
  if (!/^[a-z0-9-]+$/.test(prefix) || isNearLattice(prefix)) return undefined;
  return complaint(entry, `${quote(entry.text)} is never asked of an auth policy: only \`Invoke\` and \`Connect\` are`);
});

const latticeNotAction: Check = eachStatement(({ action }) =>
  action.negated ? complaint(action, "`NotAction` is not documented for Lattice's auth policies") : undefined,
);

/** A policy that speaks of Lattice's data plane in its Allows but never allows Invoke. */
function* identityWithoutInvoke({ policy }: LintSubject): Iterable<Complaint> {
  const allowed = policy.statements.filter(({ effect, action }) => effect === 'Allow' && !action.negated);
  const entries = allowed.flatMap(({ action }) => action.entries);
  const [first] = entries.filter((entry) => partsOf(entry)?.prefix === LATTICE_PREFIX);
  const invokes = ({ text }: SourceString) => matchesGlob(compileGlob(text.toLowerCase()), `${LATTICE_PREFIX}:invoke`);
  const excepts = policy.statements.some(({ effect, action }) => effect === 'Allow' && action.negated);
  if (first === undefined || excepts || entries.some(invokes)) return;
  const message = `no statement allows \`${LATTICE_PREFIX}:Invoke\`, which callers of HTTP services need`;
  yield complaint(first, message);
}

export const ACTION_RULES: readonly Rule[] = [
  { code: 'INVALID_ACTION', severity: 'error', applies: anyType, check: unknownLatticeAction },
  { code: 'INVALID_SERVICE_IN_ACTION', severity: 'error', applies: anyType, check: oddPrefix },
  { code: 'UNSUPPORTED_ACTION_IN_POLICY', severity: 'error', applies: onlyTypes('auth'), check: foreignAction },
  { code: 'VARIABLE_UNSUPPORTED_IN_ELEMENT', severity: 'error', applies: anyType, check: variableInAction },
  { code: 'EMPTY_ARRAY_ACTION', severity: 'suggestion', applies: anyType, check: emptyAction },
  { code: 'WILDCARD_IN_SERVICE_NAME', severity: 'suggestion', applies: anyType, check: wildcardPrefix },
  { code: 'LATTICE_ACTION_PREFIX', severity: 'error', applies: anyType, check: controlPlanePrefix },
  { code: 'LATTICE_NOT_ACTION', severity: 'warning', applies: onlyTypes('auth'), check: latticeNotAction },
  {
    code: 'LATTICE_IDENTITY_WITHOUT_INVOKE',
    severity: 'warning',
    applies: onlyTypes('identity', 'permissionsBoundary', 'session'),
    check: identityWithoutInvoke,
  },
];
