// build-arn.ts — the ARN of a Lattice resource: as it was written, or from id, account and region, where account and
// region fall back to those at the top of the file.
import type { ArnDocument } from '../document.js';
import { type LatticeArn, type LatticeResource, latticeArn, parseLatticeArn } from '../names/arn.js';
import { quote } from '../text/quote.js';
import type { BuildContext } from './build-context.js';

const WORDS: Readonly<Record<LatticeResource, string>> = {
  service: 'service',
  servicenetwork: 'service network',
  targetgroup: 'target group',
};

/** Id and ARN of a resource; undefined when they can't be known, which has then been reported. */
export function buildArn(
  context: BuildContext,
  pointer: string,
  resource: LatticeResource,
  document: ArnDocument,
): { id: string; arn: string } | undefined {
  const parts =
    document.arn === undefined ? fromParts(context, pointer, document) : fromArn(context, pointer, resource, document);
  if (parts === undefined) return undefined;
  const at = `${pointer}/${document.arn === undefined ? 'id' : 'arn'}`;
  context.claim(resource, parts.id, at, `the ${WORDS[resource]} id`);
  return { id: parts.id, arn: latticeArn(resource, parts) };
}

function fromArn(
  context: BuildContext,
  pointer: string,
  resource: LatticeResource,
  { arn = '', id, account, region }: ArnDocument,
): LatticeArn | undefined {
  const parts = parseLatticeArn(arn, resource);
  if (parts === undefined) {
    context.report('ERR_STACK_VALUE', `${pointer}/arn`, `${quote(arn)} is not the ARN of a ${WORDS[resource]}`);
    return undefined;
  }
  const accountId = account === undefined ? undefined : resolveAccount(context, account, `${pointer}/account`);
  const given = { id, region, account: accountId };
  const stated = { id: parts.id, region: parts.region, account: parts.accountId };
  for (const key of ['id', 'region', 'account'] as const) {
    if (given[key] === undefined || given[key] === stated[key]) continue;
    const message = `${quote(given[key])} is not the ${key} in the ARN, ${quote(stated[key])}`;
    context.report('ERR_STACK_COMBINATION', `${pointer}/${key}`, message);
  }
  return parts;
}

function fromParts(context: BuildContext, pointer: string, written: ArnDocument): LatticeArn | undefined {
  const { document } = context;
  const account = written.account ?? document.account;
  const region = written.region ?? document.region;
  const missing = [
    ...(written.id === undefined ? ['id'] : []),
    ...(account === undefined && !context.isBroken('/account') ? ['account'] : []),
    ...(region === undefined && !context.isBroken('/region') ? ['region'] : []),
  ];
  if (missing.length > 0) {
    const needs = missing.includes('id')
      ? 'needs `arn`, or `id`'
      : `needs ${missing.map(quote).join(' and ')}, here or at the top`;
    context.reportKey('ERR_STACK_SCHEMA', pointer, needs);
    return undefined;
  }
  const at = written.account === undefined ? '/account' : `${pointer}/account`;
  const accountId = account === undefined ? undefined : resolveAccount(context, account, at);
  if (written.id === undefined || accountId === undefined || region === undefined) return undefined;
  return { partition: document.partition ?? 'aws', region, accountId, id: written.id };
}

/** The id of an account that is named or given by its id. */
export function resolveAccount(context: BuildContext, account: string, pointer: string): string | undefined {
  const named = context.document.accounts?.[account];
  if (named !== undefined) return typeof named === 'string' ? named : named.id;
  if (/^[0-9]{12}$/.test(account)) return account;
  context.refer('accounts', account, pointer);
  return undefined;
}
