// address.ts: `host`, `host:port`, `[v6]:port`, taken apart.
import { SidecarError } from '../errors.js';

/** A host and its port. */
export interface Address {
  /** Without the brackets of IPv6. */
  readonly host: string;
  /** As it stands in a name: with brackets. */
  readonly name: string;
  readonly port: number | undefined;
}

const ADDRESS = /^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+)(?::(\d{1,5}))?$/i;

/**
 * Reads an address.
 *
 * @throws SidecarError `ERR_SIDECAR_CONFIG` when it is none.
 */
export function parseAddress(text: string): Address {
  const match = ADDRESS.exec(text);
  const port = match?.[2] === undefined ? undefined : Number(match[2]);
  if (match === null || (port !== undefined && (port === 0 || port > 65_535))) {
    throw new SidecarError('ERR_SIDECAR_CONFIG', `\`${text.slice(0, 80)}\` is not an address like \`host:port\``);
  }
  const name = match[1] as string;
  return { host: name.replace(/^\[|\]$/g, ''), name, port };
}
