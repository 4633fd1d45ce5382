// observe.ts — what others may see of a request: hooks of the client, and `diagnostics_channel` for tracers. Events hold
// no header and no secret; when nobody listens they are not even made.

/** What all events say. */
export interface AttemptEvent {
  readonly method: string;
  /** Where the attempt goes; a signature in the query is not in it. */
  readonly url: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** The `x-amzn-requestid` that is sent, when there is one. */
  readonly requestId: string | undefined;
}

/** Before a signature is made. `headers` may be changed: it is sent, and signed as far as headers are. */
export interface BeforeSignEvent extends AttemptEvent {
  readonly headers: Record<string, string>;
}
/** A signature was made. */
export interface SignEvent extends AttemptEvent {
  readonly accessKeyId: string;
  readonly region: string;
  readonly signedAt: Date;
}
/** A response began. */
export interface ResponseEvent extends AttemptEvent {
  readonly status: number;
  readonly durationMs: number;
}
/** Another attempt will be made. */
export interface RetryEvent extends AttemptEvent {
  readonly reason: 'status' | 'network' | 'timeout' | 'clockSkew' | 'expiredCredentials';
  readonly status: number | undefined;
  readonly delayMs: number;
}
/** The request failed for good. */
export interface ErrorEvent extends AttemptEvent {
  readonly error: unknown;
}

/** Called during a request, in this order. What a hook throws fails the request. */
export interface LatticeHooks {
  /** Before each signature: the place to add headers. May be asynchronous. */
  readonly beforeSign?: (event: BeforeSignEvent) => void | Promise<void>;
  readonly afterSign?: (event: SignEvent) => void;
  readonly beforeAttempt?: (event: AttemptEvent) => void;
  readonly afterResponse?: (event: ResponseEvent) => void;
  readonly onRetry?: (event: RetryEvent) => void;
  readonly onError?: (event: ErrorEvent) => void;
}

/** Names of the channels: `diagnostics_channel.subscribe('lattice-auth:attempt', …)`. */
type ChannelName = 'sign' | 'attempt' | 'response' | 'retry' | 'error';

interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

/** One kind of event: `wanted` says whether to make it, `emit` hands it on. */
interface Observer<E> {
  readonly wanted: boolean;
  emit(event: E): void;
}

/** All observers of a client. */
export interface Observers {
  readonly sign: Observer<SignEvent>;
  readonly attempt: Observer<AttemptEvent>;
  readonly response: Observer<ResponseEvent>;
  readonly retry: Observer<RetryEvent>;
  readonly error: Observer<ErrorEvent>;
}

/** Joins the hooks with the channels. */
export function observers(hooks: LatticeHooks): Observers {
  return {
    sign: observer('sign', hooks.afterSign),
    attempt: observer('attempt', hooks.beforeAttempt),
    response: observer('response', hooks.afterResponse),
    retry: observer('retry', hooks.onRetry),
    error: observer('error', hooks.onError),
  };
}

function observer<E>(name: ChannelName, hook: ((event: E) => void) | undefined): Observer<E> {
  const channel = diagnosticsChannel(`lattice-auth:${name}`);
  return {
    get wanted() {
      return hook !== undefined || channel?.hasSubscribers === true;
    },
    emit(event) {
      if (channel?.hasSubscribers) channel.publish(event);
      hook?.(event);
    },
  };
}

// Asked of the process rather than imported, so that the entry also loads where there is no Node.
function diagnosticsChannel(name: string): Channel | undefined {
  interface BuiltinModules {
    getBuiltinModule?(id: string): { channel(name: string): Channel } | undefined;
  }
  const { process } = globalThis as { process?: BuiltinModules };
  return process?.getBuiltinModule?.('node:diagnostics_channel')?.channel(name);
}

/** Two sets of hooks, one after the other: those of a client and those that `extend` added. */
export function joinHooks(first: LatticeHooks, then: LatticeHooks): LatticeHooks {
  const joined: Record<string, Hook | undefined> = { ...(first as Record<string, Hook>) };
  for (const [name, hook] of Object.entries(then as Record<string, Hook | undefined>)) {
    const before = joined[name];
    joined[name] = before && hook ? (event) => andThen(before(event), () => hook(event)) : (hook ?? before);
  }
  return joined as LatticeHooks;
}

type Hook = (event: unknown) => unknown;

function andThen(result: unknown, next: () => unknown): unknown {
  return result instanceof Promise ? result.then(next) : next();
}
