// factories.ts — which kind of target is made by what.
import type { Target } from '../model.js';
import { commandTarget } from './command-target.js';
import type { TargetFactories } from './create-targets.js';
import { withHealthCheck } from './health-check.js';
import { createHttpTarget } from './http-target.js';
import { lambdaModuleTarget } from './lambda-module-target.js';
import { lambdaRuntimeTarget } from './lambda-runtime-target.js';
import type { TargetParts } from './target-parts.js';

/** All kinds. Functions have no health checks, in Lattice as here. */
export const TARGET_FACTORIES: TargetFactories = {
  url: (parts) => checked(urlTarget(parts), parts),
  command: (parts) => checked(commandTarget(parts), parts),
  lambda: (parts) => lambdaModuleTarget(parts),
  lambdaRuntime: (parts) => lambdaRuntimeTarget(parts),
};

function urlTarget({ local, group, timeouts }: TargetParts): Target {
  if (local.kind !== 'url') throw new TypeError('not a URL');
  return createHttpTarget({ url: local.url, version: group.protocolVersion, timeouts });
}

function checked(target: Target, { healthCheck, log }: TargetParts): Target {
  return healthCheck === undefined ? target : withHealthCheck(target, healthCheck, log);
}
