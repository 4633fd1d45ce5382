// container-handler.ts — credentials as containers get them in ECS and from EKS Pod Identity, at `/credentials/NAME`:
// a session of the stack's principal of that name, for clients with AWS_CONTAINER_CREDENTIALS_FULL_URI set.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Stack, StackPrincipal } from '@lattice-auth/stack';
import type { CredentialBook, SessionCredentials } from '../credential-book.js';
import type { ControlHandler } from '../model.js';
import { isLocalProgram } from './local-callers.js';
import { NO_TAGS, principalSession, roleSession } from './role-session.js';
import { isoSeconds } from './sts-operations.js';

/** What the endpoint works with. */
export interface ContainerCredentialsOptions {
  readonly book: CredentialBook;
  /** The stack of now: a reload replaces it. */
  readonly stack: () => Stack;
  /** Milliseconds since 1970. Default: the clock. */
  readonly now?: (() => number) | undefined;
}

const PREFIX = '/credentials/';
const DURATION_MS = 3_600_000;
/** Name of the session of a role that the stack gives none. */
const SESSION_NAME = 'local';

/** Answers at `/credentials/NAME`. */
export function containerCredentialsHandler(options: ContainerCredentialsOptions): ControlHandler {
  return (request, response, url) => {
    if (!url.pathname.startsWith(PREFIX)) return false;
    response.on('error', () => undefined);
    const { status, body } = answerFor(request, url.pathname.slice(PREFIX.length), options);
    sendJson(response, status, body);
    return true;
  };
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, string | undefined>>;
}

const refusal = (status: number, code: string, message: string): Answer => ({ status, body: { code, message } });

function answerFor(request: IncomingMessage, encoded: string, options: ContainerCredentialsOptions): Answer {
  const { book, stack, now = Date.now } = options;
  if (!isLocalProgram(request)) return refusal(403, 'AccessDenied', 'only for programs on this machine');
  if (request.method !== 'GET') return refusal(405, 'MethodNotAllowed', 'only GET');
  const name = decoded(encoded);
  const { principals } = stack();
  const principal = name !== undefined && Object.hasOwn(principals, name) ? principals[name] : undefined;
  if (principal === undefined) return refusal(404, 'NoSuchPrincipal', 'the stack has no principal of this name');
  const expiration = new Date((Math.floor(now() / 1000) + DURATION_MS / 1000) * 1000);
  const session = sessionOfPrincipal(principal, expiration);
  book.addSession(session);
  return {
    status: 200,
    body: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      Token: session.sessionToken,
      Expiration: isoSeconds(expiration),
      RoleArn: principal.kind === 'role' ? principal.principal.arn : principal.principal.roleArn,
      AccountId: principal.accountId,
    },
  };
}

function sessionOfPrincipal({ name, kind, principal }: StackPrincipal, expiration: Date): SessionCredentials {
  if (kind !== 'role') return principalSession(name, expiration);
  const sessionName = principal.sessionName ?? SESSION_NAME;
  return roleSession({
    principalName: name,
    roleArn: principal.arn,
    sessionName,
    tags: NO_TAGS,
    policy: undefined,
    expiration,
  });
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function sendJson(response: ServerResponse, status: number, body: Answer['body']): void {
  const json = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(json),
    'cache-control': 'no-store',
  });
  response.end(json);
}
