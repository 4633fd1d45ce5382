// proof.ts — a data plane for a test, from a stack in its words, with the names and keys that a client has to know.
import { parseStack, type Stack } from '@lattice-auth/stack';
import { createVpcFinder } from '../../src/data-plane/find-vpc.js';
import { dnsNameOf } from '../../src/data-plane/names.js';
import { type LocalLattice, type LocalLatticeOptions, type SeenRequest, startLocalLattice } from '../../src/index.js';
import type { Keys } from './clients.js';

/** What a stack file says, as an object. */
export type StackShape = Readonly<Record<string, unknown>>;

/** Access log lines, as they are read again. */
export type LogLine = Readonly<Record<string, string | number>>;

/** A running data plane, as clients elsewhere know it. */
export interface ProofPlane {
  readonly lattice: LocalLattice;
  readonly stack: Stack;
  readonly httpPort: number;
  readonly controlPort: number;
  /** The requests, the oldest first. */
  readonly seen: readonly SeenRequest[];
  /** What it logged for people. */
  readonly logged: readonly string[];
  /** The access log by request id; complete once the plane is closed. */
  readonly lines: ReadonlyMap<string, LogLine>;
  hostOf(service: string): string;
  /** The address that stands for a VPC. */
  addressOf(vpc: string): string;
  keysOf(principal: string): Keys;
  /** Credentials of a session, as a container of the principal's gets them. */
  sessionOf(principal: string): Promise<Required<{ [Key in keyof Keys]: string }>>;
  close(): Promise<void>;
}

/** Starts a data plane on free ports. */
export async function startProofPlane(shape: StackShape, options: LocalLatticeOptions = {}): Promise<ProofPlane> {
  const stack = parseStack(JSON.stringify(shape), { file: 'stack.json' });
  const logged: string[] = [];
  const lines = new Map<string, LogLine>();
  const accessLog = (text: string) => {
    for (const line of text.trimEnd().split('\n')) {
      const entry = JSON.parse(line) as LogLine;
      lines.set(String(entry.requestId), entry);
    }
  };
  const lattice = await startLocalLattice(stack, { log: (line) => logged.push(line), accessLog, ...options });
  const { addresses } = createVpcFinder(stack);
  const portOf = (url: string) => Number(new URL(url).port);
  return {
    lattice,
    stack,
    httpPort: portOf(lattice.httpUrl),
    controlPort: portOf(lattice.controlUrl),
    get seen() {
      return lattice.seen;
    },
    logged,
    lines,
    hostOf: (service) => dnsNameOf(named(stack.services, service)),
    addressOf: (vpc) => addresses.get(vpc) ?? '',
    keysOf: (principal) => lattice.credentialsOf(principal) as Keys,
    async sessionOf(principal) {
      const response = await fetch(`${lattice.controlUrl}/credentials/${principal}`);
      if (response.status !== 200) throw new Error(`no session: ${response.status} ${await response.text()}`);
      const { AccessKeyId, SecretAccessKey, Token } = (await response.json()) as Record<string, string>;
      return { accessKeyId: AccessKeyId ?? '', secretAccessKey: SecretAccessKey ?? '', sessionToken: Token ?? '' };
    },
    close: () => lattice.close(),
  };
}

function named<T>(things: Readonly<Record<string, T>>, name: string): T {
  const thing = things[name];
  if (thing === undefined) throw new Error(`the stack has no \`${name}\``);
  return thing;
}
