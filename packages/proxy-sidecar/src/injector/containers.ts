// containers.ts: the containers that are added: the sidecar and, for transparent mode, the one that sets the packet filter's
// rules before it. The sidecar's meets the `restricted` Pod Security Standard; the other cannot, since it needs NET_ADMIN.
import type { Wish } from './annotations.js';
import type { Identity } from './identity.js';
import type { InjectorConfig } from './injector-config.js';
import type { Container, Pod, Volume } from './pod.js';
import { isMore } from './quantity.js';
import { CONFIG_FOLDER, POLICIES_FOLDER, type Ports, portsOf, sidecarFlags } from './sidecar-flags.js';
import { transparentScript } from './transparent-rules.js';

/** Name of the sidecar's container. */
export const SIDECAR = 'lattice-auth-proxy';

/** Name of the container that sets the rules of transparent mode. */
export const RULES = 'lattice-auth-rules';

const CONFIG_VOLUME = 'lattice-auth-config';
const POLICIES_VOLUME = 'lattice-auth-policies';

/** User that the sidecar runs as. */
export function userOf(wish: Wish, config: InjectorConfig): number {
  if (wish.uid !== undefined) return Number(wish.uid);
  return wish.transparent === 'true' ? config.transparentUid : config.uid;
}

/** The sidecar, or another container with its image and user. */
export function sidecarContainer(wish: Wish, config: InjectorConfig, pod: Pod, identity: Identity): Container {
  const native = wish.native === undefined ? config.native : wish.native === 'true';
  const ports = portsOf(wish);
  const graceSeconds = pod.spec.terminationGracePeriodSeconds ?? undefined;
  const mounts = [
    ...identity.volumeMounts,
    ...(wish.config === undefined ? [] : [{ name: CONFIG_VOLUME, mountPath: CONFIG_FOLDER, readOnly: true }]),
    ...(wish.policies === undefined ? [] : [{ name: POLICIES_VOLUME, mountPath: POLICIES_FOLDER, readOnly: true }]),
  ];
  const container = {
    name: SIDECAR,
    image: wish.image ?? config.image,
    imagePullPolicy: config.imagePullPolicy,
    args: sidecarFlags(wish, { ipFamily: config.ipFamily, graceSeconds }),
    ...(identity.env.length > 0 && { env: identity.env }),
    ...(mounts.length > 0 && { volumeMounts: mounts }),
    ports: containerPorts(wish, ports),
    ...probes(ports.admin),
    resources: resources(wish, config),
    securityContext: securityContext(userOf(wish, config)),
    ...(native && { restartPolicy: 'Always' }),
  };
  return container;
}

/** Ports of the Pod that others reach. The outbound one is on loopback. */
function containerPorts(wish: Wish, ports: Ports): { name: string; containerPort: number; protocol: string }[] {
  const admin = { name: 'lattice-admin', containerPort: ports.admin, protocol: 'TCP' };
  if ((wish.mode ?? 'outbound') === 'outbound') return [admin];
  return [admin, { name: 'lattice-inbound', containerPort: ports.inbound, protocol: 'TCP' }];
}

/** Startup looks each second: an app's start waits for it. Liveness asks for nothing but an answer. */
function probes(port: number): object {
  const get = (path: string) => ({ path, port, scheme: 'HTTP' });
  return {
    startupProbe: { httpGet: get('/ready'), periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 30 },
    readinessProbe: { httpGet: get('/ready'), periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 },
    livenessProbe: { httpGet: get('/live'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
  };
}

function resources(wish: Wish, { resources: preset }: InjectorConfig): object {
  const cpu = within(wish['cpu-request'], wish['cpu-limit'], preset.cpuRequest, preset.cpuLimit);
  const memory = within(wish['memory-request'], wish['memory-limit'], preset.memoryRequest, preset.memoryLimit);
  const filled = (one: string, other: string) => ({ ...(one && { cpu: one }), ...(other && { memory: other }) });
  return { requests: filled(cpu.request, memory.request), limits: filled(cpu.limit, memory.limit) };
}

/** Kubernetes takes no request above its limit: of the two, a default gives way to what the Pod says. */
function within(
  wantedRequest: string | undefined,
  wantedLimit: string | undefined,
  request: string,
  limit: string,
): { readonly request: string; readonly limit: string } {
  const own = { request: wantedRequest ?? request, limit: wantedLimit ?? limit };
  if (!isMore(own.request, own.limit)) return own;
  const said = wantedLimit === undefined ? own.request : own.limit;
  return { request: wantedRequest ?? said, limit: wantedLimit ?? said };
}

function securityContext(uid: number): object {
  return {
    runAsUser: uid,
    runAsGroup: uid,
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** Sets the rules of transparent mode, as root with two capabilities, and ends. */
export function rulesContainer(wish: Wish, config: InjectorConfig): Container {
  const script = transparentScript({ port: portsOf(wish).outbound, uid: userOf(wish, config) });
  const container = {
    name: RULES,
    image: config.iptablesImage,
    imagePullPolicy: config.imagePullPolicy,
    command: ['sh', '-c', script],
    // iptables keeps a lock in a file. Where that cannot be made, `-w` would wait for it for ever.
    env: [{ name: 'XTABLES_LOCKFILE', value: '/dev/shm/xtables.lock' }],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '64Mi' } },
    securityContext: {
      runAsUser: 0,
      runAsGroup: 0,
      runAsNonRoot: false,
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'NET_RAW'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
  return container;
}

/** Volumes with the ConfigMaps that a wish names. */
export function ownVolumes(wish: Wish): Volume[] {
  const volume = (name: string, configMap: string) => ({ name, configMap: { name: configMap, defaultMode: 0o444 } });
  return [
    ...(wish.config === undefined ? [] : [volume(CONFIG_VOLUME, wish.config)]),
    ...(wish.policies === undefined ? [] : [volume(POLICIES_VOLUME, wish.policies)]),
  ];
}
