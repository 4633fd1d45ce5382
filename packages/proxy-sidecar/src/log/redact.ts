// redact.ts: the last guard before anything is written: signatures, tokens and credentials are taken out of every text,
// by their form and, for the credentials in use, by their value. What logs a thing should not have put them there.

const REDACTED = '[redacted]';
/** Shorter values would be found in innocent places. */
const SECRET_CHARS_MIN = 8;
/** Credentials are renewed; the ones before last can be forgotten. */
const SECRETS_MAX = 64;

const PATTERNS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/((?:x-amz-)?signature["']?\s*[=:]\s*["']?)[0-9a-f]{16,}/gi, `$1${REDACTED}`],
  [/(x-amz-security-token["']?\s*(?:=|:|%3A)\s*["']?)[^\s"'&,;]+/gi, `$1${REDACTED}`],
  [/(x-amz-credential=)[^\s"'&,;]+/gi, `$1${REDACTED}`],
  [/((?:proxy-)?authorization["']?\s*[:=]\s*["']?)[^\r\n"']+/gi, `$1${REDACTED}`],
  [/\b(bearer\s+)[\w.~+/=-]+/gi, `$1${REDACTED}`],
  [/((?:secret_?access_?key|session_?token|password)["']?\s*[:=]\s*["']?)[^\s"'&,;]+/gi, `$1${REDACTED}`],
];

/** A word that stands in each of the patterns: most texts have none and are done. */
const SUSPICIOUS = /signature|security|credential|authorization|bearer|secret|session|password/i;

/** Takes secrets out of texts. Each program has one; whoever gets credentials tells it. */
export class Redactor {
  readonly #secrets = new Set<string>();

  /** A value that must not be written anywhere. */
  learn(secret: string | undefined): void {
    if (secret === undefined || secret.length < SECRET_CHARS_MIN) return;
    this.#secrets.add(secret);
    for (const oldest of this.#secrets) {
      if (this.#secrets.size <= SECRETS_MAX) break;
      this.#secrets.delete(oldest);
    }
  }

  /** The text without secrets. */
  text(text: string): string {
    let clean = text;
    for (const secret of this.#secrets) if (clean.includes(secret)) clean = clean.replaceAll(secret, REDACTED);
    if (!SUSPICIOUS.test(clean)) return clean;
    for (const [pattern, replacement] of PATTERNS) clean = clean.replace(pattern, replacement);
    return clean;
  }

  /** Any value without secrets: errors become their code and message, what is nested too deeply is left out. */
  value(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (value instanceof Error) return this.#error(value, depth);
    if (depth > 5) return '…';
    if (Array.isArray(value)) return value.map((item) => this.value(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, isSecretName(key) ? REDACTED : this.value(inner, depth + 1)]),
    );
  }

  #error(error: Error, depth: number): Record<string, unknown> {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    const cause = error.cause === undefined || depth > 3 ? undefined : this.value(error.cause, depth + 1);
    return { name: error.name, code, message: this.text(error.message), ...(cause === undefined ? {} : { cause }) };
  }
}

function isSecretName(name: string): boolean {
  return /^(?:secret_?access_?key|session_?token|authorization|x-amz-security-token|password|signature)$/i.test(name);
}
