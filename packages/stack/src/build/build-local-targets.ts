// build-local-targets.ts — what answers in the place of target groups on this machine, and which of it goes with which
// type of target group.
import type { LocalHealthCheckDocument, LocalTargetDocument, LocalTargetGroupDocument } from '../document.js';
import type { LocalHealthCheck, LocalTarget, LocalTargetGroup } from '../model.js';
import { pathProblem } from '../policies/policy-path.js';
import { pointerSegment } from '../source/source-tree.js';
import { quote } from '../text/quote.js';
import type { BuildContext } from './build-context.js';
import { byName } from './by-name.js';

/** What Lattice checks unless told otherwise. */
const HEALTH_CHECK_DEFAULT: LocalHealthCheck = {
  path: '/',
  intervalMs: 30_000,
  timeoutMs: 5_000,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  matcher: '200',
};

export function buildLocalTargetGroup(
  context: BuildContext,
  name: string,
  written: LocalTargetGroupDocument,
): LocalTargetGroup {
  const pointer = `/local/targetGroups${pointerSegment(name)}`;
  const known = context.refer('targetGroups', name, pointer, true);
  const isLambda = known && context.document.targetGroups?.[name]?.type === 'LAMBDA';
  if (isLambda) checkFunctions(context, pointer, written);
  const targets = written.targets.map((target, index) => {
    const at = `${pointer}/targets/${index}`;
    const built = buildTarget(context, at, target);
    if (known) checkKind(context, at, built, isLambda);
    return built;
  });
  return { targets, healthCheck: buildHealthCheck(context, `${pointer}/healthCheck`, written.healthCheck) };
}

function checkFunctions(context: BuildContext, pointer: string, written: LocalTargetGroupDocument): void {
  if (written.targets.length > 1) {
    context.report('ERR_STACK_COMBINATION', `${pointer}/targets/1`, 'a target group of type LAMBDA has one target');
  }
  if (written.healthCheck !== undefined) {
    const message = 'a target group of type LAMBDA has no health check';
    context.reportKey('ERR_STACK_COMBINATION', `${pointer}/healthCheck`, message);
  }
}

function checkKind(context: BuildContext, pointer: string, target: LocalTarget, isLambda: boolean): void {
  const isFunction = target.kind === 'lambda' || target.kind === 'lambdaRuntime';
  if (isFunction === isLambda) return;
  const message = isLambda
    ? 'a target group of type LAMBDA needs a `lambda`, or a `command` with `runtime: lambda`'
    : 'a Lambda function needs a target group of type LAMBDA';
  context.report('ERR_STACK_COMBINATION', pointer, message);
}

function buildTarget(context: BuildContext, pointer: string, written: LocalTargetDocument): LocalTarget {
  if ('url' in written) {
    if (!URL.canParse(written.url)) {
      context.report('ERR_STACK_VALUE', `${pointer}/url`, `${quote(written.url)} is not a URL`);
    }
    return { kind: 'url', url: written.url };
  }
  if ('lambda' in written) {
    const [module = '', exportName = 'handler'] = written.lambda.split('#');
    checkPath(context, `${pointer}/lambda`, module, 'modules');
    return { kind: 'lambda', module, exportName };
  }
  const { command, cwd, port, runtime } = written;
  if (cwd !== undefined) checkPath(context, `${pointer}/cwd`, cwd, 'folders');
  const process = { command, cwd, env: byName(written.env, (_, value) => value) };
  if (runtime !== 'lambda') {
    if (port !== undefined) context.claim('local port', String(port), `${pointer}/port`, 'the port');
    return { kind: 'command', port, ...process };
  }
  if (port !== undefined) {
    const message = 'a command that asks for events listens on no `port`';
    context.reportKey('ERR_STACK_COMBINATION', `${pointer}/port`, message);
  }
  return { kind: 'lambdaRuntime', ...process };
}

function checkPath(context: BuildContext, pointer: string, path: string, things: string): void {
  const problem = pathProblem(path, things);
  if (problem !== undefined) context.report('ERR_STACK_PATH', pointer, problem);
}

function buildHealthCheck(
  context: BuildContext,
  pointer: string,
  written: LocalHealthCheckDocument | undefined,
): LocalHealthCheck | undefined {
  for (const range of written?.matcher?.split(',') ?? []) {
    const [first, last = first] = range.split('-').map(Number);
    if (Number(first) > Number(last)) {
      context.report('ERR_STACK_VALUE', `${pointer}/matcher`, `${quote(range)} ends before it begins`);
    }
  }
  return written && fillIn(written);
}

// Property by property: `x-` keys stay in the file.
function fillIn(written: LocalHealthCheckDocument): LocalHealthCheck {
  const { path, intervalMs, timeoutMs, healthyThreshold, unhealthyThreshold, matcher } = {
    ...HEALTH_CHECK_DEFAULT,
    ...written,
  };
  return { path, intervalMs, timeoutMs, healthyThreshold, unhealthyThreshold, matcher };
}
