// credentials.ts: where credentials come from. Keys in the environment are read at once; for everything else (profile, SSO,
// process, web identity, ECS and EKS Pod Identity, instance) the AWS SDK's providers are loaded, which costs start-up time
// and memory and is why they are not when they are not needed. They read token files anew at each refresh.
import {
  type CredentialProvider,
  type CredentialSource,
  type Credentials,
  createCredentialSource,
} from '@lattice-auth/sigv4-fetch';
import type { CredentialsConfig } from '../config/sidecar-config.js';
import type { Logger } from '../log/logger.js';

/** The environment, as `process.env` has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Credentials, and what is known of them. */
export interface KnownCredentials {
  readonly source: CredentialSource;
  readonly expireAt: () => Date | undefined;
  readonly usable: () => boolean;
}

const SESSION_NAME_CHARS_MAX = 64;
const TRY_AGAIN_MS = 5_000;

/** Makes the source that the configuration asks for. `learn` is told each secret, so that none is ever logged. */
export function openCredentials(
  config: CredentialsConfig,
  env: Environment,
  logger: Logger,
  learn: (secret: string | undefined) => void,
): KnownCredentials {
  let found = 'environment variables';
  const base = baseProvider(config, env, (name) => {
    found = name;
  });
  const learning = (provider: CredentialProvider): CredentialProvider => {
    return async (options) => {
      const set = await provider(options);
      learn(set.secretAccessKey);
      learn(set.sessionToken);
      return set;
    };
  };
  const provider = learning(config.roleArn === undefined ? base : assumeRole(config, env, learning(base)));
  let named = '';
  const observed: CredentialProvider = async (options) => {
    const set = await provider(options);
    const now = `${config.roleArn === undefined ? '' : `role \`${config.roleArn}\` assumed with `}${found}`;
    if (now !== named) logger.info('credentials', { source: now, expiration: set.expiration });
    named = now;
    return set;
  };
  const source = createCredentialSource(observed);
  let askedAtMs = Number.NEGATIVE_INFINITY;
  return {
    source,
    usable() {
      if (source.peek() !== undefined) return true;
      // Whoever asks is told no, and is the reason to try again: without requests nobody else would.
      const nowMs = performance.now();
      if (nowMs - askedAtMs > TRY_AGAIN_MS) {
        askedAtMs = nowMs;
        source.get().catch(() => undefined);
      }
      return false;
    },
    expireAt() {
      const atMs = source.peek()?.expiresAtMs;
      return atMs === undefined || !Number.isFinite(atMs) ? undefined : new Date(atMs);
    },
  };
}

/** Gets credentials before the first request needs them, and says what was tried when there are none. */
export function warmUp(
  { source }: KnownCredentials,
  config: CredentialsConfig,
  env: Environment,
  logger: Logger,
): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const attempt = () => {
    source.get().catch((error: Error) => {
      if (stopped) return;
      const reason = error.cause instanceof Error ? error.cause.message : error.message;
      logger.error('no credentials', { tried: tried(config, env), reason });
      timer = setTimeout(attempt, TRY_AGAIN_MS);
      timer.unref();
    });
  };
  attempt();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** `found` is told where the chain found keys; it is not called for keys in the environment. */
function baseProvider(config: CredentialsConfig, env: Environment, found: (name: string) => void): CredentialProvider {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  const hasProfile = (config.profile ?? env.AWS_PROFILE ?? '') !== '';
  if (accessKeyId && secretAccessKey && !hasProfile) {
    const set = sessionToken ? { accessKeyId, secretAccessKey, sessionToken } : { accessKeyId, secretAccessKey };
    return () => Promise.resolve(set);
  }
  let chain: CredentialProvider | undefined;
  return async (options) => {
    if (chain === undefined) {
      const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
      chain = fromNodeProviderChain(config.profile === undefined ? {} : { profile: config.profile });
    }
    const set = await chain(options);
    found(sourceName(set));
    return set;
  };
}

function assumeRole(config: CredentialsConfig, env: Environment, base: CredentialProvider): CredentialProvider {
  let provider: (() => Promise<Credentials>) | undefined;
  return async () => {
    if (provider === undefined) {
      const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
      const region = config.stsRegion ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
      const assume = fromTemporaryCredentials({
        masterCredentials: async () => sdkCredentials(await base()),
        params: {
          RoleArn: config.roleArn as string,
          RoleSessionName: (config.sessionName ?? 'lattice-auth-proxy').slice(0, SESSION_NAME_CHARS_MAX),
          ...(config.externalId === undefined ? {} : { ExternalId: config.externalId }),
          ...(config.durationSeconds === undefined ? {} : { DurationSeconds: config.durationSeconds }),
        },
        clientConfig: {
          ...(region === undefined ? {} : { region }),
          ...(config.stsEndpoint === undefined ? {} : { endpoint: config.stsEndpoint }),
        },
      });
      provider = () => assume();
    }
    return provider();
  };
}

// The SDK's type has no room for a token that is there and undefined.
function sdkCredentials({ accessKeyId, secretAccessKey, sessionToken, expiration }: Credentials) {
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(expiration === undefined ? {} : { expiration }),
  };
}

// The SDK notes on each set how it was found; the notes are its user agent's feature names. Only sets of the instance have
// no note, and are told apart by that.
const SOURCES: readonly (readonly [note: string, name: string])[] = [
  ['CREDENTIALS_PROFILE_SSO', 'an SSO profile'],
  ['CREDENTIALS_SSO', 'SSO'],
  ['CREDENTIALS_PROFILE_PROCESS', 'the process of a profile'],
  ['CREDENTIALS_PROCESS', 'a process'],
  ['CREDENTIALS_PROFILE_STS_WEB_ID_TOKEN', 'the web identity of a profile'],
  ['CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN', 'web identity (IRSA)'],
  ['CREDENTIALS_STS_ASSUME_ROLE_WEB_ID', 'web identity (IRSA)'],
  ['CREDENTIALS_HTTP', 'the container endpoint (EKS Pod Identity, ECS)'],
  ['CREDENTIALS_PROFILE', 'a profile'],
  ['CREDENTIALS_ENV_VARS', 'environment variables'],
];

function sourceName(set: object): string {
  const notes = '$source' in set && typeof set.$source === 'object' ? Object.keys(set.$source ?? {}) : undefined;
  if (notes === undefined) return 'the instance (IMDS)';
  return SOURCES.find(([note]) => notes.includes(note))?.[1] ?? 'the default chain';
}

/** What there was to try, in the order of the chain. */
export function tried(config: CredentialsConfig, env: Environment): readonly string[] {
  const list = [
    env.AWS_ACCESS_KEY_ID ? 'environment variables' : 'environment variables (AWS_ACCESS_KEY_ID is not set)',
    `profile \`${config.profile ?? env.AWS_PROFILE ?? 'default'}\` (SSO, process, files)`,
    env.AWS_WEB_IDENTITY_TOKEN_FILE ? 'web identity (IRSA)' : 'web identity (AWS_WEB_IDENTITY_TOKEN_FILE is not set)',
    env.AWS_CONTAINER_CREDENTIALS_FULL_URI || env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
      ? 'the container endpoint (EKS Pod Identity, ECS)'
      : 'the instance (IMDS)',
  ];
  return config.roleArn === undefined ? list : [...list, `role \`${config.roleArn}\``];
}
