// client.ts — everything that requests of one client share: options with their defaults, credentials, the retry budget,
// what is known of each origin. `extend` makes a new one that shares what the new options do not change.
import { type CredentialSource, createCredentialSource } from '../credentials/credential-source.js';
import type { CredentialProvider, Credentials } from '../credentials/credentials.js';
import { SigningError } from '../errors.js';
import { type RetryBudget, retryBudget } from '../retry/retry-budget.js';
import { type RetryOptions, type RetryPolicy, retryPolicy } from '../retry/retry-policy.js';
import { type HostPattern, hostTest } from './allowed-hosts.js';
import { type Destinations, destinations } from './destination.js';
import type { HostFrames } from './make-signature.js';
import { joinHooks, type LatticeHooks, type Observers, observers } from './observe.js';
import type { RegionOption } from './region.js';
import { signRawWith } from './sign-raw.js';
import { type ResolvedSettings, resolveSettings, type SigningSettings, type SignRaw } from './signing-settings.js';
import type { TimeoutOptions } from './timeouts.js';

/** Which signatures are made, and for whom. */
export interface SignerOptions extends SigningSettings {
  /** Default: the AWS SDK's default chain, loaded at the first request. */
  readonly credentials?: Credentials | CredentialProvider | CredentialSource;
  /** Default: from the host name, then AWS_REGION, then AWS_DEFAULT_REGION. A list, or `*`, signs with SigV4A. */
  readonly region?: RegionOption;
  /** Hosts to sign for besides Lattice's own names. */
  readonly hosts?: readonly HostPattern[];
  /** What happens to a request for another host: an error (default), or it goes out unsigned. */
  readonly hostNotAllowed?: 'error' | 'pass-through';
  /** Sign for plain http off this machine too. Default false. */
  readonly allowInsecureHttp?: boolean;
  /** `smithy`: sign with AWS's own `@smithy/signature-v4`. Default `lattice`, this package's signer. */
  readonly implementation?: 'lattice' | 'smithy';
}

/** What a client of any transport can be told. */
export interface ClientOptions extends SignerOptions {
  /** False: every request is sent once. */
  readonly retry?: RetryOptions | false;
  readonly timeout?: TimeoutOptions;
  /** `off`: a refused date is not corrected. Default `auto`. */
  readonly clockSkew?: 'auto' | 'off';
  readonly hooks?: LatticeHooks;
  /** Send an `x-amzn-requestid` of our own, which Lattice hands on and logs. Default false. */
  readonly requestId?: boolean | (() => string);
  /** Reject with a typed error when the response is not a success. Default false, as `fetch` does. */
  readonly throwOnError?: boolean;
}

/** Options, resolved, with what is shared. */
export interface Client {
  readonly options: ClientOptions;
  readonly settings: ResolvedSettings;
  readonly credentials: CredentialSource;
  readonly destinations: Destinations;
  readonly signRaw: SignRaw;
  readonly retry: RetryPolicy;
  readonly budget: RetryBudget;
  readonly timeout: TimeoutOptions;
  readonly hooks: LatticeHooks;
  readonly observers: Observers;
  /** Undefined when it is not this package's signer that signs. */
  readonly frames: HostFrames | undefined;
  readonly newRequestId: (() => string) | undefined;
}

/** Resolves options; what `parent` already holds for the same options is shared with it. */
export function createClient(options: ClientOptions, parent?: Client): Client {
  const merged: ClientOptions = { ...parent?.options, ...options };
  const hooks = joinHooks(parent?.hooks ?? {}, options.hooks ?? {});
  const retry = retryPolicy(merged.retry);
  const shared = <K extends keyof ClientOptions>(...names: K[]) => names.every((name) => !(name in options));
  const keepsDestinations = shared('hosts', 'hostNotAllowed', 'allowInsecureHttp', 'region');
  return {
    options: { ...merged, hooks },
    settings: resolveSettings(merged),
    credentials:
      parent !== undefined && shared('credentials') ? parent.credentials : createCredentialSource(merged.credentials),
    destinations: parent !== undefined && keepsDestinations ? parent.destinations : newDestinations(merged),
    signRaw: signRawWith(merged.implementation ?? 'lattice'),
    retry,
    budget: parent !== undefined && shared('retry') ? parent.budget : retryBudget(retry.budget),
    timeout: checkedTimeout(merged.timeout ?? {}),
    hooks,
    observers: observers(hooks),
    frames: merged.implementation === 'smithy' ? undefined : new Map(),
    newRequestId: requestIds(merged.requestId ?? false),
  };
}

function newDestinations(options: ClientOptions): Destinations {
  return destinations({
    allows: hostTest(options.hosts),
    hostNotAllowed: options.hostNotAllowed ?? 'error',
    allowInsecureHttp: options.allowInsecureHttp ?? false,
    region: options.region,
  });
}

function requestIds(option: boolean | (() => string)): (() => string) | undefined {
  if (typeof option === 'function') return option;
  return option ? () => crypto.randomUUID() : undefined;
}

/** Timeouts must be times. */
export function checkedTimeout(timeout: TimeoutOptions): TimeoutOptions {
  for (const value of [timeout.attemptMs, timeout.totalMs]) {
    if (value === undefined || (Number.isFinite(value) && value > 0 && value <= 2_147_483_647)) continue;
    throw new SigningError('ERR_SIGNING_OPTION', '`timeout` takes milliseconds greater than 0');
  }
  return timeout;
}
