// sts-handler.ts — STS on the control port, at `/sts`: AWS's Query API, so that AWS's own clients work against it with
// nothing but their endpoint set (AWS_ENDPOINT_URL_STS).
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Stack } from '@lattice-auth/stack';
import type { CredentialBook } from '../credential-book.js';
import type { ControlHandler } from '../model.js';
import { isLocalProgram } from './local-callers.js';
import { QueryParameters } from './query-parameters.js';
import { callerOfStsCall, type StsCall } from './sts-caller.js';
import { StsError } from './sts-error.js';
import { STS_OPERATIONS } from './sts-operations.js';
import { errorXml, resultXml } from './sts-xml.js';

/** What STS works with. */
export interface StsOptions {
  readonly book: CredentialBook;
  /** The stack of now: a reload replaces it. */
  readonly stack: () => Stack;
  /** Milliseconds since 1970. Default: the clock. */
  readonly now?: (() => number) | undefined;
  /** One line for each refusal, with what a developer may want to know. Never a secret. */
  readonly log?: ((line: string) => void) | undefined;
}

/** STS bounds its own parameters to far less. */
const BODY_BYTES_MAX = 65_536;
const VERSION = '2011-06-15';

/** Answers at `/sts`. */
export function stsHandler(options: StsOptions): ControlHandler {
  return (request, response, url) => {
    if (url.pathname !== '/sts' && url.pathname !== '/sts/') return false;
    void answerCall(request, response, url, options);
    return true;
  };
}

async function answerCall(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  options: StsOptions,
): Promise<void> {
  const requestId = randomUUID();
  try {
    if (!isLocalProgram(request)) throw new StsError('AccessDenied', 'Only for programs on this machine.');
    const call = await readCall(request);
    send(response, 200, runCall(call, url, options, requestId), requestId);
  } catch (thrown) {
    const error = thrown instanceof StsError ? thrown : new StsError('InternalFailure', 'The call failed.');
    const hints = error.hints.length > 0 ? ` (${error.hints.join('; ')})` : '';
    options.log?.(oneLine(`sts: ${error.code}: ${error.message}${hints}`));
    send(response, error.status, errorXml(error, requestId), requestId);
  }
}

function runCall(call: StsCall, url: URL, options: StsOptions, requestId: string): string {
  const { book, stack, now = Date.now } = options;
  const form = Buffer.from(call.body).toString('utf8');
  const parameters = new QueryParameters(call.method === 'POST' ? form : url.search);
  const action = parameters.get('Action');
  if (action === undefined) throw new StsError('MissingAction', 'Missing Action');
  const operation = STS_OPERATIONS.get(action);
  const version = parameters.get('Version') ?? VERSION;
  if (operation === undefined || version !== VERSION) {
    const message = `Could not find operation ${action.slice(0, 128)} for version ${version.slice(0, 32)}`;
    throw new StsError('InvalidAction', message);
  }
  const nowMs = now();
  const caller = () => callerOfStsCall(call, book, nowMs);
  return resultXml(action, operation({ parameters, stack: stack(), book, nowMs, caller }), requestId);
}

async function readCall(request: IncomingMessage): Promise<StsCall> {
  const { method = '', url: target = '', rawHeaders } = request;
  if (method !== 'POST' && method !== 'GET') throw new StsError('InvalidAction', 'Only POST and GET.');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) throw new StsError('RequestEntityTooLarge', 'The request is too large.');
    chunks.push(chunk);
  }
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '']);
  return { method, target, headers, body: Buffer.concat(chunks) };
}

function send(response: ServerResponse, status: number, xml: string, requestId: string): void {
  response.on('error', () => undefined);
  response.writeHead(status, {
    'content-type': 'text/xml',
    'content-length': Buffer.byteLength(xml),
    'cache-control': 'no-store',
    'x-amzn-requestid': requestId,
    // What was not read of a request that is too large is not the next one.
    ...(status === 413 && { connection: 'close' }),
  });
  response.end(xml);
}

function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a log
  return text.slice(0, 1_000).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}
