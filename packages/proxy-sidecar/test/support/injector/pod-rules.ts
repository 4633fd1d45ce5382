// pod-rules.ts: what an apiserver checks of a Pod beyond its schema, as far as an injector can break it, and what the
// `restricted` Pod Security Standard asks of a container.

interface AnyContainer {
  readonly name: string;
  readonly restartPolicy?: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number; readonly protocol?: string }[];
  readonly env?: readonly { readonly name: string }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly startupProbe?: object;
  readonly resources?: { readonly requests?: object; readonly limits?: object };
  readonly securityContext?: {
    readonly allowPrivilegeEscalation?: boolean;
    readonly privileged?: boolean;
    readonly runAsNonRoot?: boolean;
    readonly runAsUser?: number;
    readonly capabilities?: { readonly drop?: readonly string[]; readonly add?: readonly string[] };
    readonly seccompProfile?: { readonly type?: string };
  };
}

export interface AnyPod {
  readonly metadata: { readonly annotations?: Record<string, string> };
  readonly spec: {
    readonly containers: readonly AnyContainer[];
    readonly initContainers?: readonly AnyContainer[];
    readonly volumes?: readonly { readonly name: string }[];
  };
}

/** Rules that the apiserver would refuse the Pod by. */
export function brokenRules({ spec }: AnyPod): string[] {
  const all = [...spec.containers, ...(spec.initContainers ?? [])];
  const volumes = (spec.volumes ?? []).map(({ name }) => name);
  // Ports of init containers that end may be those of others: only what runs together counts.
  const running = [...spec.containers, ...(spec.initContainers ?? []).filter((one) => one.restartPolicy === 'Always')];
  const ownPorts = running.filter(({ name }) => name.startsWith('lattice-auth')).flatMap(({ ports = [] }) => ports);
  const otherPorts = running.filter(({ name }) => !name.startsWith('lattice-auth')).flatMap(({ ports = [] }) => ports);
  return [
    ...twice(all.map(({ name }) => name)).map((name) => `two containers ${name}`),
    ...twice(volumes).map((name) => `two volumes ${name}`),
    ...all.flatMap(({ name, volumeMounts = [] }) => [
      ...volumeMounts
        .filter((mount) => !volumes.includes(mount.name))
        .map((mount) => `${name}: no volume ${mount.name}`),
      ...twice(volumeMounts.map(({ mountPath }) => mountPath)).map((path) => `${name}: two mounts at ${path}`),
    ]),
    ...all.flatMap(({ name, env = [] }) => twice(env.map((one) => one.name)).map((key) => `${name}: two ${key}`)),
    ...ownPorts
      .filter((own) => otherPorts.some(({ containerPort }) => containerPort === own.containerPort))
      .map(String),
    ...(spec.initContainers ?? [])
      .filter(({ restartPolicy, startupProbe }) => startupProbe !== undefined && restartPolicy !== 'Always')
      .map(({ name }) => `${name}: an init container that ends has a probe`),
    ...spec.containers.filter((one) => 'restartPolicy' in one).map(({ name }) => `${name}: restartPolicy`),
  ];
}

const twice = (list: readonly string[]): string[] => list.filter((item, i) => list.indexOf(item) !== i);

/** What the `restricted` standard has against a container. */
export function unrestricted({ securityContext: context, resources }: AnyContainer): string[] {
  const rules: readonly (readonly [string, boolean])[] = [
    ['allowPrivilegeEscalation', context?.allowPrivilegeEscalation === false],
    ['privileged', context?.privileged !== true],
    ['runAsNonRoot', context?.runAsNonRoot === true],
    ['runAsUser', (context?.runAsUser ?? 0) > 0],
    ['capabilities', context?.capabilities?.drop?.includes('ALL') === true],
    ['capabilities.add', (context?.capabilities?.add ?? []).every((name) => name === 'NET_BIND_SERVICE')],
    ['seccompProfile', context?.seccompProfile?.type === 'RuntimeDefault'],
    ['resources', resources?.requests !== undefined && resources.limits !== undefined],
  ];
  return rules.filter(([, holds]) => !holds).map(([name]) => name);
}
