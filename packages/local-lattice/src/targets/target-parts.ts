// target-parts.ts — how target groups get their targets, and the short way by which requests go to those that speak
// HTTP: events instead of promises and streams, since that is what most requests pay for.
import type { Readable } from 'node:stream';
import type { LocalHealthCheck, LocalTarget, Stack, TargetGroup } from '@lattice-auth/stack';
import type { TargetError } from '../errors.js';
import type { Target } from '../model.js';

/** What a target is made from. */
export interface TargetParts {
  readonly stack: Stack;
  readonly group: TargetGroup;
  readonly local: LocalTarget;
  readonly healthCheck: LocalHealthCheck | undefined;
  /** The stack file's folder: what modules and working folders are relative to. */
  readonly folder: string;
  readonly timeouts: TargetTimeouts;
  /** One line for people: a process that ended, a check that failed. */
  readonly log: (line: string) => void;
}

export interface TargetTimeouts {
  readonly connectMs: number;
  /** Until the answer begins, and between any two pieces of it. */
  readonly idleMs: number;
}

/** Makes a target. What takes time (a process, a module) starts here and is awaited by the first request. */
export type TargetFactory = (parts: TargetParts) => Target;

/** A request in the short way. `fields` are names and values in turn. */
export interface ForwardRequest {
  readonly method: string;
  readonly target: string;
  readonly fields: string[];
  readonly body: Readable | undefined;
  /** Until the answer begins, and between any two pieces of it; undefined: that of the target. */
  readonly idleMs?: number | undefined;
}

/** What an answer is given to as it comes. After `onEnd` or `onError` nothing else is called. */
export interface AnswerSink {
  /** A status from 102 to 199. */
  onInterim(status: number, fields: string[]): void;
  onHead(status: number, fields: string[]): void;
  /** False: no more until `resume`. */
  onData(chunk: Uint8Array): boolean;
  onEnd(trailers: string[]): void;
  onError(error: TargetError): void;
}

/** A request on its way. */
export interface ForwardCall {
  cancel(): void;
  resume(): void;
}

/** A target that takes the short way too. */
export interface StreamingTarget extends Target {
  forward(request: ForwardRequest, sink: AnswerSink): ForwardCall;
}

export function isStreaming(target: Target): target is StreamingTarget {
  return 'forward' in target;
}

/** Connections to one origin, whatever the version of HTTP. */
export interface HttpTransport {
  forward(request: ForwardRequest, sink: AnswerSink): ForwardCall;
  close(): Promise<void>;
}
