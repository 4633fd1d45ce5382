// trusted-peers.ts: whose identity headers are believed: addresses and CIDR blocks of the configuration, which passed
// its checks. IPv4 that comes by an IPv6 socket counts as what it is.
import { BlockList, isIP } from 'node:net';

/** Addresses remembered with their answer: Lattice calls from few. */
const KNOWN_MAX = 1_000;

/** True for addresses on the list. */
export type PeerTest = (address: string) => boolean;

export function peerTest(peers: readonly string[]): PeerTest {
  const list = new BlockList();
  for (const peer of peers) {
    const [address = '', bits] = peer.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  const known = new Map<string, boolean>();
  return (address) => {
    const before = known.get(address);
    if (before !== undefined) return before;
    const plain = plainAddress(address);
    const family = isIP(plain);
    const trusted = family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(address, trusted);
    return trusted;
  };
}

/** Without the prefix of IPv4 in IPv6, and without a zone. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}
