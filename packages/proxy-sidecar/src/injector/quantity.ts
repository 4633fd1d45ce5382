// quantity.ts: amounts of CPU and memory as Kubernetes writes them.

const QUANTITY = /^(?<digits>\d{1,18}(?:\.\d{0,9})?|\.\d{1,9})(?<unit>[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d{1,3})?$/;

/** Powers of 1000, from the smallest unit on; of 1024, from `Ki` on. */
const DECIMAL = 'num kMGTPE';
const BINARY = 'KMGTPE';

/** `50m`, `0.5`, `128Mi`, `1e3`. */
export function isQuantity(text: string): boolean {
  return QUANTITY.test(text);
}

/** How much that is, as near as a number can say; NaN for what is no quantity. */
export function amountOf(text: string): number {
  const { digits = '', unit = '' } = QUANTITY.exec(text)?.groups ?? {};
  if (digits === '') return Number.NaN;
  if (/\d$/.test(unit)) return Number(`${digits}${unit}`);
  if (unit.endsWith('i')) return Number(digits) * 1_024 ** (BINARY.indexOf(unit.charAt(0)) + 1);
  return Number(digits) * 1_000 ** (DECIMAL.indexOf(unit || ' ') - DECIMAL.indexOf(' '));
}

/** True when one is more than the other; what is no quantity, or not said, is compared with nothing. */
export const isMore = (one: string, other: string): boolean => amountOf(one) > amountOf(other);
