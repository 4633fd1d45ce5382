// cedar-engine.ts — how @cedar-policy/cedar-wasm is asked, as fast as it allows: policy sets parsed beforehand, calls built
// beforehand, no entities (the role is the principal), and only those context keys that the policies read.
import {
  type CheckParseAnswer,
  type Context,
  preparsePolicySet,
  type StatefulAuthorizationCall,
  statefulIsAuthorized,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { Question } from './questions.ts';
import type { CedarText, Subject } from './subjects.ts';

/** Parses policy sets under names made from `name`. */
export function parseCedar(name: string, cedar: CedarText): void {
  prepare(`${name} joined`, cedar.joined);
  parseCedarLayers(name, cedar);
}

/** The layers only, as a program that needs one form of the policies would. */
export function parseCedarLayers(name: string, cedar: CedarText): void {
  for (const [index, text] of cedar.layers.entries()) prepare(`${name} ${index}`, text);
}

function prepare(id: string, staticPolicies: string): void {
  const answer: CheckParseAnswer = preparsePolicySet(id, { staticPolicies });
  if (answer.type === 'failure') throw new Error(`cedar: ${answer.errors.map(({ message }) => message).join(', ')}`);
}

/** The calls that decide a question: one for the joined set, or one for each layer. */
export function cedarCalls(name: string, subject: Subject, question: Question): CedarCalls {
  const call = (suffix: string | number) => cedarCall(`${name} ${suffix}`, subject, question);
  return { joined: call('joined'), layers: subject.cedar.layers.map((_, index) => call(index)) };
}

export interface CedarCalls {
  readonly joined: StatefulAuthorizationCall;
  readonly layers: readonly StatefulAuthorizationCall[];
}

function cedarCall(policySet: string, { cedarKeys }: Subject, question: Question): StatefulAuthorizationCall {
  const { role } = question;
  return {
    principal: role === undefined ? { type: 'Anonymous', id: 'anonymous' } : { type: 'Role', id: roleArn(role) },
    action: { type: 'Action', id: 'Invoke' },
    resource: { type: 'Service', id: 'rates' },
    context: cedarKeys === 'all' ? fullContext(question) : shortContext(question),
    preparsedPolicySetId: policySet,
    entities: [],
  };
}

const roleArn = ({ account, name }: NonNullable<Question['role']>) => `arn:aws:iam::${account}:role/${name}`;

function shortContext({ path, method, sourceVpc }: Question): Context {
  return { path, method, sourceVpc };
}

function fullContext(question: Question): Context {
  const { role, orgId, vpcOwner, sourceIp, tenant } = question;
  return {
    ...shortContext(question),
    vpcOwner,
    sourceIp: { __extn: { fn: 'ip', arg: sourceIp } },
    account: role?.account ?? 'anonymous',
    ...(role === undefined ? {} : { principalArn: roleArn(role) }),
    ...(role?.team === undefined ? {} : { team: role.team }),
    ...(orgId === undefined ? {} : { orgId }),
    ...(tenant === undefined ? {} : { tenant }),
  };
}

/** Whether one call permits. */
export function askCedar(call: StatefulAuthorizationCall): boolean {
  const answer = statefulIsAuthorized(call);
  if (answer.type === 'failure') throw new Error(`cedar: ${answer.errors.map(({ message }) => message).join(', ')}`);
  return answer.response.decision === 'allow';
}

/** Whether every layer permits; asks no further once one does not. */
export function askCedarLayers(calls: readonly StatefulAuthorizationCall[]): boolean {
  return calls.every(askCedar);
}
