// local-lattice.ts — what a running data plane offers to tests and to the command, and how it is asked for. Types only.
import type { LocalCredentials, Stack } from '@lattice-auth/stack';
import type { ExpectedDenial, LocalCall } from './expectations.js';
import type { StackDocument } from './load-input.js';
import type { DataPlaneView } from './model.js';

/** How a data plane is started. Everything has a default. */
export interface LocalLatticeOptions {
  /** Ports on 127.0.0.1. Default 0: any that is free. */
  readonly httpPort?: number | undefined;
  readonly httpsPort?: number | undefined;
  readonly controlPort?: number | undefined;
  /** Where the CA is kept, so that clients need trust it only once. Default: nowhere, and each start has its own. */
  readonly caFolder?: string | undefined;
  /** A file that lines are appended to, `-` for stdout, or what takes lines. Default: none. */
  readonly accessLog?: string | ((lines: string) => void) | undefined;
  /** What signatures and policies take for now. Default: the clock. */
  readonly now?: Date | (() => Date) | undefined;
  /** Where turns among weighted groups and targets begin. Default 0. */
  readonly seed?: number | undefined;
  /** How many requests are remembered. Default 1,000. */
  readonly seenMax?: number | undefined;
  /** One line at a time for people: refused signatures, processes that end. Default: nobody. */
  readonly log?: ((line: string) => void) | undefined;
  /** Shorter times, for tests of them. */
  readonly timeouts?: { readonly idleMs?: number; readonly connectionMs?: number; readonly connectMs?: number };
  /** What paths in a document are relative to. Default: the working directory. */
  readonly folder?: string | undefined;
}

/** A running data plane. */
export interface LocalLattice extends DataPlaneView, AsyncDisposable {
  /** `http://127.0.0.1:PORT`; also an HTTP proxy. */
  readonly httpUrl: string;
  readonly controlUrl: string;
  /** The CA's certificate as PEM. */
  readonly ca: string;
  /** Each VPC's own loopback address: who calls from it is in the VPC. */
  readonly vpcAddresses: ReadonlyMap<string, string>;
  /** Forgets the requests that were seen. */
  forget(): void;
  /**
   * A `fetch` that calls as a principal, or `anonymous`, from a VPC: that of the principal unless another is named.
   *
   * @throws {LocalLatticeError} `ERR_LOCAL_REFERENCE` for a name that the stack doesn't have
   */
  fetchAs(principal: string, from?: { readonly vpc?: string | undefined }): typeof fetch;
  /** The static key of a principal. */
  credentialsOf(principal: string): LocalCredentials;
  /** The URL under which clients call a service. */
  urlOf(service: string): string;
  /** The names that clients know a service by: its custom domain, if it has one, and Lattice's own. */
  hostsOf(service: string): readonly string[];
  /** Calls, and throws `ERR_LOCAL_EXPECTATION` unless policies allow it. Whatever the target answers is fine. */
  expectAllowed(call: LocalCall): Promise<Response>;
  /** Calls, and throws `ERR_LOCAL_EXPECTATION` unless policies deny it, in the way that is said. */
  expectDenied(call: LocalCall, expected?: ExpectedDenial): Promise<Response>;
  /** Reads the stack again, or takes another. When it can't be used the last good one stays, and this rejects. */
  reload(input?: Stack | StackDocument | string): Promise<void>;
  close(): Promise<void>;
}
