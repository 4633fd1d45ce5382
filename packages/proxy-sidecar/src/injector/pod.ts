// pod.ts: the parts of a Pod that the injector reads or writes. All else is carried along untouched, whatever it is: these are
// not the whole types of Kubernetes, and a newer cluster's fields must survive.

/** An environment variable of a container. */
export interface EnvVar {
  readonly name: string;
  readonly value?: string | undefined;
  readonly valueFrom?: object | undefined;
}

/** Where a volume appears in a container. */
export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean | undefined;
}

/** A container, as far as it matters here. */
export interface Container {
  readonly name: string;
  readonly env?: readonly EnvVar[] | undefined;
  readonly volumeMounts?: readonly VolumeMount[] | undefined;
  readonly ports?:
    | readonly { readonly name?: string; readonly containerPort: number; readonly protocol?: string }[]
    | undefined;
  readonly securityContext?: { readonly runAsUser?: number } | undefined;
}

/** A volume; its source is one of many. */
export interface Volume {
  readonly name: string;
}

/** A Pod, as far as it matters here. */
export interface Pod {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
  readonly metadata?:
    | {
        readonly name?: string;
        readonly generateName?: string;
        readonly namespace?: string;
        readonly annotations?: Readonly<Record<string, string>> | null;
      }
    | undefined;
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[] | null | undefined;
    readonly volumes?: readonly Volume[] | null | undefined;
    readonly hostNetwork?: boolean;
    readonly terminationGracePeriodSeconds?: number | null;
    readonly nodeSelector?: Readonly<Record<string, string>> | null;
    readonly os?: { readonly name?: string } | null;
    readonly securityContext?: { readonly runAsUser?: number } | null;
  };
}

/** A value has the form of a Pod, as far as it is read here: what comes over the wire, or from a file, may be anything. */
export function isPod(value: unknown): value is Pod {
  if (!isObject(value) || !isObject(value.spec) || !isAbsentOr(value.metadata, isObject)) return false;
  const { spec } = value;
  return (
    isAbsentOr(value.metadata?.annotations, isTextMap) &&
    isListOf(spec.containers, isContainer) &&
    isAbsentOr(spec.initContainers, (list) => isListOf(list, isContainer)) &&
    isAbsentOr(spec.volumes, (list) => isListOf(list, isNamed)) &&
    isAbsentOr(spec.nodeSelector, isTextMap) &&
    isAbsentOr(spec.os, isObject) &&
    isAbsentOr(spec.securityContext, isObject) &&
    isAbsentOr(spec.terminationGracePeriodSeconds, (seconds) => typeof seconds === 'number')
  );
}

/** The annotations of what may be a Pod or anything else: also of one that is otherwise unusable. */
export function annotationsOf(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value) || !isObject(value.metadata) || !isObject(value.metadata.annotations)) return {};
  const entries = Object.entries(value.metadata.annotations).filter(([, text]) => typeof text === 'string');
  return Object.fromEntries(entries) as Record<string, string>;
}

/** An object that is no array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsentOr<Value>(value: unknown, test: (value: unknown) => value is Value): value is Value | null | undefined;
function isAbsentOr(value: unknown, test: (value: unknown) => boolean): boolean;
function isAbsentOr(value: unknown, test: (value: unknown) => boolean): boolean {
  return value === undefined || value === null || test(value);
}

const isListOf = (value: unknown, test: (value: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(test);
const isNamed = (value: unknown): boolean => isObject(value) && typeof value.name === 'string';
const isTextMap = (value: unknown): boolean =>
  isObject(value) && Object.values(value).every((text) => typeof text === 'string');

function isContainer(value: unknown): boolean {
  return (
    isObject(value) &&
    isNamed(value) &&
    isAbsentOr(value.env, (list) => isListOf(list, isEnvVar)) &&
    isAbsentOr(value.volumeMounts, (list) => isListOf(list, isMount)) &&
    isAbsentOr(value.ports, (list) => isListOf(list, isObject)) &&
    isAbsentOr(value.securityContext, isObject)
  );
}

function isEnvVar(value: unknown): boolean {
  return (
    isObject(value) &&
    isNamed(value) &&
    isAbsentOr(value.value, (text) => typeof text === 'string') &&
    isAbsentOr(value.valueFrom, isObject)
  );
}

const isMount = (value: unknown): boolean => isObject(value) && isNamed(value) && typeof value.mountPath === 'string';
