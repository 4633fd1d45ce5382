// patch-file.ts: the injector without a cluster: a manifest goes in, and what the webhook would make of it comes out. Workloads
// (Deployment, Job, CronJob, …) are taken by the template of their Pods.
import { parseAllDocuments, stringify } from 'yaml';
import { SidecarError } from '../errors.js';
import { injectPod } from './inject.js';
import type { InjectorConfig } from './injector-config.js';
import { jsonPatch } from './json-patch.js';
import { isObject, isPod, type Pod } from './pod.js';

/** What is printed. */
export interface PatchedText {
  readonly text: string;
  readonly warnings: readonly string[];
}

/** How it is printed: the objects with their sidecars, or the patches that a Pod's webhook would answer. */
export type PatchOutput = 'yaml' | 'json-patch';

/**
 * Injects all Pods and templates of a file with YAML or JSON.
 *
 * @throws {SidecarError} `ERR_SIDECAR_CONFIG`: not YAML, or a Pod that the webhook would refuse
 */
export function patchFile(source: string, namespace: string, config: InjectorConfig, output: PatchOutput): PatchedText {
  const warnings: string[] = [];
  const parts = [...parseAllDocuments(source)].flatMap((document) => {
    if (document.errors.length > 0)
      throw new SidecarError('ERR_SIDECAR_CONFIG', firstLine(document.errors[0]?.message));
    const object: unknown = document.toJS({ maxAliasCount: 100 });
    return object === null ? [] : printed(patchObject(object, { namespace, config, warnings }), output);
  });
  if (output === 'json-patch') return { text: parts.join(''), warnings };
  return { text: parts.join('---\n'), warnings };
}

const firstLine = (text: string | undefined): string =>
  (text ?? 'is not YAML').split('\n', 1)[0]?.replace(/:$/, '') ?? '';

/** Ways from an object to what is a Pod in it. */
const TEMPLATES: readonly (readonly string[])[] = [
  [],
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
];

/** What patching an object depends on; `warnings` is added to. */
interface Patching {
  readonly namespace: string;
  readonly config: InjectorConfig;
  readonly warnings: string[];
}

/** An object, and the Pods in it as they were and as they become. */
interface PatchedObject {
  readonly object: unknown;
  readonly pods: readonly { readonly before: Pod; readonly after: Pod }[];
}

function printed({ object, pods }: PatchedObject, output: PatchOutput): string[] {
  if (output === 'yaml') return [stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })];
  return pods.map(({ before, after }) => `${JSON.stringify(jsonPatch(before, after), undefined, 2)}\n`);
}

function patchObject(object: unknown, patching: Patching): PatchedObject {
  if (isObject(object) && object.kind === 'List' && Array.isArray(object.items)) {
    const items = object.items.map((item) => patchObject(item, patching));
    return {
      object: { ...object, items: items.map((item) => item.object) },
      pods: items.flatMap(({ pods }) => pods),
    };
  }
  const path = TEMPLATES.find((way) => looksLikePod(at(object, way)));
  const before = path === undefined ? undefined : at(object, path);
  if (path === undefined || before === undefined) {
    patching.warnings.push(`no Pod in ${nameOf(object)}: left as it is`);
    return { object, pods: [] };
  }
  if (!isPod(before)) throw new SidecarError('ERR_SIDECAR_CONFIG', unreadable(object, before));
  const after = patchPod(before, object, patching);
  return { object: replaced(object, path, after), pods: [{ before, after }] };
}

function patchPod(pod: Pod, object: unknown, { namespace, config, warnings }: Patching): Pod {
  const own = isObject(object) && isObject(object.metadata) ? object.metadata.namespace : undefined;
  const injection = injectPod(pod, typeof own === 'string' ? own : namespace, config);
  if (injection.kind === 'refused') throw new SidecarError('ERR_SIDECAR_CONFIG', injection.problems.join('; '));
  warnings.push(...injection.warnings);
  return injection.kind === 'injected' ? injection.pod : pod;
}

/** What has a list of containers is meant to be a Pod. */
const looksLikePod = (value: unknown): boolean =>
  isObject(value) && isObject(value.spec) && Array.isArray(value.spec.containers);

/** What people write most often that is none: an annotation without quotes. */
function unreadable(object: unknown, pod: unknown): string {
  const annotations = at(pod, ['metadata', 'annotations']);
  const [wrong] = isObject(annotations)
    ? Object.entries(annotations).filter(([, text]) => typeof text !== 'string')
    : [];
  const why = wrong === undefined ? '' : `: the annotation \`${wrong[0]}\` is no text: put it in quotes`;
  return `the Pod in ${nameOf(object)} cannot be read${why}`;
}

function nameOf(object: unknown): string {
  const words = [at(object, ['kind']), at(object, ['metadata', 'name'])].filter((word) => typeof word === 'string');
  return words.length === 0 ? 'here' : words.map((word) => `\`${word}\``).join(' ');
}

function at(object: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), object);
}

function replaced(object: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined || !isObject(object)) return value;
  return { ...object, [key]: replaced(object[key], rest, value) };
}
