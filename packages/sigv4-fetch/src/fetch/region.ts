// region.ts — which region a request is signed for, in the documented order: the option, the host name, AWS_REGION,
// AWS_DEFAULT_REGION. A list of regions, or `*`, asks for SigV4A.
import { SigningError } from '../errors.js';
import { latticeRegion } from './allowed-hosts.js';

/** One region; several, or `*` for all of them, sign with SigV4A. */
export type RegionOption = string | readonly string[];

/** The region of a signature, or its set of regions. */
export type SigningRegion =
  | { readonly region: string; readonly regionSet?: never }
  | { readonly regionSet: readonly string[]; readonly region?: never };

/**
 * Finds the region for a host.
 *
 * @throws SigningError `ERR_SIGNING_REGION` when neither option, host nor environment names one.
 */
export function signingRegion(option: RegionOption | undefined, host: string): SigningRegion {
  if (option === '*') return { regionSet: ['*'] };
  if (typeof option === 'string') return { region: checked(option) };
  if (option !== undefined) return { regionSet: checkedSet(option) };
  const env = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env ?? {};
  const region = latticeRegion(host) ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION);
  if (region) return { region: checked(region) };
  throw new SigningError('ERR_SIGNING_REGION', `no region is known for \`${host}\`: set \`region\` or AWS_REGION`);
}

function checkedSet(regions: readonly string[]): readonly string[] {
  return (regions.length === 0 ? [''] : regions).map((region) => (region === '*' ? region : checked(region)));
}

// A region becomes part of a header: nothing but the letters of a region name gets there.
function checked(region: string): string {
  if (/^[a-z0-9*-]{1,64}$/.test(region)) return region;
  throw new SigningError('ERR_SIGNING_REGION', `\`${String(region).slice(0, 80)}\` is not the name of a region`);
}
