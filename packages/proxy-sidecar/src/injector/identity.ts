// identity.ts: the AWS identity of the app, for the sidecar to sign with. The webhooks of IRSA and EKS Pod Identity write
// variables and a token's mount into each container they see; when they ran before us they have not seen the sidecar, so what
// they gave to the app is copied.
import type { Container, EnvVar, Pod, VolumeMount } from './pod.js';

/** What the sidecar gets. */
export interface Identity {
  readonly env: readonly EnvVar[];
  readonly volumeMounts: readonly VolumeMount[];
  readonly warnings: readonly string[];
}

/** Variables that name where credentials come from, and hold none. */
const NAMES: ReadonlySet<string> = new Set([
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_SESSION_NAME',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_STS_REGIONAL_ENDPOINTS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_EC2_METADATA_DISABLED',
]);

/** Variables that hold a secret. They are copied only as references to one: none is written down a second time. */
const SECRETS: ReadonlySet<string> = new Set([
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
]);

/** A container with one of these has an identity. */
const MARKS = [
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_ACCESS_KEY_ID',
];

const TOKEN_FILES = ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];

/** Annotation of IRSA's webhook: containers that are to have no identity. */
const SKIP_CONTAINERS = 'eks.amazonaws.com/skip-containers';

/** The identity of the container called `from`, or of the first that has one. */
export function identityOf(
  pod: Pod,
  containers: readonly Container[],
  own: string,
  from: string | undefined,
): Identity {
  const skipped = pod.metadata?.annotations?.[SKIP_CONTAINERS]?.split(',').map((name) => name.trim()) ?? [];
  if (skipped.includes(own)) return { env: [], volumeMounts: [], warnings: [] };
  const source =
    from === undefined
      ? (containers.find(hasIdentity) ?? containers.find(({ env }) => env?.some(({ name }) => NAMES.has(name))))
      : containers.find(({ name }) => name === from);
  return source === undefined ? { env: [], volumeMounts: [], warnings: [] } : identityIn(source);
}

const hasIdentity = ({ env }: Container): boolean => env?.some(({ name }) => MARKS.includes(name)) ?? false;

function identityIn({ name, env = [], volumeMounts = [] }: Container): Identity {
  const known = (env ?? []).filter((one) => NAMES.has(one.name) || SECRETS.has(one.name));
  const literal = known.filter((one) => SECRETS.has(one.name) && one.valueFrom === undefined);
  // A value made of other variables would mean something else beside other variables.
  const composed = known.filter((one) => one.value?.includes('$('));
  const dropped = new Set([...literal, ...composed]);
  // Half a key is worse than none: the SDK would look no further.
  const copied = known.filter((one) => !dropped.has(one) && !(literal.length > 0 && SECRETS.has(one.name)));
  return {
    env: copied,
    volumeMounts: tokenMounts(copied, volumeMounts ?? []),
    warnings: [
      ...literal.map((one) => `${one.name} of container ${name} is a literal value and not copied: use a Secret`),
      ...composed.map((one) => `${one.name} of container ${name} refers to other variables and is not copied`),
    ],
  };
}

/** The mounts that the token files are in, read-only. */
function tokenMounts(env: readonly EnvVar[], mounts: readonly VolumeMount[]): VolumeMount[] {
  const files = env.filter(({ name }) => TOKEN_FILES.includes(name)).map(({ value = '' }) => value);
  const found = files.flatMap((file) => {
    const around = mounts.filter(({ mountPath }) => `${file}/`.startsWith(mountPath.replace(/\/*$/, '/')));
    return around.sort((a, b) => b.mountPath.length - a.mountPath.length).slice(0, 1);
  });
  return [...new Set(found)].map((mount) => ({ ...mount, readOnly: true }));
}
