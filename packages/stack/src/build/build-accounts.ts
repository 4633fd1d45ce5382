// build-accounts.ts — accounts and VPCs.
import type { OrganizationDocument, VpcDocument } from '../document.js';
import type { Account, ByName, Organization, StackPolicy, Vpc } from '../model.js';
import { isCidr } from '../names/cidr.js';
import { pointerSegment } from '../source/source-tree.js';
import { quote } from '../text/quote.js';
import { resolveAccount } from './build-arn.js';
import type { BuildContext } from './build-context.js';
import { byName } from './by-name.js';

export function buildAccounts(context: BuildContext): ByName<Account> {
  return byName(context.document.accounts, (name, written) => {
    const pointer = `/accounts${pointerSegment(name)}`;
    const short = typeof written === 'string';
    const id = short ? written : written.id;
    context.claim('account', id, short ? pointer : `${pointer}/id`, 'the account id');
    return {
      name,
      place: context.keyPlace(pointer),
      id,
      organization: short ? undefined : buildOrganization(written.organization),
      scps: short ? undefined : buildLevels(context, `${pointer}/scps`, written.scps),
    };
  });
}

export function buildOrganization(written: OrganizationDocument | undefined): Organization | undefined {
  return written && { id: written.id, paths: written.paths ?? [], management: written.management ?? false };
}

/** The policies of each SCP level, the root first. */
export function buildLevels(
  context: BuildContext,
  pointer: string,
  levels: readonly (readonly unknown[])[] | undefined,
): readonly (readonly StackPolicy[])[] | undefined {
  return levels?.map((level, index) => buildPolicies(context, `${pointer}/${index}`, level));
}

/** The policies of a list. */
export function buildPolicies(context: BuildContext, pointer: string, list: readonly unknown[] = []): StackPolicy[] {
  return list.flatMap((_, index) => context.policy(`${pointer}/${index}`) ?? []);
}

export function buildVpcs(context: BuildContext): ByName<Vpc> {
  return byName(context.document.vpcs, (name, written) => {
    const pointer = `/vpcs${pointerSegment(name)}`;
    context.claim('vpc', written.id, `${pointer}/id`, 'the VPC id');
    checkCidrs(context, pointer, written);
    return {
      name,
      place: context.keyPlace(pointer),
      id: written.id,
      accountId: vpcAccount(context, pointer, written),
      cidrs: written.cidrs ?? [],
      tags: byName(written.tags, (_, value) => value),
    };
  });
}

function vpcAccount(context: BuildContext, pointer: string, { account }: VpcDocument): string | undefined {
  if (account !== undefined) return resolveAccount(context, account, `${pointer}/account`);
  const top = context.document.account;
  return top === undefined ? undefined : resolveAccount(context, top, '/account');
}

function checkCidrs(context: BuildContext, pointer: string, { cidrs = [] }: VpcDocument): void {
  for (const [index, cidr] of cidrs.entries()) {
    if (isCidr(cidr)) continue;
    context.report(
      'ERR_STACK_VALUE',
      `${pointer}/cidrs/${index}`,
      `${quote(cidr)} is not a CIDR such as \`10.0.0.0/16\``,
    );
  }
}
