// Reads IP addresses and CIDR ranges and compares them as numbers (docs/evaluation.md, IP-1..4). An address is a list of
// 16-bit groups: two for IPv4, eight for IPv6.
import { MATCH, NO_MATCH, type OperandTest, UNREADABLE } from './operand.js';

/** Two 16-bit groups for IPv4, eight for IPv6. */
export type IpAddress = readonly number[];

/** A CIDR range; `prefix` counts bits. A bare address is the range of that one address. */
export interface IpRange {
  readonly address: IpAddress;
  readonly prefix: number;
  /** A bare IPv6 address: AWS's sentence says "/32" for every address; /128 is the sane reading. */
  readonly bareIpv6: boolean;
}

/** A strict address: no leading zeros, no zone, no prefix; `undefined` for other text. */
export function parseIpAddress(text: string): IpAddress | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): IpAddress | undefined {
  let bits = 0;
  let bytes = 0;
  let value = -1;
  for (let index = 0; index <= text.length; index++) {
    const code = index === text.length ? 46 : text.charCodeAt(index);
    if (code === 46) {
      if (value < 0 || value > 255) return undefined;
      bits = (bits << 8) | value;
      bytes++;
      value = -1;
    } else if (code >= 48 && code <= 57 && value !== 0 && value <= 25) {
      value = value < 0 ? code - 48 : value * 10 + code - 48;
    } else {
      return undefined;
    }
  }
  return bytes === 4 ? [bits >>> 16, bits & 0xffff] : undefined;
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2 || text.length > 45) return undefined;
  const head = ipv6Groups(halves[0] ?? '', halves.length === 1);
  if (halves.length === 1) return head?.length === 8 ? head : undefined;
  const tail = ipv6Groups(halves[1] ?? '', true);
  if (head === undefined || tail === undefined || head.length + tail.length > 7) return undefined;
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function ipv6Groups(text: string, atEnd: boolean): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const words = text.split(':');
  for (const [index, word] of words.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(word)) {
      groups.push(Number.parseInt(word, 16));
      continue;
    }
    const embedded = atEnd && index === words.length - 1 ? parseIpv4(word) : undefined;
    if (embedded === undefined) return undefined;
    groups.push(...embedded);
  }
  return groups;
}

/** `address` or `address/prefix`; bits behind the prefix are ignored. `undefined` for other text. */
export function parseIpRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/');
  const address = parseIpAddress(slash === -1 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const bits = address.length * 16;
  if (slash === -1) return { address, prefix: bits, bareIpv6: bits === 128 };
  const digits = text.slice(slash + 1);
  const prefix = /^(?:0|[1-9]\d{0,2})$/.test(digits) ? Number(digits) : Number.NaN;
  return prefix <= bits ? { address, prefix, bareIpv6: false } : undefined;
}

/** Whether `address` lies in `range`; families never match each other. */
export function inIpRange(address: IpAddress, range: IpRange): boolean {
  if (address.length !== range.address.length) return false;
  let left = range.prefix;
  for (let index = 0; left > 0; index++, left -= 16) {
    const mask = left >= 16 ? 0xffff : (0xffff << (16 - left)) & 0xffff;
    if ((((address[index] ?? 0) ^ (range.address[index] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}

/** `::ffff:192.0.2.1`: AWS does not say whether it is an IPv4 address (IP-4). */
function isIpv4Mapped(address: IpAddress): boolean {
  return address.length === 8 && address[5] === 0xffff && address.slice(0, 5).every((group) => group === 0);
}

/** One operand of IpAddress or NotIpAddress. */
export function ipOperand(text: string): OperandTest {
  const range = parseIpRange(text);
  if (range === undefined) return () => UNREADABLE;
  return (value, state) => {
    const address = parseIpAddress(value);
    if (address === undefined || isIpv4Mapped(address)) {
      state.assumed.push(address !== undefined || value.includes('%') ? 'ip-mapped' : 'value-unparsable');
      return UNREADABLE;
    }
    const matches = inIpRange(address, range);
    if (range.bareIpv6 && !matches && inIpRange(address, { ...range, prefix: 32 })) state.assumed.push('ip-bare-v6');
    return matches ? MATCH : NO_MATCH;
  };
}
