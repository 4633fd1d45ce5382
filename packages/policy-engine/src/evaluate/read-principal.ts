// Reads the `principal` of a request into a Caller, with a bounded memory of ARNs already read.
import { PARSED_PRINCIPALS_MAX } from '../limits.js';
import { ANONYMOUS, type Caller, type CallerArn, describeCaller, parseCallerArn } from '../match/caller.js';
import type { Principal } from '../model.js';
import { isRecord, UnreadableRequest } from './context-values.js';

const ARN_LENGTH_MAX = 2048;

/** Remembers the parsed form of the ARNs that call often. */
export class CallerReader {
  readonly #parsed = new Map<string, CallerArn>();

  /** @throws UnreadableRequest when `principal` is neither `'anonymous'` nor a Principal */
  read(principal: unknown): Caller {
    if (principal === 'anonymous') return ANONYMOUS;
    if (!isRecord(principal)) throw new UnreadableRequest("principal must be an object with an arn, or 'anonymous'");
    const { arn } = principal;
    if (typeof arn !== 'string') throw new UnreadableRequest('principal.arn must be a string');
    checkPrincipal(principal);
    const caller = this.#arn(arn);
    if (caller.kind === 'session' && principal.roleArn !== undefined)
      this.#checkRole(caller, String(principal.roleArn));
    return describeCaller(caller, principal as unknown as Principal);
  }

  /** A role ARN of somebody else would let the session in by that one's permissions. */
  #checkRole(session: CallerArn, roleArn: string): void {
    const role = roleArn.length > ARN_LENGTH_MAX ? undefined : parseCallerArn(roleArn);
    const same =
      role?.kind === 'role' &&
      role.partition === session.partition &&
      role.account === session.account &&
      role.name.toLowerCase() === session.name.toLowerCase();
    if (!same) throw new UnreadableRequest('principal.roleArn is not the role that principal.arn is a session of');
  }

  #arn(arn: string): CallerArn {
    const known = this.#parsed.get(arn);
    if (known !== undefined) return known;
    const parsed = arn.length > ARN_LENGTH_MAX ? undefined : parseCallerArn(arn);
    if (parsed === undefined) {
      throw new UnreadableRequest(
        'principal.arn is not a role, session, user, root user, federated user, identity provider or service principal',
      );
    }
    if (this.#parsed.size >= PARSED_PRINCIPALS_MAX) this.#parsed.clear();
    this.#parsed.set(arn, parsed);
    return parsed;
  }
}

function checkPrincipal(principal: Record<string, unknown>): void {
  const { uniqueId, orgId, sessionName, roleArn, federatedBy, canonicalUserId } = principal;
  checkText(uniqueId, 'principal.uniqueId');
  checkText(orgId, 'principal.orgId');
  checkText(sessionName, 'principal.sessionName');
  checkText(roleArn, 'principal.roleArn');
  checkText(federatedBy, 'principal.federatedBy');
  checkText(canonicalUserId, 'principal.canonicalUserId');
  const { orgPaths, tags, inManagementAccount } = principal;
  if (orgPaths !== undefined && !isStringList(orgPaths)) {
    throw new UnreadableRequest('principal.orgPaths must be a list of strings');
  }
  if (inManagementAccount !== undefined && typeof inManagementAccount !== 'boolean') {
    throw new UnreadableRequest('principal.inManagementAccount must be a boolean');
  }
  if (tags !== undefined) checkTags(tags, 'principal.tags');
}

/** @throws UnreadableRequest when `value` is there and no string */
export function checkText(value: unknown, where: string): void {
  if (value !== undefined && typeof value !== 'string') throw new UnreadableRequest(`${where} must be a string`);
}

/** @throws UnreadableRequest when `tags` is not an object of strings */
export function checkTags(tags: unknown, where: string): void {
  if (!isRecord(tags)) throw new UnreadableRequest(`${where} must be an object of names to strings`);
  for (const name of Object.keys(tags)) {
    if (typeof tags[name] !== 'string')
      throw new UnreadableRequest(`${where}[${JSON.stringify(name)}] must be a string`);
  }
}

/** A hole is no string. `every` would pass over holes, each of 2^32 of them. */
export function isStringList(value: unknown): value is readonly string[] {
  if (!Array.isArray(value)) return false;
  for (const item of value) if (typeof item !== 'string') return false;
  return true;
}
