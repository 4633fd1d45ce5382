// sidecar-config.ts: everything the sidecar can be told, as one typed, complete value, and its defaults.
// Nothing else in the package reads a file, a flag or an environment variable: this value is all there is to know.
// Durations are in milliseconds, sizes in bytes; 0 turns a timeout off.

/** Where a listener listens. Port 0 takes any free port. */
export interface ListenConfig {
  readonly host: string;
  readonly port: number;
  /** A Unix socket instead of host and port. */
  readonly path?: string | undefined;
}

/** TLS of a listener: PEM files, read at start and again when they change. */
export interface ListenTlsConfig {
  readonly certFile: string;
  readonly keyFile: string;
  /** With it, callers must show a certificate signed by it. */
  readonly clientCaFile?: string | undefined;
}

/** What is signed, and how. */
export interface SigningConfig {
  /** Signing name. */
  readonly service: string;
  /** Default: from the host name, then AWS_REGION, then AWS_DEFAULT_REGION. A list, or `*`, signs with SigV4A. */
  readonly region?: string | readonly string[] | undefined;
  /** `auto`: SigV4A when `region` is a list or `*`. */
  readonly algorithm: 'auto' | 'sigv4' | 'sigv4a';
  /** `query` leaves `authorization` to the caller. */
  readonly placement: 'header' | 'query';
  /** Query placement: how long a signature is good for. */
  readonly expiresSeconds: number;
  /** `unsigned` is all that Lattice takes. */
  readonly payload: 'unsigned';
  /** Header that receives the caller's own `authorization`, which is removed otherwise. */
  readonly moveAuthorizationTo?: string | undefined;
  /** Lower-case names of request headers that are not sent on. */
  readonly strip: readonly string[];
  /** Lower-case names of request headers that are sent a second time as `x-original-<name>`, before they are changed. */
  readonly duplicateHeaders: readonly string[];
  /** Headers added to requests that do not have them. */
  readonly customHeaders: Readonly<Record<string, string>>;
}

/** How to reach an upstream. */
export interface UpstreamConfig {
  readonly scheme: 'https' | 'http';
  /** `auto`: ALPN over TLS, HTTP/1.1 in plain. */
  readonly protocol: 'auto' | 'h1' | 'h2';
  readonly tls: {
    /** False: any certificate will do. For tests. */
    readonly verify: boolean;
    /** PEM file with certificate authorities to trust besides the built-in ones. */
    readonly caFile?: string | undefined;
  };
}

/** Where requests go: three addresses that are one in simple cases. All default to the request's own host. */
export interface RouteTarget {
  /** `host`, `host:port` or `[v6]:port` to connect to. */
  readonly connect?: string | undefined;
  /** Server name in the TLS handshake. */
  readonly serverName?: string | undefined;
  /** `Host` that is sent and signed. */
  readonly signedHost?: string | undefined;
  readonly upstream?: Partial<UpstreamConfig> | undefined;
  readonly signing?: Partial<SigningConfig> | undefined;
  readonly timeouts?: Partial<TimeoutsConfig> | undefined;
}

/** One row of the route table. The first that fits is taken; a row without conditions fits always. */
export interface RouteConfig extends RouteTarget {
  /** In metrics and logs. */
  readonly name: string;
  /** Host name, or `*.example.com` for all names below it. */
  readonly host?: string | undefined;
  /** Beginning of the path, whole segments. */
  readonly pathPrefix?: string | undefined;
}

/** `host`: where the request says. `upstream`: one place for all. `routes`: the table; what fits no row is refused. */
export type DestinationConfig =
  | { readonly mode: 'host' }
  | { readonly mode: 'upstream'; readonly target: RouteTarget & { readonly connect: string } }
  | { readonly mode: 'routes'; readonly routes: readonly RouteConfig[] };

/** Connections kept to upstreams. Lattice closes idle ones after a minute and all after ten. */
export interface PoolConfig {
  /** Most connections to one upstream. */
  readonly connections: number;
  readonly idleMs: number;
  readonly lifetimeMs: number;
}

/** How long things may take. */
export interface TimeoutsConfig {
  readonly connectMs: number;
  /** From the end of the request to the first byte of the answer. */
  readonly headersMs: number;
  /** Without a byte in either direction, once the answer has begun. */
  readonly idleMs: number;
  /** The whole exchange. 0: no end. */
  readonly totalMs: number;
  /** For the caller to send the head of its request. */
  readonly requestHeadMs: number;
  /** A caller's connection without a request. Longer than what callers keep theirs. */
  readonly keepAliveMs: number;
}

/** Sending again. A request that died on a reused connection before its first byte is sent again once in any case. */
export interface RetriesConfig {
  /** Most attempts in all; 1: none. */
  readonly attempts: number;
  readonly statuses: readonly number[];
  readonly methods: readonly string[];
  /** A body up to this size is kept for sending again. */
  readonly bodyBytesMax: number;
}

/** What one listener puts up with. */
export interface LimitsConfig {
  readonly headerBytes: number;
  readonly headerCount: number;
  readonly connections: number;
  /** Requests in flight. */
  readonly inFlight: number;
  /** Streams of one HTTP/2 connection. */
  readonly streamsPerConnection: number;
  /** 0: no limit. */
  readonly bodyBytes: number;
}

/** Whether policies are asked: not at all, for the record only, or with effect. */
export type JudgeMode = 'off' | 'shadow' | 'enforce';

/** The listener that signs. */
export interface OutboundConfig {
  readonly enabled: boolean;
  readonly listen: ListenConfig;
  readonly tls?: ListenTlsConfig | undefined;
  readonly destination: DestinationConfig;
  /** Hosts to sign for besides Lattice's own names: a name, or `*.example.com`. */
  readonly allow: readonly string[];
  readonly signing: SigningConfig;
  readonly upstream: UpstreamConfig;
  readonly pool: PoolConfig;
  readonly timeouts: TimeoutsConfig;
  readonly retries: RetriesConfig;
  readonly limits: LimitsConfig;
  readonly preflight: JudgeMode;
}

/** The listener in front of the app. */
export interface InboundConfig {
  readonly enabled: boolean;
  readonly listen: ListenConfig;
  readonly tls?: ListenTlsConfig | undefined;
  /** Where the app listens: `host:port`. */
  readonly app: string;
  /** `h2`: the app speaks HTTP/2 without TLS (gRPC). */
  readonly appProtocol: 'h1' | 'h2';
  /** Addresses and CIDR blocks whose identity headers are believed. */
  readonly trustedPeers: readonly string[];
  readonly mode: JudgeMode;
  readonly pool: PoolConfig;
  readonly timeouts: TimeoutsConfig;
  readonly limits: LimitsConfig;
  /** The service that this is, by name or ARN in the stack; default: what `x-amzn-lattice-target` says. */
  readonly service?: string | undefined;
  /** Verify SigV4 here, with these keys: for tests and for paths that do not lead over Lattice. */
  readonly verify?: InboundVerifyConfig | undefined;
}

/** Static keys that inbound signatures are verified with. */
export interface InboundVerifyConfig {
  /** JSON file: `[{ accessKeyId, secretAccessKey, sessionToken?, principal }]`. */
  readonly keysFile: string;
  readonly region: string;
}

/** The listener that Envoy asks about requests that it has: external authorization, as gRPC and as HTTP. */
export interface ExtAuthzConfig {
  readonly enabled: boolean;
  readonly listen: ListenConfig;
  readonly tls?: ListenTlsConfig | undefined;
  readonly mode: 'shadow' | 'enforce';
  /** What is asked about unless Envoy's `context_extensions` say so: a service by name or ARN in the stack. */
  readonly service?: string | undefined;
  /** The network it is reached by, by name or ARN in the stack; default: the service's only one. */
  readonly serviceNetwork?: string | undefined;
  /** VPC that requests come from when Lattice does not say so: name in the stack, or id. */
  readonly sourceVpc?: string | undefined;
  /** Addresses and CIDR blocks of Envoy's own peers whose identity headers are believed. */
  readonly trustedPeers: readonly string[];
  /** Who peers of Envoy are whose certificate it has verified: by their SPIFFE id, a principal of the stack or an ARN. */
  readonly principals: Readonly<Record<string, string>>;
  /** Verify SigV4 here, as for inbound. */
  readonly verify?: InboundVerifyConfig | undefined;
  /** Tell the app what was decided: `x-lattice-auth-decision`. */
  readonly decisionHeader: boolean;
  /** Status for what could not be decided. */
  readonly statusOnError: number;
  readonly http: ExtAuthzHttpConfig;
  readonly timeouts: {
    /** For a question to arrive whole. */
    readonly requestMs: number;
    /** A connection of Envoy's without a question; longer than Envoy keeps one. */
    readonly keepAliveMs: number;
  };
  /** `bodyBytes`: size of one question. */
  readonly limits: LimitsConfig;
}

/** The form of external authorization without gRPC. */
export interface ExtAuthzHttpConfig {
  /** Envoy's `path_prefix`. What does not begin with it is no question of this form. */
  readonly pathPrefix: string;
  /** Header in which Envoy, and nobody else, says the address of its peer. Without it no identity header is believed. */
  readonly peerHeader?: string | undefined;
  /** Say which policy and statement decided, in headers: for Envoy, which must not pass them to callers. */
  readonly metadataHeaders: boolean;
}

/** The listener for operators. */
export interface AdminConfig {
  readonly enabled: boolean;
  readonly listen: ListenConfig;
  /** Accept `POST /shutdown`, from loopback only. */
  readonly shutdown: boolean;
}

/** Where credentials come from. Without `source`: the AWS SDK's default chain. */
export interface CredentialsConfig {
  /** Assumed with the credentials found. */
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  /** Cut to 64 characters. */
  readonly sessionName?: string | undefined;
  readonly durationSeconds?: number | undefined;
  readonly profile?: string | undefined;
  /** Address of STS, for tests and private endpoints. */
  readonly stsEndpoint?: string | undefined;
  /** Region of STS. Default AWS_REGION. */
  readonly stsRegion?: string | undefined;
}

/** What is written to standard output, as lines of JSON. */
export interface LogConfig {
  readonly level: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** `failed`: only answers of 400 and more. */
  readonly access: 'off' | 'failed' | 'all';
  /** Log the canonical request and the string to sign, without the session token. */
  readonly signing: boolean;
}

/** What decides in preflight and inbound. */
export interface PolicyFilesConfig {
  /** A stack file (see `@lattice-auth/stack`). */
  readonly stack?: string | undefined;
  /** Finer policies for inbound, same language: files; each must allow. */
  readonly inbound: readonly string[];
  /** Who the caller is in preflight: the name of a principal in the stack, or an ARN. */
  readonly caller?: string | undefined;
  /** VPC that requests come from, in preflight: name or id. */
  readonly sourceVpc?: string | undefined;
  /** How often files are looked at, besides being watched. */
  readonly pollMs: number;
}

/** How the sidecar stops. */
export interface DrainConfig {
  /** What is in flight when this is over is cut. */
  readonly deadlineMs: number;
  /** For so long connections without a request stay open, so that a request on its way is still answered. */
  readonly lingerMs: number;
}

/** Everything the sidecar can be told. */
export interface SidecarConfig {
  readonly outbound: OutboundConfig;
  readonly inbound: InboundConfig;
  readonly extAuthz: ExtAuthzConfig;
  readonly admin: AdminConfig;
  readonly credentials: CredentialsConfig;
  readonly policies: PolicyFilesConfig;
  readonly log: LogConfig;
  readonly drain: DrainConfig;
  /** Processes that share the listeners. 1: no others. */
  readonly workers: number;
}

const pool: PoolConfig = { connections: 256, idleMs: 45_000, lifetimeMs: 540_000 };
const timeouts: TimeoutsConfig = {
  connectMs: 2_000,
  headersMs: 60_000,
  idleMs: 60_000,
  totalMs: 0,
  requestHeadMs: 10_000,
  keepAliveMs: 75_000,
};
const limits: LimitsConfig = {
  headerBytes: 61_440,
  headerCount: 200,
  connections: 4_096,
  inFlight: 4_096,
  streamsPerConnection: 256,
  bodyBytes: 0,
};

/** The sidecar as it runs when it is told nothing: outbound and admin on loopback, any Lattice host, nothing judged. */
export const defaults: SidecarConfig = {
  outbound: {
    enabled: true,
    listen: { host: '127.0.0.1', port: 8080 },
    destination: { mode: 'host' },
    allow: [],
    signing: {
      service: 'vpc-lattice-svcs',
      algorithm: 'auto',
      placement: 'header',
      expiresSeconds: 300,
      payload: 'unsigned',
      strip: [],
      duplicateHeaders: [],
      customHeaders: {},
    },
    upstream: { scheme: 'https', protocol: 'auto', tls: { verify: true } },
    pool,
    timeouts,
    retries: {
      attempts: 1,
      statuses: [429, 502, 503, 504],
      methods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'],
      bodyBytesMax: 65_536,
    },
    limits,
    preflight: 'off',
  },
  inbound: {
    enabled: false,
    listen: { host: '127.0.0.1', port: 8081 },
    app: '127.0.0.1:8000',
    appProtocol: 'h1',
    trustedPeers: ['169.254.171.0/24', 'fd00:ec2:80::/64'],
    mode: 'enforce',
    pool,
    timeouts,
    limits,
  },
  extAuthz: {
    enabled: false,
    listen: { host: '127.0.0.1', port: 9191 },
    mode: 'enforce',
    trustedPeers: ['169.254.171.0/24', 'fd00:ec2:80::/64'],
    principals: {},
    decisionHeader: false,
    statusOnError: 403,
    http: { pathPrefix: '/check', metadataHeaders: false },
    timeouts: { requestMs: 1_000, keepAliveMs: 3_660_000 },
    limits: { ...limits, bodyBytes: 1_048_576 },
  },
  admin: { enabled: true, listen: { host: '127.0.0.1', port: 9901 }, shutdown: true },
  credentials: {},
  policies: { inbound: [], pollMs: 10_000 },
  log: { level: 'info', access: 'all', signing: false },
  drain: { deadlineMs: 25_000, lingerMs: 1_000 },
  workers: 1,
};
