// respond.ts: the one table from error codes to what a caller is told. Bodies are fixed: nothing of what went wrong
// inside gets out but the code and the request id, under which the log has the rest.
import type { SidecarErrorCode } from '../errors.js';

interface Answer {
  readonly status: number;
  readonly message: string;
  readonly headers?: readonly string[];
}

const ANSWERS: Readonly<Record<SidecarErrorCode, Answer>> = {
  ERR_SIDECAR_CONFIG: { status: 500, message: 'internal error' },
  ERR_SIDECAR_POLICY: { status: 500, message: 'internal error' },
  ERR_SIDECAR_LISTEN: { status: 500, message: 'internal error' },
  ERR_SIDECAR_INTERNAL: { status: 500, message: 'internal error' },
  ERR_SIDECAR_REQUEST: { status: 400, message: 'the request is malformed' },
  ERR_SIDECAR_SIGNING: { status: 400, message: 'the request cannot be signed' },
  ERR_SIDECAR_DESTINATION: { status: 403, message: 'the destination is not on the allow-list' },
  ERR_SIDECAR_DENIED: { status: 403, message: 'a policy refuses the request' },
  ERR_SIDECAR_DECISION: { status: 403, message: 'whether the request is allowed could not be decided' },
  ERR_SIDECAR_NO_ROUTE: { status: 404, message: 'no route fits the request' },
  ERR_SIDECAR_METHOD: {
    status: 405,
    message: 'the method is not forwarded',
    headers: ['allow', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'],
  },
  ERR_SIDECAR_REQUEST_TIMEOUT: { status: 408, message: 'the request took too long' },
  ERR_SIDECAR_BODY_TOO_LARGE: { status: 413, message: 'the body is too large' },
  ERR_SIDECAR_HEADERS_TOO_LARGE: { status: 431, message: 'the head of the request is too large' },
  ERR_SIDECAR_CALLER_GONE: { status: 499, message: 'the caller went away' },
  ERR_SIDECAR_UPSTREAM_CONNECT: { status: 502, message: 'no connection to the upstream' },
  ERR_SIDECAR_UPSTREAM_TLS: { status: 502, message: 'no secure connection to the upstream' },
  ERR_SIDECAR_UPSTREAM_RESET: { status: 502, message: 'the upstream closed the connection' },
  ERR_SIDECAR_UPSTREAM_PROTOCOL: { status: 502, message: 'the upstream did not answer in HTTP' },
  ERR_SIDECAR_CREDENTIALS: {
    status: 503,
    message: 'there are no credentials to sign with',
    headers: ['retry-after', '5'],
  },
  ERR_SIDECAR_OVERLOADED: { status: 503, message: 'too many requests at once', headers: ['retry-after', '1'] },
  ERR_SIDECAR_UPSTREAM_TIMEOUT: { status: 504, message: 'the upstream took too long' },
};

/** What to answer for an error: status, flat headers, body. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

/** The answer for an error code. */
export function errorAnswer(code: SidecarErrorCode, requestId: string): ErrorAnswer {
  const { status, message, headers = [] } = ANSWERS[code];
  const body = `${JSON.stringify({ error: { code, message, requestId } })}\n`;
  const own = ['content-type', 'application/json', 'x-lattice-auth-error', code, 'x-amzn-requestid', requestId];
  return { status, headers: [...own, ...headers], body };
}

/** An HTTP/1.1 answer as text, for connections on which no request could be read. */
export function rawErrorAnswer(code: SidecarErrorCode): string {
  const { status, message } = ANSWERS[code];
  const body = `${JSON.stringify({ error: { code, message } })}\n`;
  const head = `HTTP/1.1 ${status} ${REASONS[status] ?? 'Error'}\r\ncontent-type: application/json\r\nconnection: close`;
  return `${head}\r\nx-lattice-auth-error: ${code}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
  503: 'Service Unavailable',
};
