// ask-policies.ts: a request whose caller is known, put to those who are to be asked about it: all must allow.
import type { Decision, LatticeRequest } from '@lattice-auth/policy-engine';
import type { RejectedVerification } from '@lattice-auth/sigv4-fetch/core';
import type { DecisionRecord, JudgedRequest } from '../http/exchange.js';
import { headerRecord } from '../policy/decided.js';
import type { Asked } from './find-authorizers.js';
import { IDENTITY_HEADERS } from './identity-headers.js';
import type { LatticeIdentity } from './lattice-identity.js';

/** A decision, and what its layer is called when it is none of Lattice's own. */
export interface Answered {
  readonly decision: Decision;
  readonly layer: string | undefined;
}

/** Headers that only Lattice writes; policies do not see them. */
export const isIdentityHeader = (name: string) => IDENTITY_HEADERS.has(name);

/** The first that denies, or the last that allows. */
export function askPolicies(asked: readonly Asked[], request: LatticeRequest): Answered {
  let last: Answered | undefined;
  for (const { authorizer, layer } of asked) {
    last = { decision: authorizer.authorize(request), layer };
    if (last.decision.decision === 'deny') return last;
  }
  // INVARIANT: the configuration makes sure that somebody is asked; were nobody, nothing would be allowed.
  if (last === undefined) throw new Error('no policy was asked');
  return last;
}

/** The question for the engine. */
export function latticeRequest(
  { method, target, headers, protocol }: JudgedRequest,
  identity: LatticeIdentity,
  caller: LatticeRequest['caller'],
  withHeaders: boolean,
): LatticeRequest {
  return {
    principal: identity.principal,
    caller,
    protocol,
    method,
    path: target,
    headers: withHeaders ? headerRecord(headers, isIdentityHeader) : undefined,
    port: identity.port,
    sourceVpc: identity.sourceVpc,
    sourceVpcOwnerAccount: identity.sourceVpcOwnerAccount,
    sourceIp: identity.sourceIp,
    time: new Date(),
  };
}

/** The record of a signature that does not hold: a denial before any policy. */
export function rejectedSignature(
  { code, message }: RejectedVerification,
  mode: DecisionRecord['mode'],
  startedAtMs: number,
): { record: DecisionRecord; message: string } {
  const durationMs = performance.now() - startedAtMs;
  return { record: { mode, effect: 'deny', layer: 'signature', reason: code, durationMs }, message };
}
