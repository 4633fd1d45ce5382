// lambda-target.ts — what functions in modules and functions in processes have in common: the body is read, the event is
// made, the function is called within its time, its JSON becomes the answer.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { TargetGroup } from '@lattice-auth/stack';
import { TargetError } from '../errors.js';
import type { Target, TargetRequest, TargetResponse } from '../model.js';
import { type LambdaEventVersion, lambdaEvent } from './lambda-event.js';
import { LAMBDA_REQUEST_BYTES_MAX } from './lambda-limits.js';
import { lambdaResponse } from './lambda-response.js';

/** A call of a function, in the words of Lambda's Runtime API. */
export interface LambdaInvocation {
  readonly requestId: string;
  /** The event, as JSON. */
  readonly event: string;
  /** When it has to be done, in milliseconds since 1970. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId: string;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** Calls a function; its answer as JSON. Rejects with `TargetError`. */
type InvokeLambda = (invocation: LambdaInvocation) => Promise<string>;

/** What a Lambda target is made of. */
export interface LambdaTargetOptions {
  readonly address: string;
  readonly group: TargetGroup;
  readonly eventVersion: LambdaEventVersion;
  readonly timeoutMs: number;
  readonly invoke: InvokeLambda;
  readonly close: () => Promise<void>;
}

/** A target that is a function. */
export function lambdaTarget(options: LambdaTargetOptions): Target {
  const { address, group, eventVersion, timeoutMs, invoke } = options;
  return {
    address,
    healthy: true,
    async send(request: TargetRequest): Promise<TargetResponse> {
      const body = await readBody(request.body, request.signal);
      const event = JSON.stringify(lambdaEvent({ ...request, body }, eventVersion));
      const deadlineMs = Date.now() + timeoutMs;
      const functionArn = functionArnOf(group, request.context.targetGroupArn);
      const json = await withinTime(request.signal, timeoutMs, (signal) =>
        invoke({ requestId: randomUUID(), event, deadlineMs, functionArn, traceId: traceId(request), signal }),
      );
      return lambdaResponse(json);
    },
    close: options.close,
  };
}

/** The name of a group's function: that of the one registered, or the group's own. */
export function functionNameOf(group: TargetGroup): string {
  const registered = group.targets[0]?.id ?? group.name;
  const name = registered.startsWith('arn:') ? registered.split(':')[6] : registered;
  return (name ?? group.name).replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 64);
}

/** The ARN of a group's function: as registered, or one in the group's account and region. */
function functionArnOf(group: TargetGroup, targetGroupArn: string): string {
  const registered = group.targets[0]?.id;
  if (registered?.startsWith('arn:')) return registered;
  const [, partition, , region, account] = targetGroupArn.split(':');
  return `arn:${partition}:lambda:${region}:${account}:function:${functionNameOf(group)}`;
}

/**
 * A request's body in one piece. It is left where it was stopped, not destroyed: the caller may still be answered on the
 * same connection.
 *
 * @throws {TargetError} `tooLarge`, or `cancelled` when the caller went away
 */
function readBody(body: Readable | undefined, signal: AbortSignal): Promise<Uint8Array> {
  if (signal.aborted) return Promise.reject(new TargetError('cancelled', 'the caller went away'));
  if (body === undefined) return Promise.resolve(new Uint8Array());
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    const listeners = {
      data(chunk: Buffer): void {
        length += chunk.length;
        chunks.push(chunk);
        if (length <= LAMBDA_REQUEST_BYTES_MAX) return;
        fail(new TargetError('tooLarge', `a function takes no body of more than ${LAMBDA_REQUEST_BYTES_MAX} bytes`));
      },
      end(): void {
        stop();
        resolve(Buffer.concat(chunks));
      },
      error: (cause: Error) => fail(new TargetError('cancelled', 'the request ended before its body', { cause })),
      close: () => fail(new TargetError('cancelled', 'the request ended before its body')),
    };
    const stop = () => {
      for (const [event, listener] of Object.entries(listeners)) body.off(event, listener);
      signal.removeEventListener('abort', cancel);
      body.pause();
    };
    const fail = (error: TargetError) => {
      stop();
      reject(error);
    };
    const cancel = () => fail(new TargetError('cancelled', 'the caller went away'));
    signal.addEventListener('abort', cancel, { once: true });
    for (const [event, listener] of Object.entries(listeners)) body.on(event, listener);
  });
}

/** Lets go of a call when its time is up or the caller has gone. */
async function withinTime<T>(
  outer: AbortSignal,
  timeoutMs: number,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let gone: (() => void) | undefined;
  try {
    const limit = new Promise<never>((_, reject) => {
      const giveUp = (error: TargetError) => {
        reject(error);
        ended.abort(error);
      };
      timer = setTimeout(
        () => giveUp(new TargetError('timeout', `the function took longer than ${timeoutMs} ms`)),
        timeoutMs,
      );
      gone = () => giveUp(new TargetError('cancelled', 'the caller went away'));
      if (outer.aborted) gone();
      else outer.addEventListener('abort', gone, { once: true });
    });
    return await Promise.race([call(ended.signal), limit]);
  } finally {
    clearTimeout(timer);
    if (gone !== undefined) outer.removeEventListener('abort', gone);
  }
}

/** X-Ray's form; the caller's own goes on to the function. */
function traceId({ fields }: TargetRequest): string {
  const sent = fields.find(([name]) => name.toLowerCase() === 'x-amzn-trace-id')?.[1];
  if (sent !== undefined && /^[!-~]{1,512}$/.test(sent)) return sent;
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}
