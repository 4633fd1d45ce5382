// sts-operations.ts — what STS does here: sessions of the stack's roles for its principals. Who may assume which role is
// not asked, since a stack has no trust policies; what a session may do then is the engine's to say.
import { type Policy, PolicyError, parsePolicy } from '@lattice-auth/policy-engine';
import type { Stack } from '@lattice-auth/stack';
import type { CredentialBook, KnownKey, SessionCredentials } from '../credential-book.js';
import { sessionOf } from '../data-plane/identity-headers.js';
import type { QueryParameters } from './query-parameters.js';
import { findRole, inheritedTags, principalSession, roleSession, sessionArnOf, uniqueIdOf } from './role-session.js';
import { type SessionTags, tagsOfCall, tagsOfToken } from './session-tags.js';
import { StsError } from './sts-error.js';
import type { XmlElements } from './sts-xml.js';
import { readWebIdentity } from './web-identity.js';

/** What an operation works with. */
interface StsContext {
  readonly parameters: QueryParameters;
  readonly stack: Stack;
  readonly book: CredentialBook;
  readonly nowMs: number;
  /** The key that the call was signed with; throws when it was not, or wrongly. */
  readonly caller: () => KnownKey;
}

/** An operation of STS: its result. */
type StsOperation = (context: StsContext) => XmlElements;

const ROLE_ARN = /^\S+$/;
const SESSION_NAME = /^[\w+=,.@-]*$/;
const ANY_TEXT = /[\s\S]*/;
const POLICY_CHARS_MAX = 2_048;
const DURATION_S = { min: 900, max: 43_200, default: 3_600 };

/** The operations by their names. */
export const STS_OPERATIONS: ReadonlyMap<string, StsOperation> = new Map([
  ['AssumeRole', assumeRole],
  ['AssumeRoleWithWebIdentity', assumeRoleWithWebIdentity],
  ['GetCallerIdentity', getCallerIdentity],
  ['GetSessionToken', getSessionToken],
]);

function assumeRole(context: StsContext): XmlElements {
  const { parameters } = context;
  const { caller, sessionToken } = context.caller();
  const { roleArn, sessionName, durationS, policy } = sessionParameters(parameters);
  if (sessionToken !== undefined && durationS > DURATION_S.default) {
    const message = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining';
    throw new StsError('ValidationError', message);
  }
  const sourceIdentity = parameters.optional('SourceIdentity', SESSION_NAME, 2, 64);
  const tags = tagsOfCall(parameters, inheritedTags(caller));
  if (findRole(context.stack, roleArn, sessionName) === undefined) {
    const { arn } = sessionOf(caller.principal);
    const message = `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    throw new StsError('AccessDenied', message, ['the stack has no principal with this role ARN']);
  }
  return { ...openSession(context, { roleArn, sessionName, durationS, policy, tags }), SourceIdentity: sourceIdentity };
}

function assumeRoleWithWebIdentity(context: StsContext): XmlElements {
  const { parameters, nowMs } = context;
  const { roleArn, sessionName, durationS, policy } = sessionParameters(parameters);
  const token = parameters.required('WebIdentityToken', ANY_TEXT, 4, 20_000);
  const { subject, audience, provider, claims } = readWebIdentity(token, nowMs);
  const tags = tagsOfToken(claims);
  if (findRole(context.stack, roleArn, sessionName) === undefined) {
    const message = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
    throw new StsError('AccessDenied', message, [`the stack has no principal with the role ARN ${roleArn}`]);
  }
  return {
    SubjectFromWebIdentityToken: subject,
    Audience: audience,
    Provider: provider,
    ...openSession(context, { roleArn, sessionName, durationS, policy, tags }),
  };
}

function getCallerIdentity(context: StsContext): XmlElements {
  const { principal } = context.caller().caller;
  const { arn } = sessionOf(principal);
  return { Arn: arn, UserId: uniqueIdOf(principal), Account: arn.split(':')[4] };
}

function getSessionToken(context: StsContext): XmlElements {
  const { caller, sessionToken } = context.caller();
  if (sessionToken !== undefined) {
    throw new StsError('AccessDenied', 'Cannot call GetSessionToken with session credentials');
  }
  const durationS = context.parameters.integer('DurationSeconds', DURATION_S.min, 129_600, DURATION_S.max);
  const session = principalSession(caller.name, expirationOf(context, durationS));
  context.book.addSession(session);
  return { Credentials: credentialsXml(session) };
}

function sessionParameters(parameters: QueryParameters) {
  const roleArn = parameters.required('RoleArn', ROLE_ARN, 20, 2_048);
  const sessionName = parameters.required('RoleSessionName', SESSION_NAME, 2, 64);
  const durationS = parameters.integer('DurationSeconds', DURATION_S.min, DURATION_S.max, DURATION_S.default);
  if (parameters.list('PolicyArns', ['arn'], 10).length > 0) {
    throw new StsError('ValidationError', 'PolicyArns is not supported here: put the policy into Policy.');
  }
  return { roleArn, sessionName, durationS, policy: sessionPolicy(parameters.get('Policy')) };
}

function sessionPolicy(text: string | undefined): Policy | undefined {
  if (text === undefined) return undefined;
  if (text.length > POLICY_CHARS_MAX) {
    throw new StsError('PackedPolicyTooLarge', `Policy is longer than ${POLICY_CHARS_MAX} characters.`);
  }
  try {
    return parsePolicy(text, { type: 'session', name: 'session policy' });
  } catch (error) {
    if (error instanceof PolicyError) throw new StsError('MalformedPolicyDocument', error.message);
    throw error;
  }
}

interface NewSession {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly durationS: number;
  readonly policy: Policy | undefined;
  readonly tags: SessionTags;
}

function openSession(context: StsContext, { durationS, ...asked }: NewSession): XmlElements {
  const session = roleSession({ ...asked, expiration: expirationOf(context, durationS) });
  const principal = session.callerIn(context.stack)?.principal;
  context.book.addSession(session);
  return {
    AssumedRoleUser: {
      AssumedRoleId: principal && uniqueIdOf(principal),
      Arn: sessionArnOf(asked.roleArn, asked.sessionName),
    },
    Credentials: credentialsXml(session),
    PackedPolicySize: asked.policy && Math.ceil((asked.policy.source.length * 100) / POLICY_CHARS_MAX),
  };
}

function expirationOf({ nowMs }: StsContext, durationS: number): Date {
  // Whole seconds, as they are told to the client.
  return new Date((Math.floor(nowMs / 1000) + durationS) * 1000);
}

function credentialsXml({ accessKeyId, secretAccessKey, sessionToken, expiration }: SessionCredentials): XmlElements {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: isoSeconds(expiration),
  };
}

/** `2026-01-01T00:00:00Z`. */
export function isoSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
