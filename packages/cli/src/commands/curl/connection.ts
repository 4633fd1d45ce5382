// connection.ts: the connections that the options ask for: certificates, addresses, timeouts. One undici agent per run.
import { lookup as lookupInDns } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { isIP, type LookupFunction } from 'node:net';
import { resolve } from 'node:path';
import { Agent } from 'undici';
import { cliError } from '../../errors.js';
import { fileError, type Io } from '../../io.js';
import type { CurlFlags } from './command.js';

/** An agent for one transfer; the caller ends it. */
export async function agentFor(io: Io, flags: CurlFlags): Promise<Agent> {
  const { insecure, cacert, connectTimeout, resolve: addresses = [] } = flags;
  const lookup = addresses.length === 0 ? undefined : lookupIn(addresses.map(parseAddress));
  return new Agent({
    // What ends a slow transfer is --max-time, as with curl.
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: (connectTimeout ?? 300) * 1_000,
    connect: {
      ...(insecure ? { rejectUnauthorized: false } : {}),
      ...(cacert === undefined ? {} : { ca: await readCertificates(io, cacert) }),
      ...(lookup === undefined ? {} : { lookup }),
    },
  });
}

interface Address {
  readonly host: string;
  readonly address: string;
}

// `host:port:address`; the port is curl's, and every port of the host is meant here.
function parseAddress(text: string): Address {
  const [, host = '', address = ''] = /^([^:]+):(?:\d+|\*):\[?([^\]]+)\]?$/.exec(text) ?? [];
  if (isIP(address) === 0) {
    throw cliError('ERR_CLI_USAGE', `\`${text}\` does not say where to connect`, { hint: 'write host:port:address' });
  }
  return { host: host.toLowerCase(), address };
}

function lookupIn(known: readonly Address[]): LookupFunction {
  return (hostname, options, done) => {
    const found = known.find(({ host }) => host === hostname.toLowerCase());
    if (found === undefined) {
      lookupInDns(hostname, options, done);
      return;
    }
    const family = isIP(found.address);
    if (options.all) done(null, [{ address: found.address, family }]);
    else done(null, found.address, family);
  };
}

async function readCertificates(io: Io, name: string): Promise<Buffer> {
  const path = resolve(io.cwd, name);
  try {
    return await readFile(path);
  } catch (cause) {
    throw await fileError(name, path, cause);
  }
}
