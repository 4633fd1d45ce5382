// model.ts — what is deployed, as the rest of the program sees it: every reference resolved, every default filled in,
// every policy parsed, all of it frozen. Things are kept by name in objects without a prototype.
import type { AuthType, CallerPolicies, Policy, PolicyType, Principal } from '@lattice-auth/policy-engine';
import type { FilePlace } from './errors.js';

export type ListenerProtocol = 'HTTP' | 'HTTPS' | 'TLS_PASSTHROUGH';
export type TargetGroupType = 'IP' | 'INSTANCE' | 'ALB' | 'LAMBDA';
export type TargetProtocol = 'HTTP' | 'HTTPS' | 'TCP';
export type TargetProtocolVersion = 'HTTP1' | 'HTTP2' | 'GRPC';
export type PrincipalKind = 'role' | 'session' | 'user' | 'root' | 'federatedUser' | 'identityProvider' | 'service';

/** Things of one kind by name. */
export type ByName<T> = Readonly<Record<string, T>>;

/** Everything in a stack file has a name and a place where it stands. */
export interface Named {
  readonly name: string;
  readonly place: FilePlace;
}

/**
 * A policy of the stack. `policy.name` is what decisions call it: the path of its file, or the stack file and the
 * pointer to it. Lines and columns in `policy` are those of the file that it stands in, the stack file included.
 */
export interface StackPolicy {
  readonly policy: Policy;
  readonly type: PolicyType;
  /** The file that the policy stands in. */
  readonly file: string;
  /** Where in the stack file it is named or written. */
  readonly place: FilePlace;
}

export interface Organization {
  readonly id: string;
  readonly paths: readonly string[];
  readonly management: boolean;
}

export interface Account extends Named {
  readonly id: string;
  readonly organization: Organization | undefined;
  readonly scps: readonly (readonly StackPolicy[])[] | undefined;
}

export interface Vpc extends Named {
  readonly id: string;
  readonly accountId: string | undefined;
  readonly cidrs: readonly string[];
  readonly tags: ByName<string>;
}

export interface ServiceNetwork extends Named {
  readonly id: string;
  readonly arn: string;
  readonly authType: AuthType;
  readonly authPolicy: StackPolicy | undefined;
  readonly tags: ByName<string>;
  /** Names of associated VPCs, of VPCs with an endpoint, and of associated services. */
  readonly vpcs: readonly string[];
  readonly vpcEndpoints: readonly string[];
  readonly services: readonly string[];
}

export interface Service extends Named {
  readonly id: string;
  readonly arn: string;
  readonly authType: AuthType;
  readonly authPolicy: StackPolicy | undefined;
  readonly tags: ByName<string>;
  readonly customDomain: string | undefined;
  readonly dnsName: string | undefined;
  /** After how long without traffic connections are closed: 60 unless set. */
  readonly idleTimeoutSeconds: number;
  readonly listeners: ByName<Listener>;
}

export interface Listener extends Named {
  readonly protocol: ListenerProtocol;
  readonly port: number;
  readonly defaultAction: RuleAction;
  /** In the order in which they are tried. */
  readonly rules: readonly Rule[];
}

export interface Rule extends Named {
  readonly priority: number;
  readonly match: RuleMatch;
  readonly action: RuleAction;
}

export interface RuleMatch {
  readonly method: string | undefined;
  readonly path: TextMatch | undefined;
  readonly headers: readonly (TextMatch & { readonly name: string })[];
}

export interface TextMatch {
  readonly kind: 'exact' | 'prefix' | 'contains';
  readonly text: string;
  readonly caseSensitive: boolean;
}

export type RuleAction =
  | { readonly kind: 'forward'; readonly targetGroups: readonly { readonly name: string; readonly weight: number }[] }
  | { readonly kind: 'fixedResponse'; readonly status: 404 | 500 };

export interface TargetGroup extends Named {
  readonly id: string | undefined;
  readonly arn: string | undefined;
  readonly type: TargetGroupType;
  readonly protocol: TargetProtocol | undefined;
  readonly protocolVersion: TargetProtocolVersion | undefined;
  readonly port: number | undefined;
  readonly vpc: string | undefined;
  readonly lambdaEventVersion: 'V1' | 'V2' | undefined;
  readonly targets: readonly { readonly id: string; readonly port: number | undefined }[];
  readonly tags: ByName<string>;
}

export interface StackPrincipal extends Named {
  readonly kind: PrincipalKind;
  readonly accountId: string | undefined;
  /** As the engine takes it. */
  readonly principal: Principal;
  readonly caller: CallerPolicies | 'assume-allowed';
  /** The policies behind `caller`, with the places where they stand. */
  readonly policies: readonly StackPolicy[];
  readonly vpc: string | undefined;
  readonly sourceIp: string | undefined;
}

/** Where requests from a VPC come from on this machine: a loopback address, or a port of their own. */
export interface LocalVpc {
  readonly address: string | undefined;
  readonly port: number | undefined;
}

/** The static key of a principal on this machine. */
export interface LocalCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a process of a target is started with. `cwd` is relative to the stack file's folder. */
export interface LocalProcess {
  readonly command: readonly string[];
  readonly cwd: string | undefined;
  readonly env: ByName<string>;
}

/** What stands in for a registered target on this machine. */
export type LocalTarget =
  | { readonly kind: 'url'; readonly url: string }
  /** A server that we start; it listens on `port`, or on the port that it gets as PORT. */
  | ({ readonly kind: 'command'; readonly port: number | undefined } & LocalProcess)
  /** A module's export, `handler` unless named: called with Lattice's event. */
  | { readonly kind: 'lambda'; readonly module: string; readonly exportName: string }
  /** A process that asks for its events over the Lambda Runtime API. */
  | ({ readonly kind: 'lambdaRuntime' } & LocalProcess);

export interface LocalHealthCheck {
  readonly path: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** Status codes that mean healthy, such as `200` or `200-299`. */
  readonly matcher: string;
}

export interface LocalTargetGroup {
  readonly targets: readonly LocalTarget[];
  readonly healthCheck: LocalHealthCheck | undefined;
}

/** How a local data plane stands in for what AWS provides. Nothing here changes a decision. */
export interface LocalSettings {
  readonly vpcs: ByName<LocalVpc>;
  /** A request header that names the VPC, for clients that can't choose their address. */
  readonly vpcHeader: string | undefined;
  /** The VPC of requests that say none. */
  readonly defaultVpc: string | undefined;
  /** By principal. */
  readonly credentials: ByName<LocalCredentials>;
  readonly targetGroups: ByName<LocalTargetGroup>;
}

/** A stack: what `loadStack` and `parseStack` give. */
export interface Stack {
  /** The path of the stack file, as it was given. */
  readonly file: string;
  /** Every file that was read, the stack file first: what a watcher has to watch. */
  readonly files: readonly string[];
  readonly description: string | undefined;
  /** When requests are made, unless they say so themselves; ISO 8601 in UTC. */
  readonly now: string | undefined;
  readonly accounts: ByName<Account>;
  readonly vpcs: ByName<Vpc>;
  readonly serviceNetworks: ByName<ServiceNetwork>;
  readonly services: ByName<Service>;
  readonly targetGroups: ByName<TargetGroup>;
  readonly principals: ByName<StackPrincipal>;
  /** Every policy once for each place that names it. */
  readonly policies: readonly StackPolicy[];
  readonly local: LocalSettings;
}
