// cidr.ts — address ranges, as far as a stack file needs them: is it one?
import { isIP } from 'node:net';

/** Whether a text is an IPv4 or IPv6 range such as `10.0.0.0/16`. */
export function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash === -1) return false;
  const family = isIP(text.slice(0, slash));
  const length = text.slice(slash + 1);
  return family !== 0 && /^(?:0|[1-9][0-9]{0,2})$/.test(length) && Number(length) <= (family === 4 ? 32 : 128);
}
