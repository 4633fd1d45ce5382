// document.ts — a stack file's content as TypeScript sees it once the JSON Schema has passed it. The schema is the
// rule and this its shadow; test/unit/schema/document.test.ts fails when they differ.
import type { AuthType } from '@lattice-auth/policy-engine';
import type {
  ListenerProtocol,
  PrincipalKind,
  TargetGroupType,
  TargetProtocol,
  TargetProtocolVersion,
} from './model.js';

/** A relative path, a policy as a mapping, or its JSON text. */
export type PolicyDocument = string | Readonly<Record<string, unknown>>;

export interface OrganizationDocument {
  id: string;
  paths?: string[];
  management?: boolean;
}

interface AccountDocument {
  id: string;
  organization?: OrganizationDocument;
  scps?: PolicyDocument[][];
}

export interface VpcDocument {
  id: string;
  account?: string;
  cidrs?: string[];
  tags?: Record<string, string>;
}

/** A thing with an ARN: the ARN itself, or what it is made of. */
export interface ArnDocument {
  id?: string;
  arn?: string;
  account?: string;
  region?: string;
}

export interface ServiceNetworkDocument extends ArnDocument {
  authType?: AuthType;
  authPolicy?: PolicyDocument;
  tags?: Record<string, string>;
  vpcs?: string[];
  vpcEndpoints?: string[];
  services?: string[];
}

export interface ServiceDocument extends ArnDocument {
  authType?: AuthType;
  authPolicy?: PolicyDocument;
  tags?: Record<string, string>;
  customDomain?: string;
  dnsName?: string;
  idleTimeoutSeconds?: number;
  listeners?: Record<string, ListenerDocument>;
}

export interface ListenerDocument {
  protocol: ListenerProtocol;
  port?: number;
  defaultAction: ActionDocument;
  rules?: Record<string, RuleDocument>;
}

export interface RuleDocument {
  priority: number;
  match: {
    method?: string;
    path?: { exact?: string; prefix?: string; caseSensitive?: boolean };
    headers?: { name: string; exact?: string; prefix?: string; contains?: string; caseSensitive?: boolean }[];
  };
  action: ActionDocument;
}

export interface ActionDocument {
  forward?: string | { targetGroup: string; weight?: number }[];
  fixedResponse?: 404 | 500;
}

export interface TargetGroupDocument extends ArnDocument {
  type: TargetGroupType;
  protocol?: TargetProtocol;
  protocolVersion?: TargetProtocolVersion;
  port?: number;
  vpc?: string;
  lambdaEventVersion?: 'V1' | 'V2';
  targets?: { id: string; port?: number }[];
  tags?: Record<string, string>;
}

export interface CallerPoliciesDocument {
  identity?: PolicyDocument[];
  permissionsBoundary?: PolicyDocument;
  session?: PolicyDocument[];
  scps?: PolicyDocument[][];
}

export interface PrincipalDocument {
  arn: string;
  kind?: PrincipalKind;
  uniqueId?: string;
  sessionName?: string;
  roleArn?: string;
  federatedBy?: string;
  organization?: OrganizationDocument;
  tags?: Record<string, string>;
  vpc?: string;
  sourceIp?: string;
  policies?: 'assume-allowed' | CallerPoliciesDocument;
}

interface LocalProcessDocument {
  command: string[];
  cwd?: string;
  env?: Record<string, string>;
}

export type LocalTargetDocument =
  | { url: string }
  | (LocalProcessDocument & { port?: number; runtime?: 'http' | 'lambda' })
  | { lambda: string };

export interface LocalHealthCheckDocument {
  path?: string;
  intervalMs?: number;
  timeoutMs?: number;
  healthyThreshold?: number;
  unhealthyThreshold?: number;
  matcher?: string;
}

export interface LocalTargetGroupDocument {
  targets: LocalTargetDocument[];
  healthCheck?: LocalHealthCheckDocument;
}

export interface LocalDocument {
  vpcs?: Record<string, { address?: string; port?: number }>;
  vpcHeader?: string;
  defaultVpc?: string;
  credentials?: Record<string, { accessKeyId: string; secretAccessKey: string }>;
  targetGroups?: Record<string, LocalTargetGroupDocument>;
}

export interface StackDocument {
  $schema?: string;
  version?: 1;
  description?: string;
  partition?: Partition;
  region?: string;
  account?: string;
  now?: string;
  accounts?: Record<string, string | AccountDocument>;
  vpcs?: Record<string, VpcDocument>;
  serviceNetworks: Record<string, ServiceNetworkDocument>;
  services: Record<string, ServiceDocument>;
  targetGroups?: Record<string, TargetGroupDocument>;
  principals?: Record<string, PrincipalDocument>;
  local?: LocalDocument;
}

type Partition = 'aws' | 'aws-cn' | 'aws-us-gov';
