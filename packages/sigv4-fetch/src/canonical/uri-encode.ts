// uri-encode.ts — percent-encoding as SigV4 wants it: over bytes, upper-case hex, only RFC 3986 "unreserved" left raw.
// Never goes through decodeURIComponent: a sequence that is not UTF-8 (`%C3`) is legal on the wire and must not throw.

const BYTE_TO_ESCAPE = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`);
const RESERVED = /[^\w\-.~]/gu;
const RESERVED_IN_PATH = /[^\w\-.~/]/gu;
const ESCAPE_OR_RESERVED = /%[0-9A-Fa-f]{2}|[^\w\-.~]/gu;
const ESCAPE_OR_RESERVED_IN_PATH = /%[0-9A-Fa-f]{2}|[^\w\-.~/]/gu;
const UNRESERVED = /[\w\-.~]/;
const utf8 = new TextEncoder();

function escapeCodePoint(codePoint: string): string {
  const code = codePoint.charCodeAt(0);
  if (code < 0x80) return BYTE_TO_ESCAPE[code] as string;
  let escaped = '';
  for (const byte of utf8.encode(codePoint)) escaped += BYTE_TO_ESCAPE[byte];
  return escaped;
}

/** `%7e` is `~` and `%c3` is `%C3`: decoding a byte and encoding it again, in one step. */
function canonicalEscape(match: string): string {
  if (match.length !== 3 || match.charCodeAt(0) !== 0x25) return escapeCodePoint(match);
  const byte = Number.parseInt(match.slice(1), 16);
  const char = String.fromCharCode(byte);
  return byte < 0x80 && UNRESERVED.test(char) ? char : (BYTE_TO_ESCAPE[byte] as string);
}

/** Encodes every byte that is not unreserved; `%` becomes `%25`. For one value, not for a whole path or query. */
export function encodeComponent(raw: string): string {
  return raw.replace(RESERVED, escapeCodePoint);
}

/** As {@link encodeComponent}, keeping `/`. On a path that is already encoded once this is the "double" encoding. */
export function encodePath(path: string): string {
  return path.replace(RESERVED_IN_PATH, escapeCodePoint);
}

/** Decodes and encodes again: escapes that are there stay one escape, everything else is encoded once. */
export function recodeComponent(encoded: string): string {
  return encoded.replace(ESCAPE_OR_RESERVED, canonicalEscape);
}

/** As {@link recodeComponent}, keeping `/`; an escaped slash stays escaped. */
export function recodePath(path: string): string {
  return path.replace(ESCAPE_OR_RESERVED_IN_PATH, canonicalEscape);
}
