// The question as the reference evaluator reads it: JSON documents and plain requests, no type of src among them.

export type Effect = 'allow' | 'explicitDeny' | 'implicitDeny';
export type Json = Record<string, unknown>;

export interface Caller {
  readonly arn: string;
  readonly uniqueId?: string | undefined;
  readonly orgId?: string | undefined;
  readonly orgPaths?: readonly string[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly sessionName?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly federatedBy?: string | undefined;
  readonly canonicalUserId?: string | undefined;
  readonly inManagementAccount?: boolean | undefined;
}

export interface Question {
  readonly principal: Caller | 'anonymous';
  readonly action: string;
  readonly resource: string;
  readonly context: Json;
  /** Keys derived from more than the principal. */
  readonly derived?: Json;
  /** PRINCIPAL-12: the caller has a permissions boundary. */
  readonly boundary?: boolean;
}

export interface LatticeQuestion {
  readonly principal: Caller | 'anonymous';
  readonly caller?: CallerDocuments | 'assume-allowed' | undefined;
  readonly protocol?: 'http' | 'grpc' | 'tls' | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly query?: string | Readonly<Record<string, readonly string[]>> | undefined;
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly port?: number | undefined;
  readonly sourceVpc?: string | undefined;
  readonly sourceVpcOwnerAccount?: string | undefined;
  readonly sourceIp?: string | undefined;
  readonly time?: Date | undefined;
  readonly context?: Json | undefined;
}

export interface CallerDocuments {
  readonly identity: readonly Json[];
  readonly permissionsBoundary?: Json | undefined;
  readonly session?: readonly Json[] | undefined;
  readonly scps?: readonly (readonly Json[])[] | undefined;
}

export interface LatticeDocuments {
  readonly serviceNetwork: {
    readonly authType: 'NONE' | 'AWS_IAM';
    readonly policy?: Json | undefined;
    readonly arn?: string | undefined;
  };
  readonly service: {
    readonly authType: 'NONE' | 'AWS_IAM';
    readonly policy?: Json | undefined;
    readonly arn: string;
    readonly tags?: Readonly<Record<string, string>> | undefined;
  };
}

export interface IamDocuments extends CallerDocuments {
  readonly resource?: Json | undefined;
  readonly rcps?: readonly (readonly Json[])[] | undefined;
  readonly vpcEndpoint?: readonly Json[] | undefined;
}

/** A key that exists, but nobody told its value (KEY-8, DATE-5). */
export const UNDECIDED = Symbol('undecided');
/** A key that exists in several casings (KEY-3). */
export const UNUSABLE = Symbol('unusable');
/** Several values that are usable without a set operator (LATTICE-QUERY). */
export class QueryValues {
  constructor(readonly texts: readonly string[]) {}
}
export type Value = string | readonly string[] | QueryValues | undefined | typeof UNDECIDED | typeof UNUSABLE;
