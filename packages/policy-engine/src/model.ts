// The words of this package: a parsed policy with its places in the source, the question put to it, and the answer.
// Names are IAM's element names in lower camel case (docs/glossary.md).

// ---- the parsed policy -------------------------------------------------------------------------------------------

/** What kind of policy a document is; decides its grammar. `auth` is Lattice's, `resource` any other resource policy. */
export type PolicyType =
  | 'auth'
  | 'resource'
  | 'identity'
  | 'permissionsBoundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'vpcEndpoint';

export type PolicyVersion = '2012-10-17' | '2008-10-17';

/** A stretch of the source text: offsets in UTF-16 code units, line and column of its start, both from 1. */
export interface SourceSpan {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** A place in the document: its JSON Pointer (RFC 6901) and where it stands in the source. */
export interface Place {
  readonly pointer: string;
  readonly span: SourceSpan;
}

/** One string of the document and where it stands. */
export interface SourceString extends Place {
  readonly text: string;
}

/** A JSON scalar used as a condition operand. `text` is the value as IAM compares it; `jsonType` what was written. */
export interface ConditionOperand extends SourceString {
  readonly jsonType: 'string' | 'number' | 'boolean';
}

export type PrincipalKind = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';

/** One entry of a Principal or NotPrincipal element. A bare `"*"` is `{ kind: 'AWS', text: '*' }`. */
export interface PrincipalEntry extends SourceString {
  readonly kind: PrincipalKind;
  /** The element was a bare string (`"Principal": "*"`), not an object. */
  readonly bare: boolean;
}

/** A Principal, Action or Resource element, or its Not form. */
export interface ElementList<Entry extends SourceString> extends Place {
  readonly negated: boolean;
  readonly entries: readonly Entry[];
}

export type SetOperator = 'ForAllValues' | 'ForAnyValue';

/** One key of one operator block of a Condition element. Its span runs from the key to the end of the operands. */
export interface Condition extends Place {
  /** The operator as it was written, with prefix and suffix. */
  readonly operatorText: string;
  /** The base operator in its documented casing, e.g. `StringNotEquals`. */
  readonly operator: ConditionOperatorName;
  readonly setOperator: SetOperator | undefined;
  readonly ifExists: boolean;
  readonly key: SourceString;
  readonly operands: readonly ConditionOperand[];
}

export type ConditionOperatorName =
  | 'StringEquals'
  | 'StringNotEquals'
  | 'StringEqualsIgnoreCase'
  | 'StringNotEqualsIgnoreCase'
  | 'StringLike'
  | 'StringNotLike'
  | 'NumericEquals'
  | 'NumericNotEquals'
  | 'NumericLessThan'
  | 'NumericLessThanEquals'
  | 'NumericGreaterThan'
  | 'NumericGreaterThanEquals'
  | 'DateEquals'
  | 'DateNotEquals'
  | 'DateLessThan'
  | 'DateLessThanEquals'
  | 'DateGreaterThan'
  | 'DateGreaterThanEquals'
  | 'Bool'
  | 'BinaryEquals'
  | 'IpAddress'
  | 'NotIpAddress'
  | 'ArnEquals'
  | 'ArnNotEquals'
  | 'ArnLike'
  | 'ArnNotLike'
  | 'Null';

export interface Statement extends Place {
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Absent in identity-side policies and SCPs. */
  readonly principal: ElementList<PrincipalEntry> | undefined;
  readonly action: ElementList<SourceString>;
  /** Absent only in role trust policies (all actions `sts:`), where it means the role itself. */
  readonly resource: ElementList<SourceString> | undefined;
  readonly conditions: readonly Condition[];
}

/** A policy document that passed every grammar rule. Immutable; compile it with `compilePolicy`. */
export interface Policy {
  readonly type: PolicyType;
  readonly name: string | undefined;
  readonly id: string | undefined;
  /** The version in force: `2008-10-17` when the document has none. */
  readonly version: PolicyVersion;
  readonly versionDeclared: boolean;
  readonly statements: readonly Statement[];
  /** The text that spans and lines refer to (for an object: its JSON with two-space indentation). */
  readonly source: string;
}

// ---- lint --------------------------------------------------------------------------------------------------------

export type Severity = 'error' | 'security' | 'warning' | 'suggestion';

/** Something worth knowing about a policy document. Line and column count from 1. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
}

// ---- the question ------------------------------------------------------------------------------------------------

export type ContextValue = string | number | boolean | Date | readonly string[];
/** Context keys (any casing) to values. An array is a multivalued key, whatever its length. */
export type RequestContextValues = Readonly<Record<string, ContextValue | undefined>>;

/**
 * What is known of a caller. Only `arn` is required; keys that can't be derived from the rest are absent.
 *
 * `arn` is one of: a session (`arn:aws:sts::A:assumed-role/Role/Session`), a role (`arn:aws:iam::A:role/path/Role`: some
 * session of it), a user, the root user (`arn:aws:iam::A:root`), a federated user (`arn:aws:sts::A:federated-user/N`),
 * an identity provider (`arn:aws:iam::A:oidc-provider/…`, `…:saml-provider/…`) or a service principal
 * (`lambda.amazonaws.com`).
 */
export interface Principal {
  readonly arn: string;
  /** `AIDA…` or `AROA…`, with or without `:session`. */
  readonly uniqueId?: string | undefined;
  readonly orgId?: string | undefined;
  readonly orgPaths?: readonly string[] | undefined;
  /** User, role and session tags, merged as `aws:PrincipalTag` sees them. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Session name when `arn` is a role. */
  readonly sessionName?: string | undefined;
  /** The role's ARN with its path, when `arn` is a session: session ARNs don't carry the path. */
  readonly roleArn?: string | undefined;
  /** For a federated user: the ARN of the IAM user whose credentials made the session. */
  readonly federatedBy?: string | undefined;
  readonly canonicalUserId?: string | undefined;
  /** The caller belongs to the organization's management account: SCPs don't apply to it. */
  readonly inManagementAccount?: boolean | undefined;
}

/** A question about any AWS service's action on any resource. */
export interface RequestContext {
  readonly principal: Principal | 'anonymous';
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContextValues;
}

/** The identity side of a Lattice caller. `session` policies grant together; `scps` has one entry per level, root first. */
export interface CallerPolicies {
  readonly identity: readonly Policy[];
  readonly permissionsBoundary?: Policy | undefined;
  readonly session?: readonly Policy[] | undefined;
  readonly scps?: readonly (readonly Policy[])[] | undefined;
}

export type AuthType = 'NONE' | 'AWS_IAM';

/** The two auth policies that guard a service reached through one service network. */
export interface LatticePolicies {
  readonly serviceNetwork: {
    readonly authType: AuthType;
    readonly policy?: Policy | undefined;
    readonly arn?: string | undefined;
  };
  readonly service: {
    readonly authType: AuthType;
    readonly policy?: Policy | undefined;
    readonly arn: string;
    readonly tags?: Readonly<Record<string, string>> | undefined;
  };
  /** Accepted and not evaluated: RCPs don't list Lattice among their services (LATTICE-RCP). */
  readonly rcps?: readonly (readonly Policy[])[] | undefined;
}

/** A request as Lattice sees it. Missing fields are keys that are absent from the request context. */
export interface LatticeRequest {
  readonly principal: Principal | 'anonymous';
  /** The caller's own policies; required for a signed caller, whose identity policy must allow too. */
  readonly caller?: CallerPolicies | 'assume-allowed' | undefined;
  /** Default `http`. `tls` is TLS passthrough: action Connect, and the caller is always anonymous. */
  readonly protocol?: 'http' | 'grpc' | 'tls' | undefined;
  readonly method?: string | undefined;
  /** Path as sent, not decoded. A query behind `?` is used when `query` is absent. Default `/`. */
  readonly path?: string | undefined;
  readonly query?: string | Readonly<Record<string, readonly string[]>> | undefined;
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly port?: number | undefined;
  readonly sourceVpc?: string | undefined;
  readonly sourceVpcOwnerAccount?: string | undefined;
  readonly sourceIp?: string | undefined;
  readonly time?: Date | undefined;
  /** Further context keys; an entry here wins over a derived one. */
  readonly context?: RequestContextValues | undefined;
}

/** Policies around a request to any AWS service. Absent = not attached; `scps`, `rcps`: one entry per level, root first. */
export interface IamLayers {
  readonly identity: readonly Policy[];
  readonly resource?: Policy | undefined;
  readonly permissionsBoundary?: Policy | undefined;
  readonly session?: readonly Policy[] | undefined;
  readonly scps?: readonly (readonly Policy[])[] | undefined;
  readonly rcps?: readonly (readonly Policy[])[] | undefined;
  readonly vpcEndpoint?: readonly Policy[] | undefined;
}

// ---- the answer --------------------------------------------------------------------------------------------------

export type LayerName =
  | 'serviceNetwork'
  | 'service'
  | 'identity'
  | 'permissionsBoundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'resource'
  | 'vpcEndpoint';

/** Names one statement of one policy. `layer` is absent when a policy was evaluated on its own. */
export interface StatementRef {
  readonly layer?: LayerName | undefined;
  readonly policy: string | undefined;
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
}

export type PolicyEffect = 'allow' | 'explicitDeny' | 'implicitDeny';

/** What one policy says. `assumptions` are ids of docs/evaluation.md that the answer rests on. */
export interface PolicyEvaluation {
  readonly effect: PolicyEffect;
  readonly determining: readonly StatementRef[];
  readonly assumptions: readonly string[];
  /** Set when the request could not be read; the effect is then never `allow`. */
  readonly invalidRequest?: string | undefined;
}

/** What one layer contributed. `notEvaluated` layers can't deny. */
export interface LayerResult {
  readonly effect: PolicyEffect | 'notEvaluated';
  readonly reason:
    | 'allowed'
    | 'explicitDeny'
    | 'implicitDeny'
    | 'noPolicy'
    | 'authTypeNone'
    | 'notApplicable'
    | 'notAttached'
    | 'assumedAllowed'
    | 'rcpIgnoredService'
    | 'rootUser';
}

export type DecisionReason = 'allowed' | 'explicitDeny' | 'implicitDeny' | 'noPolicy';
export type LatticeLayer = 'serviceNetwork' | 'service' | 'identity' | 'permissionsBoundary' | 'session' | 'scp';

export interface Decision {
  readonly decision: 'allow' | 'deny';
  readonly reason: DecisionReason;
  /** The layer that a denial is attributed to, as Lattice's text names it. Absent when allowed or unreadable. */
  readonly deniedBy: LatticeLayer | undefined;
  readonly layers: Readonly<Record<LatticeLayer | 'rcp', LayerResult>>;
  readonly determining: readonly StatementRef[];
  readonly assumptions: readonly string[];
  /** Lattice's 403 body, or `''` when allowed. */
  readonly message: string;
  /** Set when the request could not be read; the decision is then `deny`. */
  readonly invalidRequest: string | undefined;
}

export interface IamDecision {
  readonly decision: PolicyEffect;
  readonly deniedBy: LayerName | undefined;
  readonly layers: Readonly<Partial<Record<LayerName, LayerResult>>>;
  readonly determining: readonly StatementRef[];
  readonly assumptions: readonly string[];
  readonly invalidRequest: string | undefined;
}
