// write-out.ts: `-w`: curl's variables, those that scripts use. An unknown one is said to be so, as curl does.
import type { Transfer } from './transfer.js';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };

/** Fills in a format such as `%{http_code}\n`. */
export function writeOut(
  format: string,
  done: Transfer,
  { bytes, seconds }: { bytes: number; seconds: number },
): string {
  const { response, last, redirects } = done;
  const values: Readonly<Record<string, string>> = {
    http_code: String(response.statusCode).padStart(3, '0'),
    response_code: String(response.statusCode).padStart(3, '0'),
    content_type: String(response.headers['content-type'] ?? ''),
    method: last.method,
    num_redirects: String(redirects),
    size_download: String(bytes),
    time_total: seconds.toFixed(6),
    url_effective: last.url.href,
  };
  return format.replace(/%%|%\{([^}]*)\}|\\(.)/g, (whole, name?: string, escaped?: string) => {
    if (name !== undefined) return values[name] ?? `%{unknown: ${name}}`;
    if (escaped !== undefined) return ESCAPES[escaped] ?? whole;
    return '%';
  });
}
