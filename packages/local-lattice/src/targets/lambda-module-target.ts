// lambda-module-target.ts — a function that is an export of a module, called in this process the way that Lambda's Node
// runtime calls it. The module is loaded anew when its file has changed; what it imports is not.
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LocalLatticeError, TargetError } from '../errors.js';
import type { Target } from '../model.js';
import { LAMBDA_TIMEOUT_MS } from './lambda-limits.js';
import { handlerFailure } from './lambda-response.js';
import { type LambdaInvocation, lambdaTarget } from './lambda-target.js';
import type { TargetParts } from './target-parts.js';

/** What a handler is told about its call: the properties of Lambda's context. */
interface LambdaContext {
  callbackWaitsForEmptyEventLoop: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly clientContext: undefined;
  readonly identity: undefined;
  getRemainingTimeInMillis(): number;
  done(error?: unknown, result?: unknown): void;
  fail(error: unknown): void;
  succeed(result: unknown): void;
}

type Handler = (event: unknown, context: LambdaContext, callback: LambdaCallback) => unknown;
type LambdaCallback = (error?: unknown, result?: unknown) => void;

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

/** A target that calls a module's export. */
export function lambdaModuleTarget(parts: TargetParts, timeoutMs = LAMBDA_TIMEOUT_MS): Target {
  const { local, group, folder, log } = parts;
  if (local.kind !== 'lambda') throw new TypeError('not a module');
  const address = `${local.module}#${local.exportName}`;
  const handler = freshHandler(resolve(folder, local.module), local.exportName, address, log);
  return lambdaTarget({
    address,
    group,
    eventVersion: group.lambdaEventVersion ?? 'V1',
    timeoutMs,
    invoke: async (invocation) => callHandler(await handler(), invocation),
    close: async () => undefined,
  });
}

/** Gives the handler as its file has it now. Begins to load at once; what went wrong is logged once for each change. */
function freshHandler(
  path: string,
  exportName: string,
  address: string,
  log: (line: string) => void,
): () => Promise<Handler> {
  let changedMs = 0;
  let current: Promise<Handler> | undefined;
  const get = async (): Promise<Handler> => {
    const mtimeMs = await stat(path).then(
      (found) => found.mtimeMs,
      () => 0,
    );
    if (current === undefined || mtimeMs !== changedMs) {
      changedMs = mtimeMs;
      current = loadHandler(path, exportName, address);
      current.catch((error: unknown) => log(messageOf(error)));
    }
    return await current;
  };
  get().catch(() => undefined);
  return async () => {
    try {
      return await get();
    } catch (cause) {
      throw new TargetError('badAnswer', messageOf(cause), { cause });
    }
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function loadHandler(path: string, exportName: string, address: string): Promise<Handler> {
  const url = pathToFileURL(path);
  // Modules are cached by URL, and those in CommonJS by their path as well.
  url.searchParams.set('load', randomUUID());
  delete createRequire(import.meta.url).cache[path];
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await import(url.href);
  } catch (cause) {
    const message = `the module of \`${address}\` can not be loaded: ${messageOf(cause).split('\n')[0]}`;
    throw new LocalLatticeError('ERR_LOCAL_TARGET', message, { cause });
  }
  const inDefault = module.default;
  const found =
    module[exportName] ??
    (typeof inDefault === 'object' && inDefault !== null
      ? (inDefault as Readonly<Record<string, unknown>>)[exportName]
      : undefined);
  if (!isHandler(found)) {
    throw new LocalLatticeError('ERR_LOCAL_TARGET', `the module of \`${address}\` exports no function of that name`);
  }
  return found;
}

/** Calls a handler: one that returns a promise, one that returns a value, or one that takes a callback. */
async function callHandler(handler: Handler, invocation: LambdaInvocation): Promise<string> {
  let result: unknown;
  try {
    result = await new Promise((settle, reject) => {
      const done: LambdaCallback = (error, value) => {
        if (error === undefined || error === null) settle(value);
        else reject(error);
      };
      const returned = handler(JSON.parse(invocation.event), contextOf(invocation, done), done);
      // Without a callback to wait for, what it returned is the answer, be it a promise of one.
      if (returned !== undefined || handler.length < 3) settle(returned);
    });
    return JSON.stringify(result) ?? 'null';
  } catch (thrown) {
    throw handlerFailure(thrown);
  }
}

function contextOf({ requestId, deadlineMs, functionArn }: LambdaInvocation, done: LambdaCallback): LambdaContext {
  const functionName = functionArn.split(':')[6] ?? functionArn;
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: '128',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: `${day}/[$LATEST]${requestId.replaceAll('-', '')}`,
    clientContext: undefined,
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
    done,
    fail: (error) => done(error ?? new Error('failed')),
    succeed: (result) => done(undefined, result),
  };
}
