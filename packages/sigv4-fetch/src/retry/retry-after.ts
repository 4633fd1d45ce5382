// retry-after.ts — reads a Retry-After header (RFC 9110 10.2.3): whole seconds, or an HTTP date.

/** Milliseconds to wait, or undefined when the header is absent or is neither form. */
export function parseRetryAfter(value: string | null | undefined, nowMs: number): number | undefined {
  if (value === null || value === undefined) return undefined;
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // `Date.parse` reads many things that are not dates of HTTP ("1.5", "-1"); a date of HTTP begins with a day's name.
  if (!/^[A-Z][a-z]{2,8},? /.test(text) || text.length > 40) return undefined;
  const dateMs = Date.parse(text);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
