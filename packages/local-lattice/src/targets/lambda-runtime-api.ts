// lambda-runtime-api.ts — Lambda's Runtime API on loopback: a process asks for the next event, answers it or says how it
// failed, and asks again. A process that holds one question open gets one event at a time.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TargetError } from '../errors.js';
import { LAMBDA_QUEUE_MAX, LAMBDA_RESPONSE_BYTES_MAX } from './lambda-limits.js';
import { lambdaFailure } from './lambda-response.js';
import type { LambdaInvocation } from './lambda-target.js';

/** The Runtime API of one function. */
export interface RuntimeApi {
  /** What the process gets as AWS_LAMBDA_RUNTIME_API. */
  readonly address: Promise<string>;
  /** Hands an event to the process, as soon as it asks; the answer's JSON. */
  invoke(invocation: LambdaInvocation): Promise<string>;
  /** Whether the process has been given an event and not answered it. */
  holds(requestId: string): boolean;
  /** The process has ended: fails what it was given and, when it never asked for anything, what waits for it too. */
  processEnded(error: TargetError): void;
  close(): Promise<void>;
}

interface Pending {
  readonly invocation: LambdaInvocation;
  resolve(json: string): void;
  reject(error: TargetError): void;
}

const PREFIX = '/2018-06-01/runtime';
const INVOCATION = /^\/2018-06-01\/runtime\/invocation\/([0-9a-f-]{36})\/(response|error)$/;

/** Starts the API on a port of its own. */
export function startRuntimeApi(log: (line: string) => void): RuntimeApi {
  const queue: Pending[] = [];
  const waiting = new Set<ServerResponse>();
  const taken = new Map<string, Pending>();
  let asked = false;

  const handOut = () => {
    for (const response of waiting) {
      const next = queue.shift();
      if (next === undefined) return;
      waiting.delete(response);
      taken.set(next.invocation.requestId, next);
      writeEvent(response, next.invocation);
    }
  };
  const settle = async (request: IncomingMessage, response: ServerResponse, id: string, kind: string) => {
    const json = await readText(request);
    const pending = taken.get(id);
    taken.delete(id);
    if (pending === undefined) return answer(response, 400, 'InvalidRequestID');
    if (json === undefined) {
      pending.reject(
        new TargetError('badAnswer', `its answer is larger than ${LAMBDA_RESPONSE_BYTES_MAX} bytes of JSON`),
      );
      return answer(response, 413, 'RequestEntityTooLarge');
    }
    if (kind === 'response') pending.resolve(json);
    else pending.reject(lambdaFailure(json));
    return answer(response, 202);
  };
  const initFailed = async (request: IncomingMessage, response: ServerResponse) => {
    const error = lambdaFailure((await readText(request)) ?? '');
    log(`can not begin: ${error.message}`);
    for (const pending of queue.splice(0)) pending.reject(error);
    answer(response, 202);
  };
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    const path = request.url ?? '';
    // A page in a browser can reach loopback, and browsers alone send these (Node's fetch sends `sec-fetch-mode`).
    if (request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined) {
      return answer(response, 403, 'Forbidden');
    }
    if (request.method === 'GET' && path === `${PREFIX}/invocation/next`) {
      asked = true;
      waiting.add(response);
      response.on('close', () => waiting.delete(response));
      return handOut();
    }
    const [, id, kind] = INVOCATION.exec(path) ?? [];
    if (request.method === 'POST' && id !== undefined && kind !== undefined) {
      return void settle(request, response, id, kind);
    }
    if (request.method === 'POST' && path === `${PREFIX}/init/error`) return void initFailed(request, response);
    return answer(response, 404, 'NotFound');
  });
  // A process waits for its next event for as long as there is none.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  return {
    address: listen(server),
    invoke: (invocation) =>
      new Promise((resolve, reject) => {
        if (queue.length >= LAMBDA_QUEUE_MAX) {
          return reject(new TargetError('unhealthy', `more than ${LAMBDA_QUEUE_MAX} requests wait for the function`));
        }
        const pending: Pending = { invocation, resolve, reject };
        queue.push(pending);
        // What nobody has taken yet need not be done for a caller who has gone.
        invocation.signal.addEventListener('abort', () => withdraw(queue, pending), { once: true });
        return handOut();
      }),
    holds: (requestId) => taken.has(requestId),
    processEnded(error) {
      for (const pending of [...taken.values(), ...(asked ? [] : queue.splice(0))]) pending.reject(error);
      taken.clear();
      asked = false;
    },
    async close() {
      const error = new TargetError('cancelled', 'the function has been closed');
      for (const pending of [...queue.splice(0), ...taken.values()]) pending.reject(error);
      taken.clear();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function withdraw(queue: Pending[], pending: Pending): void {
  const at = queue.indexOf(pending);
  if (at === -1) return;
  queue.splice(at, 1);
  pending.reject(new TargetError('cancelled', 'the caller went away'));
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function writeEvent(response: ServerResponse, invocation: LambdaInvocation): void {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(invocation.event),
    'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
    'Lambda-Runtime-Deadline-Ms': String(invocation.deadlineMs),
    'Lambda-Runtime-Invoked-Function-Arn': invocation.functionArn,
    'Lambda-Runtime-Trace-Id': invocation.traceId,
  });
  response.end(invocation.event);
}

/** The status with which the Runtime API answers, and its name for an error. */
function answer(response: ServerResponse, status: number, errorType?: string): void {
  const body = JSON.stringify(errorType === undefined ? { status: 'OK' } : { errorType, errorMessage: errorType });
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** A body as text; undefined when it is larger than an answer may be, or was cut off. */
async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      length += chunk.length;
      // Read to its end all the same, so that the process gets to read our answer.
      if (length <= LAMBDA_RESPONSE_BYTES_MAX) chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return length > LAMBDA_RESPONSE_BYTES_MAX ? undefined : Buffer.concat(chunks).toString('utf8');
}
