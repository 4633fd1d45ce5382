// model.ts — what the parts of the data plane say to each other: a request that was seen, a target that answers, and
// the control port's handlers. Types only.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Decision, LatticeRequest } from '@lattice-auth/policy-engine';
import type { Verification } from '@lattice-auth/sigv4-fetch/core';
import type { Stack } from '@lattice-auth/stack';

/** Raw header fields in the order in which they came or go. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** What Lattice tells a target about a request, in its headers and in Lambda's `requestContext`. */
export interface DeliveryContext {
  readonly serviceArn: string;
  readonly serviceNetworkArn: string;
  readonly targetGroupArn: string;
  readonly region: string;
  readonly sourceVpcArn: string | undefined;
  /** Undefined unless an auth policy asked for authentication and the request was signed. */
  readonly identity: DeliveredIdentity | undefined;
  readonly time: Date;
}

/** The caller as targets see it. */
export interface DeliveredIdentity {
  readonly principal: string;
  readonly principalOrgId: string | undefined;
  readonly principalOrgPaths: readonly string[];
  readonly sessionName: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** A request on its way to a target: hop-by-hop fields gone, `x-forwarded-*` and identity headers set. */
export interface TargetRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly fields: Fields;
  /** Undefined when the request has none. */
  readonly body: Readable | undefined;
  readonly context: DeliveryContext;
  /** Aborts when the caller goes away or a time limit is up. */
  readonly signal: AbortSignal;
}

/** A target's answer; its body may still be on the way. */
export interface TargetResponse {
  readonly status: number;
  readonly fields: Fields;
  readonly body: Readable | Uint8Array | undefined;
  /** Known once the body has ended. */
  readonly trailers?: (() => Fields) | undefined;
}

/** Something that answers in the place of a registered target. */
export interface Target {
  /** For logs: `127.0.0.1:8081`, or the function's name. */
  readonly address: string;
  /** Whether it gets requests: false once its health check has failed often enough. */
  readonly healthy: boolean;
  /** Resolves to the address once it accepts connections; without it, it is there already. */
  reached?(signal: AbortSignal): Promise<string>;
  /** @throws {TargetError} when no answer came */
  send(request: TargetRequest): Promise<TargetResponse>;
  /** Ends processes and connections. */
  close(): Promise<void>;
}

/** How a signature was found. Without any secret. */
export interface SeenSignature {
  readonly verification: Verification;
  /** Name of the stack's principal that the key belongs to. */
  readonly principal: string | undefined;
}

/** One request from its arrival to its last byte, as the access log, the page and tests read it. */
export interface SeenRequest {
  /** `x-amzn-requestid` of the answer. */
  readonly id: string;
  readonly startTime: Date;
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly host: string;
  readonly protocol: 'HTTP/1.1' | 'HTTP/2' | 'TLS';
  readonly sourceAddress: string;
  readonly sourcePort: number;
  readonly userAgent: string | undefined;
  readonly tls:
    | { readonly version: string; readonly cipher: string; readonly serverName: string | undefined }
    | undefined;
  /** Names in the stack, as far as the request got. */
  readonly vpc: string | undefined;
  readonly service: string | undefined;
  readonly serviceNetwork: string | undefined;
  readonly listener: string | undefined;
  readonly rule: string | undefined;
  readonly targetGroup: string | undefined;
  /** `anonymous`, a principal's name, or undefined for a signature that didn't hold. */
  readonly principal: string | undefined;
  readonly principalArn: string | undefined;
  readonly signature: SeenSignature | undefined;
  /** The engine's question and answer; undefined when it was not asked. */
  readonly question: LatticeRequest | undefined;
  readonly decision: Decision | undefined;
  /** Status that the caller got; undefined when it went away before. */
  readonly status: number | undefined;
  /** Why there was no answer of a target, for people; with the signature's diagnosis. */
  readonly refusal: string | undefined;
  readonly targetAddress: string | undefined;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly durationMs: number;
  readonly requestToTargetMs: number | undefined;
  readonly responseFromTargetMs: number | undefined;
  /** The stack that answered, since a reload replaces it. */
  readonly stack: Stack;
}

/** Answers a request on the control port, or returns false when the path is not its own. */
export type ControlHandler = (request: IncomingMessage, response: ServerResponse, url: URL) => boolean;

/** What a running data plane tells the handlers of the control port. */
export interface DataPlaneView {
  readonly stack: Stack;
  readonly httpUrl: string;
  /** Undefined when no service has a TLS listener. */
  readonly httpsUrl: string | undefined;
  readonly controlUrl: string;
  /** The last ones, the newest at the end. */
  readonly seen: readonly SeenRequest[];
  /** Calls back for each request once it has ended; returns how to stop that. */
  onSeen(callback: (request: SeenRequest) => void): () => void;
  /** Calls back after each reload, with what was wrong when the last good stack stayed. */
  onReload(callback: (problem: string | undefined) => void): () => void;
}
