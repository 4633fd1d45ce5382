// policy-set.ts: the policies that decide, read from files at one moment: the stack, and policies of one's own for inbound.
// Reading is all or nothing: what is wrong anywhere is listed, and nothing of it is used.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import {
  type Authorizer,
  createAuthorizer,
  type Policy,
  PolicyError,
  parsePolicy,
  type Statement,
} from '@lattice-auth/policy-engine';
import { describeProblem, findServices, loadStack, type Stack, StackError } from '@lattice-auth/stack';
import type { PolicyFilesConfig } from '../config/sidecar-config.js';
import { didYouMean, quote } from '../config/wording.js';

const POLICY_BYTES_MAX = 1_048_576;
const HEADER_KEY = /requestheader\//i;
/** Keys whose value is another for each request, or goes with time. */
const CHANGING_KEY = /requestheader\/|currenttime|epochtime|tokenissuetime|multifactorauthage/i;

/** A policy file for inbound. */
interface OwnPolicy {
  readonly file: string;
  readonly policy: Policy;
  /** What it says about a service; made once for each. */
  authorizerFor(serviceArn: string): Authorizer;
}

/** Everything that decides, as it stood in the files. */
export interface PolicySet {
  readonly stack: Stack | undefined;
  readonly own: readonly OwnPolicy[];
  /** False: no policy looks at headers of requests, and none need be handed over. */
  readonly asksForHeaders: boolean;
  /** True: two requests of one caller with the same method and target are decided alike. */
  readonly isRepeatable: boolean;
}

/** What reading came to; `files` is what was read or looked for. */
export type ReadPolicies =
  | { readonly kind: 'read'; readonly set: PolicySet; readonly files: readonly string[] }
  | { readonly kind: 'unusable'; readonly problems: readonly string[]; readonly files: readonly string[] };

/** What must be found in the stack besides its being well-formed. */
export interface Wanted {
  readonly files: PolicyFilesConfig;
  /** Inbound's service, by name or ARN. */
  readonly service?: string | undefined;
}

/** Reads all files. Never throws for what stands in them. */
export async function readPolicies(wanted: Wanted): Promise<ReadPolicies> {
  const { stack: stackFile, inbound } = wanted.files;
  const problems: string[] = [];
  const files: string[] = [];
  let stack: Stack | undefined;
  if (stackFile !== undefined) {
    const read = await readStack(stackFile);
    if (read instanceof StackError) problems.push(...read.problems.map(describeProblem));
    else stack = read;
    files.push(stackFile, ...read.files);
  }
  const own: OwnPolicy[] = [];
  for (const file of inbound) {
    const policy = await readPolicyFile(file);
    files.push(file);
    if (typeof policy === 'string') problems.push(policy);
    else own.push(policy);
  }
  if (stack !== undefined) problems.push(...missingFrom(stack, wanted));
  const all = [...new Set(files)];
  if (problems.length > 0) return { kind: 'unusable', problems, files: all };
  const asksForHeaders = mentions(HEADER_KEY, stack, own);
  const isRepeatable = !mentions(CHANGING_KEY, stack, own);
  return { kind: 'read', set: { stack, own, asksForHeaders, isRepeatable }, files: all };
}

async function readStack(file: string): Promise<Stack | StackError> {
  try {
    return await loadStack(file);
  } catch (error) {
    if (error instanceof StackError) return error;
    throw error;
  }
}

/** The policy, or what is wrong with it in one line. */
async function readPolicyFile(file: string): Promise<OwnPolicy | string> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return `${file}: not a file`;
    if (found.size > POLICY_BYTES_MAX) return `${file}: larger than ${POLICY_BYTES_MAX} bytes`;
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
    const policy = parsePolicy(text, { type: 'auth', name: file });
    return { file, policy, authorizerFor: authorizersOf(policy) };
  } catch (error) {
    if (error instanceof PolicyError) return `${file}:${error.line}:${error.column}: ${error.message}`;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return `${file}: cannot be read (${code})`;
  }
}

/** Services that a policy was asked about are remembered, within reason: their ARNs come from a header. */
const AUTHORIZERS_MAX = 100;

function authorizersOf(policy: Policy): OwnPolicy['authorizerFor'] {
  const known = new Map<string, Authorizer>();
  return (arn) => {
    const made =
      known.get(arn) ??
      createAuthorizer({ serviceNetwork: { authType: 'NONE' }, service: { authType: 'AWS_IAM', policy, arn } });
    if (known.size >= AUTHORIZERS_MAX) known.clear();
    known.set(arn, made);
    return made;
  };
}

/** Names that the configuration has and the stack has not. */
function missingFrom(stack: Stack, { files, service }: Wanted): string[] {
  const { caller, sourceVpc } = files;
  const problems: string[] = [];
  const principals = Object.values(stack.principals);
  const isCaller = principals.some(({ name, principal }) => name === caller || principal.arn === caller);
  if (caller !== undefined && caller !== 'anonymous' && !isCaller) {
    const hint = didYouMean(caller, Object.keys(stack.principals));
    problems.push(`${stack.file}: no principal is ${quote(caller)}, as \`policies.caller\` says${hint}`);
  }
  if (
    sourceVpc !== undefined &&
    !Object.values(stack.vpcs).some(({ name, id }) => name === sourceVpc || id === sourceVpc)
  ) {
    const hint = didYouMean(sourceVpc, Object.keys(stack.vpcs));
    problems.push(`${stack.file}: no VPC is ${quote(sourceVpc)}, as \`policies.sourceVpc\` says${hint}`);
  }
  if (service !== undefined && findServices(stack, service).length === 0) {
    const hint = didYouMean(service, Object.keys(stack.services));
    problems.push(`${stack.file}: no service is ${quote(service)}, as \`inbound.service\` says${hint}`);
  }
  return problems;
}

/** Whether any policy asks for such a key. */
function mentions(pattern: RegExp, stack: Stack | undefined, own: readonly OwnPolicy[]): boolean {
  const policies = [...(stack?.policies.map(({ policy }) => policy) ?? []), ...own.map(({ policy }) => policy)];
  return policies.some(({ statements }) => statements.some((statement) => mentionsKey(pattern, statement)));
}

/** As a condition's key, or as a variable in a resource or an operand. Parsed texts: the source may have escapes. */
function mentionsKey(pattern: RegExp, { conditions, resource }: Statement): boolean {
  const texts = conditions.flatMap(({ key, operands }) => [key, ...operands]);
  return [...texts, ...(resource?.entries ?? [])].some(({ text }) => pattern.test(text));
}

/** One value for what stands in all files: changes when any of them does, or comes, or goes. */
export async function fingerprint(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = await readFile(file).catch(() => undefined);
    hash.update(`${file}\0${content === undefined ? 'none' : content.length}\0`);
    if (content !== undefined) hash.update(content);
  }
  return hash.digest('hex');
}
