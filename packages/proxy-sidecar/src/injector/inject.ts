// inject.ts: a Pod with the sidecar, from a Pod without. Pure: the same Pod and configuration always give the same. A Pod that
// has the sidecar already is brought to the same state again, and keeps what others have added to its container meanwhile
// (webhooks may run twice, and the apiserver fills in defaults between).
import { ANNOTATION_PREFIX, AWS_PREFIX, asksForSidecar, readAnnotations, STATUS, type Wish } from './annotations.js';
import { ownVolumes, RULES, rulesContainer, SIDECAR, sidecarContainer, userOf } from './containers.js';
import { identityOf } from './identity.js';
import type { InjectorConfig } from './injector-config.js';
import { type Container, isObject, type Pod } from './pod.js';
import { portsOf } from './sidecar-flags.js';

/** What becomes of a Pod. */
export type Injection =
  | { readonly kind: 'untouched'; readonly warnings: readonly string[] }
  | { readonly kind: 'injected'; readonly pod: Pod; readonly warnings: readonly string[] }
  /** It asked for the sidecar, and cannot have it as it asked. */
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** The container that AWS's injector adds. */
const AWS_SIDECAR = 'sidecar-aws-sigv4-proxy';
const INJECTED = 'injected';
const AWS_INJECT = `${AWS_PREFIX}inject`;

/** Injects the sidecar if the Pod, or its namespace, asks for it. */
export function injectPod(pod: Pod, namespace: string, config: InjectorConfig): Injection {
  const annotations = pod.metadata?.annotations ?? {};
  const ofNamespace = Object.hasOwn(config.namespaces, namespace) ? config.namespaces[namespace] : {};
  const asked = readAnnotations(annotations, { ...config.annotations, ...ofNamespace });
  if (asked.kind === 'nothing') return { kind: 'untouched', warnings: asked.warnings };
  if (asked.kind === 'wrong') return { kind: 'refused', problems: asked.problems };
  const already = foreignSidecar(pod, annotations);
  if (already !== undefined) return { kind: 'untouched', warnings: [already] };
  const problems = obstacles(pod, asked.wish, config);
  if (problems.length > 0) return { kind: 'refused', problems };
  return withSidecar(pod, asked.wish, config, asked.warnings);
}

/** A sidecar that somebody else has put there. */
function foreignSidecar(pod: Pod, annotations: Readonly<Record<string, string>>): string | undefined {
  const names = allContainers(pod).map(({ name }) => name);
  if (names.includes(AWS_SIDECAR)) return `the Pod has the container ${AWS_SIDECAR} already: no sidecar is added`;
  if (annotations[ANNOTATION_PREFIX + STATUS] === INJECTED) return undefined;
  const own = [SIDECAR, RULES].find((name) => names.includes(name));
  return own && `the Pod has a container ${own} of its own: nothing is added`;
}

/** Why this Pod cannot have what it asks for. */
function obstacles(pod: Pod, wish: Wish, config: InjectorConfig): string[] {
  const others = appContainers(pod);
  const found: string[] = [];
  if (wish.image === undefined && config.image === '') found.push('no image of the sidecar is configured');
  if (pod.spec.os?.name === 'windows' || pod.spec.nodeSelector?.['kubernetes.io/os'] === 'windows') {
    found.push('the sidecar runs on Linux, and the Pod on Windows');
  }
  found.push(...portConflicts(others, wish));
  const from = wish['identity-from'];
  if (from !== undefined && !others.some(({ name }) => name === from)) {
    found.push(`${ANNOTATION_PREFIX}identity-from names ${from}, and there is no such container`);
  }
  for (const { name } of ownVolumes(wish)) {
    const theirs = pod.spec.volumes?.find((one) => one.name === name);
    if (theirs !== undefined && !('configMap' in theirs)) found.push(`the Pod has a volume ${name} of its own`);
  }
  if (wish.transparent === 'true') found.push(...interceptionObstacles(pod, others, wish, config));
  return found;
}

function portConflicts(others: readonly Container[], wish: Wish): string[] {
  const { outbound, admin, inbound } = portsOf(wish);
  const mode = wish.mode ?? 'outbound';
  const own: (readonly [string, number])[] = [['admin-port', admin]];
  if (mode !== 'inbound') own.push(['port', outbound]);
  if (mode !== 'outbound') own.push(['inbound-port', inbound]);
  const theirs = others.flatMap(({ ports }) => ports ?? []).filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  const taken = new Set(theirs.map(({ containerPort }) => containerPort));
  if (mode !== 'outbound') taken.add(Number(wish['app-port']));
  const conflicts = own.filter(([, port]) => taken.has(port));
  const twice = own.filter(([, port], i) => own.findIndex(([, other]) => other === port) !== i);
  return [
    ...conflicts.map(([name, port]) => `port ${port} is the app's: set ${ANNOTATION_PREFIX}${name} to another`),
    ...twice.map(([name, port]) => `port ${port} is asked for twice: set ${ANNOTATION_PREFIX}${name} to another`),
  ];
}

function interceptionObstacles(pod: Pod, others: readonly Container[], wish: Wish, config: InjectorConfig): string[] {
  const found: string[] = [];
  if (config.iptablesImage === '') found.push('transparent mode is not configured: the injector has no iptablesImage');
  if (pod.spec.hostNetwork === true) found.push("transparent mode would change the node's own network: no hostNetwork");
  const uid = userOf(wish, config);
  const alike = others.filter(
    ({ securityContext }) => (securityContext?.runAsUser ?? pod.spec.securityContext?.runAsUser) === uid,
  );
  for (const { name } of alike) {
    found.push(`container ${name} runs as ${uid}, as the sidecar, and would pass it by: set ${ANNOTATION_PREFIX}uid`);
  }
  return found;
}

function withSidecar(pod: Pod, wish: Wish, config: InjectorConfig, warnings: readonly string[]): Injection {
  const identity = identityOf(pod, appContainers(pod), SIDECAR, wish['identity-from']);
  const sidecar = merged(find(pod, SIDECAR), sidecarContainer(wish, config, pod, identity));
  const rules = wish.transparent === 'true' ? [merged(find(pod, RULES), rulesContainer(wish, config))] : [];
  const native = 'restartPolicy' in sidecar;
  const { initContainers, containers, volumes } = pod.spec;
  const spec = {
    ...pod.spec,
    // INVARIANT: nothing runs between the rules and the sidecar, and no init container before them.
    initContainers: listOrNone(initContainers, [...rules, ...(native ? [sidecar] : []), ...others(initContainers)]),
    containers: native ? others(containers) : inPlace(containers, sidecar),
    volumes: listOrNone(volumes, ownVolumes(wish).reduce(inPlace, volumes ?? [])),
  };
  const network = pod.spec.hostNetwork === true ? ["hostNetwork: the sidecar's ports are the node's"] : [];
  return {
    kind: 'injected',
    pod: { ...pod, metadata: { ...pod.metadata, annotations: statusOf(pod) }, spec },
    warnings: [...warnings, ...identity.warnings, ...network],
  };
}

function statusOf(pod: Pod): Record<string, string> {
  const before = pod.metadata?.annotations ?? {};
  const forAws = asksForSidecar({ [AWS_INJECT]: before[AWS_INJECT] ?? '' }) ? { [AWS_PREFIX + STATUS]: INJECTED } : {};
  return { ...before, [ANNOTATION_PREFIX + STATUS]: INJECTED, ...forAws };
}

/** Fields that are absent, or null, stay so when there is nothing to put there. */
function listOrNone<Item>(
  before: readonly Item[] | null | undefined,
  after: readonly Item[],
): readonly Item[] | null | undefined {
  return after.length === 0 && (before === undefined || before === null) ? before : after;
}

const isOwn = ({ name }: Container): boolean => name === SIDECAR || name === RULES;
const others = (list: readonly Container[] | null | undefined): Container[] =>
  (list ?? []).filter((one) => !isOwn(one));
const allContainers = ({ spec }: Pod): Container[] => [...spec.containers, ...(spec.initContainers ?? [])];
const appContainers = ({ spec }: Pod): Container[] => [...others(spec.containers), ...others(spec.initContainers)];
const find = (pod: Pod, name: string): Container | undefined => allContainers(pod).find((one) => one.name === name);

/** The list with this item at the place of the one that it replaces, or at the end. */
function inPlace<Item extends { readonly name: string }>(list: readonly Item[], item: Item): Item[] {
  const known = list.some(({ name }) => name === item.name);
  return known ? list.map((one) => (one.name === item.name ? item : one)) : [...list, item];
}

/** Our container as it should be, with what others have added to the one that is there. */
function merged(before: Container | undefined, wanted: Container): Container {
  if (before === undefined) return wanted;
  const { restartPolicy: _, ...kept } = before as Container & { restartPolicy?: string };
  return mergeValue(kept, wanted, '') as Container;
}

function mergeValue(before: unknown, wanted: unknown, key: string): unknown {
  if (Array.isArray(before) && Array.isArray(wanted)) {
    const id = LIST_KEYS[key];
    return id === undefined ? wanted : mergeList(before, wanted, id);
  }
  if (!isObject(before) || !isObject(wanted) || WHOLE.has(key)) return wanted;
  const result: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(wanted)) result[name] = mergeValue(before[name], value, name);
  return result;
}

/** Lists that others add to, and what tells their items apart. */
const LIST_KEYS: Readonly<Record<string, string>> = { env: 'name', volumeMounts: 'mountPath', ports: 'containerPort' };

/** Taken as they should be: what others put there would be a hole. */
const WHOLE: ReadonlySet<string> = new Set(['capabilities', 'seccompProfile']);

function mergeList(before: readonly unknown[], wanted: readonly unknown[], id: string): unknown[] {
  const idOf = (item: unknown) => (isObject(item) ? item[id] : undefined);
  const updated = before.map((item) => {
    const own = wanted.find((one) => idOf(one) === idOf(item));
    return own === undefined ? item : id === 'name' ? own : mergeValue(item, own, '');
  });
  const known = new Set(before.map(idOf));
  return [...updated, ...wanted.filter((item) => !known.has(idOf(item)))];
}
