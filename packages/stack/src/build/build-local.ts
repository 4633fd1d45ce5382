// build-local.ts — the section `local`: how a data plane on this machine stands in for what AWS provides.
import type { LocalTargetDocument, LocalTargetGroupDocument } from '../document.js';
import type { LocalHealthCheck, LocalSettings, LocalTarget } from '../model.js';
import { pointerSegment } from '../source/source-tree.js';
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

export function buildLocal(context: BuildContext): LocalSettings {
  const { vpcs, vpcHeader, defaultVpc, credentials, targetGroups } = context.document.local ?? {};
  if (defaultVpc !== undefined) context.refer('vpcs', defaultVpc, '/local/defaultVpc');
  return {
    vpcs: byName(vpcs, (name, { address, port }) => {
      context.refer('vpcs', name, `/local/vpcs${pointerSegment(name)}`);
      return { address, port };
    }),
    vpcHeader: vpcHeader?.toLowerCase(),
    defaultVpc,
    credentials: byName(credentials, (name, { accessKeyId, secretAccessKey }) => {
      context.refer('principals', name, `/local/credentials${pointerSegment(name)}`);
      return { accessKeyId, secretAccessKey };
    }),
    targetGroups: byName(targetGroups, (name, written) => {
      context.refer('targetGroups', name, `/local/targetGroups${pointerSegment(name)}`);
      return { targets: written.targets.map(buildTarget), healthCheck: buildHealthCheck(written.healthCheck) };
    }),
  };
}

function buildTarget(written: LocalTargetDocument): LocalTarget {
  if ('url' in written) return { kind: 'url', url: written.url };
  if ('lambda' in written) {
    const [module = '', exportName = 'handler'] = written.lambda.split('#');
    return { kind: 'lambda', module, exportName };
  }
  const { command, cwd, port, runtime } = written;
  const process = { command, cwd, env: byName(written.env, (_, value) => value) };
  return runtime === 'lambda' ? { kind: 'lambdaRuntime', ...process } : { kind: 'command', port, ...process };
}

function buildHealthCheck(written: LocalTargetGroupDocument['healthCheck']): LocalHealthCheck | undefined {
  return written && { ...HEALTH_CHECK_DEFAULT, ...written };
}
