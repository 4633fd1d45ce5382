// lambda-runtime-target.ts — a function in a process of its own, in any language: it is told AWS_LAMBDA_RUNTIME_API and
// asks there for its events, as it does in Lambda. One event at a time; ended and started again when one takes too long.
import { resolve } from 'node:path';
import { TargetError } from '../errors.js';
import type { Target } from '../model.js';
import { keepRunning } from './command-process.js';
import { LAMBDA_TIMEOUT_MS } from './lambda-limits.js';
import { startRuntimeApi } from './lambda-runtime-api.js';
import { functionNameOf, lambdaTarget } from './lambda-target.js';
import type { TargetParts } from './target-parts.js';

/** A target that is a process with Lambda's Runtime API. It is started at once. */
export function lambdaRuntimeTarget(parts: TargetParts, timeoutMs = LAMBDA_TIMEOUT_MS): Target {
  const { local, group, folder } = parts;
  if (local.kind !== 'lambdaRuntime') throw new TypeError('not a runtime');
  const functionName = functionNameOf(group);
  const log = (line: string) => parts.log(`[${group.name}] ${line}`);
  const api = startRuntimeApi(log);
  const program = keepRunning({
    command: local.command,
    cwd: resolve(folder, local.cwd ?? '.'),
    env: async () => ({
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_NAME: functionName,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
      AWS_LAMBDA_LOG_STREAM_NAME: '[$LATEST]local',
      LAMBDA_TASK_ROOT: resolve(folder, local.cwd ?? '.'),
      ...local.env,
      AWS_LAMBDA_RUNTIME_API: await api.address,
    }),
    log,
    onExit: (how) => api.processEnded(new TargetError('badAnswer', `the function's process ${how}`)),
  });
  return lambdaTarget({
    address: functionName,
    group,
    eventVersion: group.lambdaEventVersion ?? 'V1',
    timeoutMs,
    async invoke(invocation) {
      // As in Lambda, a function out of time is stopped. One whose caller has gone goes on, but not for longer either.
      const timer = setTimeout(() => {
        if (api.holds(invocation.requestId)) program.restart();
      }, invocation.deadlineMs - Date.now()).unref();
      try {
        return await api.invoke(invocation);
      } finally {
        clearTimeout(timer);
      }
    },
    async close() {
      await Promise.all([program.close(), api.close()]);
    },
  });
}
