// Principal and NotPrincipal (docs/evaluation.md, PRINCIPAL-1..13): one matcher per entry, with the kind of grant that an
// Allow naming it would be (IAM-4).
import type { AssumptionId } from '../assumptions.js';
import type { ElementList, PolicyType, PrincipalEntry } from '../model.js';
import { ALWAYS, anyTest, type RequestState, type Test } from '../request-state.js';
import { FALSE, TRUE, type Tri, tri, UNDECIDED } from '../tri.js';
import { splitArn } from './arn.js';
import { accountKey, arnKey, type Caller, idKey, nameKey, parseCallerArn, roleKey, withoutSession } from './caller.js';

/** How much a resource policy's Allow gives within one account; higher is stronger. */
export const GRANT = { none: 0, account: 1, userOfFederated: 2, role: 3, direct: 4 } as const;
export type Grant = (typeof GRANT)[keyof typeof GRANT];

export interface PrincipalMatcher {
  readonly entry: PrincipalEntry;
  readonly test: Test;
  /** The grant to a caller that matches. */
  grant(caller: Caller): Grant;
  /** Where the statement index files this entry; `undefined`: it can match callers of any key. */
  readonly indexKey: string | undefined;
}

const UNIQUE_ID = /^A[A-Z0-9]{15,}$/;

export function compilePrincipalEntry(entry: PrincipalEntry): PrincipalMatcher {
  if (entry.kind === 'Service')
    return named(entry, (caller) => caller.kind === 'service' && caller.name === entry.text);
  if (entry.kind === 'Federated') return federated(entry);
  if (entry.kind === 'CanonicalUser') return canonical(entry);
  if (entry.text === '*') return { entry, test: ALWAYS, grant: () => GRANT.direct, indexKey: undefined };
  if (/^\d{12}$/.test(entry.text)) return account(entry, undefined, entry.text);
  if (UNIQUE_ID.test(entry.text)) return uniqueId(entry);
  return arnPrincipal(entry);
}

function named(entry: PrincipalEntry, matches: (caller: Caller) => boolean): PrincipalMatcher {
  return {
    entry,
    test: (state) => tri(matches(state.caller)),
    grant: () => GRANT.direct,
    indexKey: nameKey(entry.text),
  };
}

function federated(entry: PrincipalEntry): PrincipalMatcher {
  return named(
    entry,
    (caller) => (caller.kind === 'provider' || caller.kind === 'service') && caller.arn === entry.text,
  );
}

function canonical(entry: PrincipalEntry): PrincipalMatcher {
  return {
    entry,
    test: (state) => tri(state.caller.principal?.canonicalUserId === entry.text),
    // A canonical id is another name of an account: a grant to it delegates.
    grant: () => GRANT.account,
    indexKey: idKey(entry.text),
  };
}

function account(entry: PrincipalEntry, partition: string | undefined, id: string): PrincipalMatcher {
  const assumption = entry.bare ? 'principal-bare-account' : undefined;
  const test = (state: RequestState): Tri => {
    const { caller } = state;
    const matched = caller.account === id && (partition === undefined || caller.partition === partition);
    if (matched && assumption !== undefined) state.assumed.push(assumption);
    return tri(matched);
  };
  return { entry, test, grant: () => GRANT.account, indexKey: accountKey(id) };
}

function uniqueId(entry: PrincipalEntry): PrincipalMatcher {
  return {
    entry,
    test: (state) => {
      const id = state.caller.principal?.uniqueId;
      return tri(id !== undefined && withoutSession(id) === entry.text);
    },
    grant: (caller) => (caller.kind === 'session' || caller.kind === 'role' ? GRANT.role : GRANT.direct),
    indexKey: idKey(entry.text),
  };
}

function arnPrincipal(entry: PrincipalEntry): PrincipalMatcher {
  const parsed = parseCallerArn(entry.text);
  switch (parsed?.kind) {
    case 'root':
      return account(entry, parsed.partition, parsed.account);
    case 'role':
    case 'session': {
      const wanted = { partition: parsed.partition, account: parsed.account, name: parsed.name, arn: entry.text };
      const test = parsed.kind === 'role' ? roleTest(wanted) : sessionTest(wanted, parsed.sessionName ?? '');
      const grant = parsed.kind === 'role' ? GRANT.role : GRANT.direct;
      return { entry, test, grant: () => grant, indexKey: roleKey(parsed.account, parsed.name) };
    }
    case 'user':
      return userPrincipal(entry);
    default:
      return {
        entry,
        test: (state) => tri(state.caller.arn === entry.text),
        grant: () => GRANT.direct,
        indexKey: parsed?.kind === 'provider' ? nameKey(entry.text) : arnKey(entry.text),
      };
  }
}

interface WantedRole {
  readonly partition: string;
  readonly account: string;
  readonly name: string;
  readonly arn: string;
}

/** Same role by account and name; notes a name or path that differs. */
function isRole(state: RequestState, wanted: WantedRole): boolean {
  const { caller } = state;
  if (caller.kind !== 'session' && caller.kind !== 'role') return false;
  if (caller.account !== wanted.account || caller.partition !== wanted.partition) return false;
  if (caller.name === wanted.name) return true;
  if (caller.name.toLowerCase() !== wanted.name.toLowerCase()) return false;
  state.assumed.push('principal-role-casing');
  return true;
}

function roleTest(wanted: WantedRole): Test {
  return (state) => {
    if (!isRole(state, wanted)) return FALSE;
    const { roleArn } = state.caller;
    if (roleArn !== undefined && roleArn.toLowerCase() !== wanted.arn.toLowerCase()) {
      state.assumed.push('principal-role-path');
    }
    return TRUE;
  };
}

function sessionTest(wanted: WantedRole, sessionName: string): Test {
  return (state) => {
    const { caller } = state;
    if (caller.kind === 'session' && caller.sessionName !== sessionName) return FALSE;
    if (!isRole(state, wanted)) return FALSE;
    if (caller.kind === 'session') return TRUE;
    state.assumed.push('principal-session-unknown');
    return UNDECIDED;
  };
}

function userPrincipal(entry: PrincipalEntry): PrincipalMatcher {
  const isFederation = (caller: Caller): boolean =>
    caller.kind === 'federatedUser' && caller.principal?.federatedBy === entry.text;
  return {
    entry,
    test: ({ caller }) => tri(caller.arn === entry.text || isFederation(caller)),
    grant: (caller) => (isFederation(caller) ? GRANT.userOfFederated : GRANT.direct),
    indexKey: arnKey(entry.text),
  };
}

/** The test of a whole Principal or NotPrincipal element. */
export function compilePrincipal(
  element: ElementList<PrincipalEntry>,
  matchers: readonly PrincipalMatcher[],
  options: { type: PolicyType; effect: 'Allow' | 'Deny' },
): Test {
  const tests = matchers.map((matcher) => matcher.test);
  const [only] = tests;
  if (!element.negated) return tests.length === 1 && only !== undefined ? only : (state) => anyTest(tests, state);
  const assumption: AssumptionId | undefined = options.type === 'auth' ? 'not-principal-lattice' : undefined;
  const bindsBoundary = options.effect === 'Deny';
  return (state) => {
    if (bindsBoundary && state.hasBoundary) return TRUE;
    if (assumption !== undefined) state.assumed.push(assumption);
    const excepted = anyTest(tests, state);
    if (excepted !== FALSE && !listsAccount(element, state.caller)) state.assumed.push('not-principal-account');
    return (TRUE - excepted) as Tri;
  };
}

/** AWS asks that a NotPrincipal names the account beside the role or user (PRINCIPAL-11). */
function listsAccount(element: ElementList<PrincipalEntry>, caller: Caller): boolean {
  if (caller.account === '') return true;
  return element.entries.some(({ text }) => {
    if (text === '*' || text === caller.account) return true;
    const parts = splitArn(text);
    return parts?.[4] === caller.account && parts[5] === 'root';
  });
}
