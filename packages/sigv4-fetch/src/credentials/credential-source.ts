// credential-source.ts — keeps one set of credentials ready. While a set is valid, reading it takes no await;
// it is replaced in the background before it expires, by one call however many requests are waiting, and a set
// that still works survives a refresh that fails. Rules: docs/fetch.md, "Credentials".
import { SigningError } from '../errors.js';
import { type CredentialProvider, type CredentialSet, type Credentials, toCredentialSet } from './credentials.js';

/** Where the signing code gets its credentials from. */
export interface CredentialSource {
  /** The set in use, when there is one that has not expired; starts a refresh in the background when one is due. */
  peek(): CredentialSet | undefined;
  /** The set in use, waiting for the provider when there is none. */
  get(): Promise<CredentialSet>;
  /** A set other than `rejected`: the one in use when it has changed already, otherwise a new one from the provider. */
  replace(rejected: CredentialSet): Promise<CredentialSet>;
}

const REFRESH_WINDOW_MS = 300_000;
const REFRESH_JITTER_MS = 60_000;
const RETRY_MIN_MS = 5_000;
const RETRY_MAX_MS = 60_000;

/** Credentials that never change. */
function staticCredentials(value: Credentials): CredentialSource {
  const set = toCredentialSet(value);
  return { peek: () => set, get: () => Promise.resolve(set), replace: () => Promise.resolve(set) };
}

/** Credentials from a provider, kept and refreshed. `now` and `random` are injected by tests only. */
export function cachedCredentials(
  provider: CredentialProvider,
  { now = Date.now, random = Math.random } = {},
): CredentialSource {
  let current: CredentialSet | undefined;
  let refreshAtMs = 0;
  let failures = 0;
  let inFlight: Promise<CredentialSet> | undefined;

  const accept = (set: CredentialSet): CredentialSet => {
    // A provider that returns the set we have must not make every request refresh: keep the object, wait a little.
    const same = current !== undefined && sameKeys(current, set) && current.expiresAtMs === set.expiresAtMs;
    if (!same || current === undefined) current = set;
    failures = 0;
    refreshAtMs = nextRefresh(current.expiresAtMs, now(), random());
    return current;
  };
  const fail = (cause: unknown): never => {
    const waitMs = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** failures);
    failures = Math.min(failures + 1, 16);
    // INVARIANT: never later than the end of the set in use, since until then `peek` hands it out unasked.
    refreshAtMs = Math.min(current?.expiresAtMs ?? 0, now() + waitMs * (0.5 + random() / 2));
    throw cause instanceof SigningError ? cause : credentialsError(cause);
  };
  const refresh = (forceRefresh: boolean): Promise<CredentialSet> => {
    inFlight ??= Promise.resolve()
      .then(() => provider(forceRefresh ? { forceRefresh: true } : undefined))
      .then(toCredentialSet)
      .then(accept, fail)
      .finally(() => {
        inFlight = undefined;
      });
    return inFlight;
  };
  const peek = (): CredentialSet | undefined => {
    if (current === undefined) return undefined;
    const nowMs = now();
    if (nowMs < refreshAtMs) return current;
    if (nowMs >= current.expiresAtMs) return undefined;
    if (inFlight === undefined) refresh(true).catch(() => undefined); // the set in use still works; the next try is scheduled
    return current;
  };
  return {
    peek,
    get: () => {
      const set = peek();
      return set === undefined ? refresh(current !== undefined) : Promise.resolve(set);
    },
    replace: (rejected) =>
      current !== undefined && current !== rejected && now() < current.expiresAtMs
        ? Promise.resolve(current)
        : refresh(true),
  };
}

// Five minutes before the end, less up to a minute so that a fleet does not ask at once; half of what is left when
// that is less than the window; and never again at once, since some endpoints hand out the old set until its last minutes.
function nextRefresh(expiresAtMs: number, nowMs: number, random: number): number {
  if (expiresAtMs === Number.POSITIVE_INFINITY) return expiresAtMs;
  const leftMs = expiresAtMs - nowMs;
  const early = expiresAtMs - REFRESH_WINDOW_MS + random * REFRESH_JITTER_MS;
  if (early > nowMs) return Math.max(early, nowMs + 1);
  return Math.min(expiresAtMs, nowMs + Math.max(1_000, Math.min(leftMs / 2, RETRY_MAX_MS)));
}

function sameKeys(a: CredentialSet, b: CredentialSet): boolean {
  return (
    a.accessKeyId === b.accessKeyId && a.secretAccessKey === b.secretAccessKey && a.sessionToken === b.sessionToken
  );
}

function credentialsError(cause: unknown): SigningError {
  const reason = cause instanceof Error ? cause.name : typeof cause;
  return new SigningError('ERR_SIGNING_CREDENTIALS', `the credential provider failed: \`${reason}\``, { cause });
}

/** The source for what a caller passed as `credentials`; nothing passed means the default chain. */
export function createCredentialSource(
  credentials: Credentials | CredentialProvider | CredentialSource | undefined,
): CredentialSource {
  if (credentials === undefined) return cachedCredentials(defaultProvider());
  if (typeof credentials === 'function') return cachedCredentials(credentials);
  return typeof (credentials as CredentialSource | null)?.peek === 'function'
    ? (credentials as CredentialSource)
    : staticCredentials(credentials as Credentials);
}

// The SDK's chain, and the code around it, for those who need it.
function defaultProvider(): CredentialProvider {
  let chain: CredentialProvider | undefined;
  return async (options) => {
    chain ??= (await import('../fetch/on-demand.js')).defaultChain();
    return chain(options);
  };
}
