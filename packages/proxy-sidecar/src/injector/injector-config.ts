// injector-config.ts: what the operator of the injector decides for all Pods: image, user, resources, defaults of annotations.
// It comes from a YAML or JSON file (a ConfigMap, in the chart), and is checked whole before anything listens.
import { parse } from 'yaml';
import { SidecarError } from '../errors.js';
import { ANNOTATION_PREFIX, KNOWN_ANNOTATIONS, valueProblem } from './annotations.js';
import { isObject } from './pod.js';
import { isQuantity } from './quantity.js';

/** CPU and memory of a container. An empty string leaves one out. */
interface Resources {
  readonly cpuRequest: string;
  readonly cpuLimit: string;
  readonly memoryRequest: string;
  readonly memoryLimit: string;
}

/** Everything the injector can be told. */
export interface InjectorConfig {
  /** Image of the sidecar. */
  readonly image: string;
  /** Image with `sh`, `iptables` and `ip6tables`, for transparent mode; without it that mode is refused. */
  readonly iptablesImage: string;
  readonly imagePullPolicy: string;
  /** A native sidecar (Kubernetes 1.29 and newer); otherwise a container beside the others. */
  readonly native: boolean;
  /** User and group of the sidecar. */
  readonly uid: number;
  /** User of the sidecar in transparent mode: told apart by it, so no app should run as the same. */
  readonly transparentUid: number;
  readonly resources: Resources;
  /** Address families of Pods. */
  readonly ipFamily: 'IPv4' | 'IPv6';
  /** Annotations for Pods that do not have them. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The same, for one namespace each; they win over those for all. */
  readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The injector as it works when it is told nothing but an image. */
export const injectorDefaults: InjectorConfig = {
  image: '',
  iptablesImage: '',
  imagePullPolicy: 'IfNotPresent',
  native: true,
  uid: 65_532,
  transparentUid: 65_411,
  resources: { cpuRequest: '50m', cpuLimit: '1', memoryRequest: '96Mi', memoryLimit: '192Mi' },
  ipFamily: 'IPv4',
  annotations: {},
  namespaces: {},
};

type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === 'string' ? undefined : 'must be text');
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const oneOf =
  (...choices: string[]): Check =>
  (value) =>
    choices.includes(String(value)) ? undefined : `must be ${choices.map((choice) => `\`${choice}\``).join(' or ')}`;
const user: Check = (value) =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) < 2 ** 31 ? undefined : 'must be a user id above 0';
const quantity: Check = (value) =>
  value === '' || (typeof value === 'string' && isQuantity(value)) ? undefined : 'must be a quantity such as `50m`';

const checks: Readonly<Record<keyof InjectorConfig, Check>> = {
  image: text,
  iptablesImage: text,
  imagePullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
  native: flag,
  uid: user,
  transparentUid: user,
  resources: (value) => members(value, (key) => (key in injectorDefaults.resources ? quantity : undefined)),
  ipFamily: oneOf('IPv4', 'IPv6'),
  annotations,
  namespaces: (value) => members(value, () => annotations),
};

/**
 * Reads the file's text.
 *
 * @throws {SidecarError} `ERR_SIDECAR_CONFIG`
 */
export function parseInjectorConfig(source: string, where: string): InjectorConfig {
  const document = documentOf(source, where);
  const problem = members(document, (key) =>
    Object.hasOwn(checks, key) ? checks[key as keyof InjectorConfig] : undefined,
  );
  if (problem !== undefined) throw new SidecarError('ERR_SIDECAR_CONFIG', `${where}: ${problem}`);
  const given = document as Partial<InjectorConfig>;
  return { ...injectorDefaults, ...given, resources: { ...injectorDefaults.resources, ...given.resources } };
}

function documentOf(source: string, where: string): unknown {
  try {
    return parse(source, { maxAliasCount: 0 }) ?? {};
  } catch (cause) {
    throw new SidecarError('ERR_SIDECAR_CONFIG', `${where}: is neither YAML nor JSON`, { cause });
  }
}

/** The first member that is not known or not as it must be, with its name. */
function members(value: unknown, checkOf: (key: string) => Check | undefined): string | undefined {
  if (!isObject(value)) return 'must be a mapping';
  for (const [key, inner] of Object.entries(value)) {
    const check = checkOf(key);
    const problem = check === undefined ? 'is not known' : check(inner);
    if (problem !== undefined) return `\`${key}\` ${problem}`;
  }
  return undefined;
}

function annotations(value: unknown): string | undefined {
  return members(value, (key) => {
    const name = key.startsWith(ANNOTATION_PREFIX) ? key.slice(ANNOTATION_PREFIX.length) : '';
    // Looked at now, not with each Pod: what no Pod can have, none would be let through with.
    return KNOWN_ANNOTATIONS.has(name) ? (own) => text(own) ?? valueProblem(name, String(own)) : undefined;
  });
}
