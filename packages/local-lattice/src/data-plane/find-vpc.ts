// find-vpc.ts — which VPC a connection stands for. By its own address, else by the port that it came in on. A header, the
// caller's own VPC and the default follow in serve-request.ts, once the request is read.
import type { Stack, Vpc } from '@lattice-auth/stack';

/** VPCs by what tells them apart here. */
export interface VpcFinder {
  /** Each VPC's own loopback address, by its name. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Ports that stand for a VPC. */
  readonly ports: ReadonlyMap<number, string>;
  /** A VPC's name; undefined when neither says. */
  byConnection(address: string, localPort: number): string | undefined;
  /** By name or id. */
  byText(text: string): string | undefined;
}

/** Reads `local.vpcs`; VPCs without an address get 127.0.1.1, 127.0.2.1 and so on. */
export function createVpcFinder({ vpcs, local }: Stack): VpcFinder {
  const addresses = addressesOf(Object.values(vpcs), local.vpcs);
  const byAddress = new Map([...addresses].map(([name, address]) => [address, name]));
  const ports = new Map<number, string>();
  for (const [name, { port }] of Object.entries(local.vpcs)) if (port !== undefined) ports.set(port, name);
  return {
    addresses,
    ports,
    byConnection: (address, localPort) => byAddress.get(address) ?? ports.get(localPort),
    byText(text) {
      if (Object.hasOwn(vpcs, text)) return text;
      return Object.values(vpcs).find(({ id }) => id === text)?.name;
    },
  };
}

function addressesOf(vpcs: readonly Vpc[], local: Stack['local']['vpcs']): Map<string, string> {
  const given = new Map<string, string>();
  for (const { name } of vpcs) {
    const address = Object.hasOwn(local, name) ? local[name]?.address : undefined;
    if (address !== undefined) given.set(name, address);
  }
  const taken = new Set(given.values());
  let next = 1;
  for (const { name } of vpcs) {
    if (given.has(name)) continue;
    while (taken.has(madeUpAddress(next))) next += 1;
    given.set(name, madeUpAddress(next));
    next += 1;
  }
  return given;
}

const madeUpAddress = (index: number): string => `127.${index >> 8}.${index & 255}.1`;

/** IPv4 as such, also where a socket shows it as IPv6. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}

export function isLoopback(address: string): boolean {
  return address === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plainAddress(address));
}
