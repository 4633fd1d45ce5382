// The context keys that follow from who calls (docs/evaluation.md, KEY-5..8).
import type { AssumptionLog } from '../assumption-log.js';
import type { ConditionKey } from '../condition/condition-key.js';
import type { Caller, CallerKind } from '../match/caller.js';
import { type KeyValue, UNKNOWN_VALUE } from '../request-state.js';
import { readTag } from './tags.js';

const PRINCIPAL_TYPES: Readonly<Record<CallerKind, string | undefined>> = {
  anonymous: 'Anonymous',
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  session: 'AssumedRole',
  federatedUser: 'FederatedUser',
  provider: undefined,
  service: undefined,
};

/** The value of a key of the caller, or `undefined` when the caller has none or `key` is of another source. */
export function principalKeyValue(caller: Caller, key: ConditionKey, assumed: AssumptionLog): KeyValue {
  switch (key.source) {
    case 'aws:PrincipalArn':
      return principalArn(caller, assumed);
    case 'aws:PrincipalAccount':
      return caller.kind === 'anonymous' ? anonymousValue(assumed) : caller.account === '' ? undefined : caller.account;
    case 'aws:PrincipalType':
      return PRINCIPAL_TYPES[caller.kind];
    case 'aws:userid':
      return userid(caller, assumed);
    case 'aws:username':
      return caller.kind === 'user' ? caller.name : undefined;
    case 'aws:PrincipalOrgID':
      return caller.principal?.orgId;
    case 'aws:PrincipalOrgPaths':
      return caller.principal?.orgPaths;
    case 'aws:PrincipalTag/':
      return readTag(caller.principal?.tags, key.name, assumed);
    default:
      return undefined;
  }
}

function anonymousValue(assumed: AssumptionLog): string {
  assumed.push('anonymous-keys');
  return 'anonymous';
}

function principalArn(caller: Caller, assumed: AssumptionLog): string | undefined {
  if (caller.kind === 'anonymous' || caller.kind === 'service') return undefined;
  if (caller.kind !== 'session') return caller.arn;
  if (caller.roleArn !== undefined) return caller.roleArn;
  assumed.push('principal-arn-path');
  return caller.pathlessRoleArn;
}

function userid(caller: Caller, assumed: AssumptionLog): string | undefined | typeof UNKNOWN_VALUE {
  const uniqueId = caller.principal?.uniqueId;
  switch (caller.kind) {
    case 'anonymous':
      return anonymousValue(assumed);
    case 'root':
      return caller.account;
    case 'federatedUser':
      return `${caller.account}:${caller.name}`;
    case 'session':
      return uniqueId === undefined || uniqueId.includes(':') ? uniqueId : `${uniqueId}:${caller.sessionName}`;
    case 'role':
      if (uniqueId?.includes(':')) return uniqueId;
      assumed.push('principal-session-unknown');
      return UNKNOWN_VALUE;
    default:
      return uniqueId;
  }
}
