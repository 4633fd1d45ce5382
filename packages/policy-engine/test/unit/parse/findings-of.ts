// findings-of.ts — what parsing says of a document, short enough to be compared in tables.
import type { PolicyType } from '../../../src/model.js';
import { parsePolicyFindings } from '../../../src/parse/parse-policy.js';

/** `CODE /pointer` of each finding, in the order of the text. */
export function findingsOf(source: string | object, type: PolicyType = 'auth'): string[] {
  return parsePolicyFindings(source, { type }).findings.map(({ code, pointer }) => `${code} ${pointer}`);
}

/** Codes and messages of a document. */
export function messagesOf(source: string | object, type: PolicyType = 'auth'): string[] {
  return parsePolicyFindings(source, { type }).findings.map(({ message }) => message);
}

/** A document with one statement: a correct one for the type of policy, with changes; `undefined` takes an element out. */
export function documentOf(changes: object, type: PolicyType = 'auth'): object {
  const callerSide = ['identity', 'permissionsBoundary', 'session', 'scp'].includes(type);
  const principal = callerSide ? {} : { Principal: '*' };
  const statement = { Effect: 'Deny', ...principal, Action: 'vpc-lattice-svcs:Invoke', Resource: '*', ...changes };
  return { Version: '2012-10-17', Statement: [statement] };
}
