// patch-file.ts: the injector without a cluster: a manifest goes in, and what the webhook would make of it comes out. Workloads
// (Deployment, Job, CronJob, …) are taken by the template of their Pods.
import { parseAllDocuments, stringify } from 'yaml';
import { SidecarError } from '../errors.js';
import { injectPod } from './inject.js';
import type { InjectorConfig } from './injector-config.js';
import { jsonPatch } from './json-patch.js';
import { isObject, isPod } from './pod.js';

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
    return object === null ? [] : [patchObject(object, namespace, config, output, warnings)];
  });
  if (output === 'json-patch') return { text: parts.join(''), warnings };
  return { text: parts.join('---\n'), warnings };
}

const firstLine = (text: string | undefined): string => (text ?? 'is not YAML').split('\n', 1)[0] ?? '';

/** Ways from an object to what is a Pod in it. */
const TEMPLATES: readonly (readonly string[])[] = [
  [],
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
];

function patchObject(
  object: unknown,
  namespace: string,
  config: InjectorConfig,
  output: PatchOutput,
  warnings: string[],
): string {
  const path = TEMPLATES.find((way) => isPod(at(object, way)));
  const pod = path === undefined ? undefined : at(object, path);
  const own = isObject(object) && isObject(object.metadata) ? object.metadata.namespace : undefined;
  const injection = isPod(pod) ? injectPod(pod, typeof own === 'string' ? own : namespace, config) : undefined;
  if (injection?.kind === 'refused') throw new SidecarError('ERR_SIDECAR_CONFIG', injection.problems.join('; '));
  warnings.push(...(injection?.warnings ?? ['no Pod in here: left as it is']));
  const after = injection?.kind === 'injected' ? injection.pod : pod;
  if (output === 'json-patch') return `${JSON.stringify(jsonPatch(pod, after), undefined, 2)}\n`;
  return stringify(path === undefined ? object : replaced(object, path, after), {
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}

function at(object: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), object);
}

function replaced(object: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined || !isObject(object)) return value;
  return { ...object, [key]: replaced(object[key], rest, value) };
}
