// build-principals.ts — callers: who they are by their ARN, and the policies on their own side.
import { isIP } from 'node:net';
import type { CallerPolicies, Principal } from '@lattice-auth/policy-engine';
import type { CallerPoliciesDocument, PrincipalDocument } from '../document.js';
import type { Account, ByName, Organization, StackPolicy, StackPrincipal } from '../model.js';
import { type CallerArn, parseCallerArn } from '../names/arn.js';
import { pointerSegment } from '../source/source-tree.js';
import { quote } from '../text/quote.js';
import { buildLevels, buildOrganization, buildPolicies } from './build-accounts.js';
import type { BuildContext } from './build-context.js';
import { byName } from './by-name.js';

/** What every unsigned caller is called. */
export const ANONYMOUS = 'anonymous';

export function buildPrincipals(context: BuildContext, accounts: ByName<Account>): ByName<StackPrincipal> {
  const accountsById = new Map(Object.values(accounts).map((account) => [account.id, account]));
  return byName(context.document.principals, (name, written) => {
    const pointer = `/principals${pointerSegment(name)}`;
    if (name === ANONYMOUS) {
      context.reportKey('ERR_STACK_VALUE', pointer, '`anonymous` is every unsigned caller and can not be defined');
      return undefined;
    }
    const caller = checkPrincipal(context, pointer, written);
    if (caller === undefined) return undefined;
    const account = caller.accountId === undefined ? undefined : accountsById.get(caller.accountId);
    return {
      name,
      place: context.keyPlace(pointer),
      kind: caller.kind,
      accountId: caller.accountId,
      principal: buildPrincipal(written, buildOrganization(written.organization) ?? account?.organization),
      ...buildCaller(context, `${pointer}/policies`, written.policies, account),
      vpc: written.vpc,
      sourceIp: written.sourceIp,
    };
  });
}

function checkPrincipal(context: BuildContext, pointer: string, written: PrincipalDocument): CallerArn | undefined {
  const { arn, kind, vpc, sourceIp } = written;
  if (vpc !== undefined) context.refer('vpcs', vpc, `${pointer}/vpc`);
  if (sourceIp !== undefined && isIP(sourceIp) === 0) {
    context.report('ERR_STACK_VALUE', `${pointer}/sourceIp`, `${quote(sourceIp)} is not an IP address`);
  }
  const caller = parseCallerArn(arn);
  if (caller === undefined) {
    const message = `${quote(arn)} is not the ARN of a role, session, user, root user, federated user or identity provider, nor a service principal`;
    context.report('ERR_STACK_VALUE', `${pointer}/arn`, message);
    return undefined;
  }
  if (kind !== undefined && kind !== caller.kind) {
    context.report(
      'ERR_STACK_COMBINATION',
      `${pointer}/kind`,
      `the ARN is that of a ${quote(caller.kind)}, not of a ${quote(kind)}`,
    );
  }
  checkSession(context, pointer, written, caller);
  return caller;
}

/** Settings that only mean something for one kind of caller. */
function checkSession(context: BuildContext, pointer: string, written: PrincipalDocument, caller: CallerArn): void {
  const refuse = (key: string, message: string) =>
    context.reportKey('ERR_STACK_COMBINATION', `${pointer}/${key}`, message);
  const { sessionName, roleArn, federatedBy } = written;
  if (sessionName !== undefined && caller.kind !== 'role' && sessionName !== caller.sessionName) {
    refuse('sessionName', caller.kind === 'session' ? 'not the session name in the ARN' : '`sessionName` is for roles');
  }
  if (roleArn !== undefined) {
    if (caller.kind !== 'session') refuse('roleArn', '`roleArn` is for sessions');
    else if (!isRoleOf(roleArn, written.arn)) refuse('roleArn', 'not the ARN of the role that the session is of');
  }
  if (federatedBy !== undefined && caller.kind !== 'federatedUser')
    refuse('federatedBy', '`federatedBy` is for federated users');
}

/** Whether `session` (`…:assumed-role/R/S`) is a session of `role` (`…:role/path/R`). */
function isRoleOf(role: string, session: string): boolean {
  const caller = parseCallerArn(role);
  if (caller?.kind !== 'role' || caller.accountId !== parseCallerArn(session)?.accountId) return false;
  return role.split('/').at(-1) === session.split('/').at(1);
}

function buildPrincipal(written: PrincipalDocument, organization: Organization | undefined): Principal {
  return {
    arn: written.arn,
    uniqueId: written.uniqueId,
    orgId: organization?.id,
    orgPaths: organization && organization.paths.length > 0 ? organization.paths : undefined,
    tags: written.tags && byName(written.tags, (_, value) => value),
    sessionName: written.sessionName,
    roleArn: written.roleArn,
    federatedBy: written.federatedBy,
    inManagementAccount: organization?.management,
  };
}

function buildCaller(
  context: BuildContext,
  pointer: string,
  written: PrincipalDocument['policies'],
  account: Account | undefined,
): { caller: CallerPolicies | 'assume-allowed'; policies: StackPolicy[] } {
  if (written === 'assume-allowed') return { caller: written, policies: [] };
  const own: CallerPoliciesDocument = written ?? {};
  const identity = buildPolicies(context, `${pointer}/identity`, own.identity);
  const boundary = context.policy(`${pointer}/permissionsBoundary`);
  const session = own.session && buildPolicies(context, `${pointer}/session`, own.session);
  const scps = buildLevels(context, `${pointer}/scps`, own.scps) ?? account?.scps;
  return {
    caller: {
      identity: identity.map(({ policy }) => policy),
      permissionsBoundary: boundary?.policy,
      session: session?.map(({ policy }) => policy),
      scps: scps?.map((level) => level.map(({ policy }) => policy)),
    },
    policies: [...identity, ...(boundary ? [boundary] : []), ...(session ?? []), ...(scps ?? []).flat()],
  };
}
