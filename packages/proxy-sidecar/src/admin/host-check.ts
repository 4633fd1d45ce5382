// host-check.ts: who may use the admin listener for more than looking. A web page in a browser on the same machine can reach
// loopback too: by a name of its own that it points to 127.0.0.1 (DNS rebinding), or by posting to 127.0.0.1 outright. The
// first has a foreign name in `Host`; the second has `Origin`, which a program does not send.
import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** An address of this machine itself, also when IPv4 comes by an IPv6 socket. */
export function isLoopback(address: string | undefined): boolean {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? '';
  const family = isIP(plain);
  return family !== 0 && loopback.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

/** `Host` is an address or `localhost`: no name that somebody could point here. */
export function isPlainHost(host: string | undefined): boolean {
  const name = host
    ?.replace(/:\d{1,5}$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  return name === 'localhost' || isIP(name ?? '') !== 0;
}

/** The request was made by a page in a browser. */
export function isFromBrowser(headers: Readonly<Record<string, string | readonly string[] | undefined>>): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined || headers.referer !== undefined;
}
