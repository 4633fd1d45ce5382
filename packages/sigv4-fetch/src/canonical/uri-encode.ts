// uri-encode.ts — percent-encoding as SigV4 wants it: over bytes, upper-case hex, only RFC 3986 "unreserved" left raw.
// Never goes through decodeURIComponent: a sequence that is not UTF-8 (`%C3`) is legal on the wire and must not throw.

const ESCAPE_OR_RESERVED = /%[\dA-Fa-f]{2}|[^\w\-.~]/gu;
const UNRESERVED = /[\w\-.~]/;
const utf8 = new TextEncoder();

/** Percent-encodes each byte of some text, reserved or not. */
function escapeAll(text: string): string {
  let escaped = '';
  for (const byte of utf8.encode(text)) escaped += `%${byte < 16 ? '0' : ''}${byte.toString(16)}`;
  return escaped.toUpperCase();
}

/** Encodes every byte that is not unreserved; `%` becomes `%25`. */
export function encodeComponent(raw: string): string {
  return raw.replace(/[^\w\-.~]/gu, escapeAll);
}

/**
 * Decodes and encodes again: `%7e` is `~`, `%c3` is `%C3`, escapes that are needed stay, all else is encoded once.
 */
export function recodeComponent(encoded: string): string {
  return encoded.replace(ESCAPE_OR_RESERVED, (match) => {
    // An escape has three characters, any other match has one or, beyond the basic plane, two.
    if (match.length < 3) return escapeAll(match);
    const char = String.fromCharCode(Number.parseInt(match.slice(1), 16));
    return UNRESERVED.test(char) ? char : match.toUpperCase();
  });
}
