// failure.ts: what went wrong on the network, in curl's exit codes and in words.
import { CliError, type Problem } from '../../errors.js';

/** curl's exit codes, as far as they mean something here. */
export const CURL_EXIT = {
  ok: 0,
  usage: 2,
  malformedUrl: 3,
  resolve: 6,
  connect: 7,
  strangeReply: 8,
  httpError: 22,
  write: 23,
  read: 26,
  timeout: 28,
  tls: 35,
  tooManyRedirects: 47,
  emptyReply: 52,
  receive: 56,
  certificate: 60,
} as const;

/** curl's exit codes for what other commands end with 2 for. */
export const CURL_EXIT_BY_CODE: Readonly<Record<string, number>> = {
  ERR_CLI_FILE: CURL_EXIT.read,
  ERR_CLI_URL: CURL_EXIT.malformedUrl,
};

const BY_CODE: Readonly<Record<string, readonly [exitCode: number, message: string]>> = {
  ENOTFOUND: [CURL_EXIT.resolve, 'the host name is not known'],
  EAI_AGAIN: [CURL_EXIT.resolve, 'the host name cannot be looked up'],
  ECONNREFUSED: [CURL_EXIT.connect, 'the connection was refused'],
  EHOSTUNREACH: [CURL_EXIT.connect, 'the host cannot be reached'],
  ENETUNREACH: [CURL_EXIT.connect, 'the network cannot be reached'],
  UND_ERR_CONNECT_TIMEOUT: [CURL_EXIT.timeout, 'no connection in time'],
  ETIMEDOUT: [CURL_EXIT.timeout, 'no connection in time'],
  ERR_SIGNING_TIMEOUT: [CURL_EXIT.timeout, 'no response in time'],
  UND_ERR_SOCKET: [CURL_EXIT.emptyReply, 'the server closed the connection'],
  ECONNRESET: [CURL_EXIT.receive, 'the connection was reset'],
  EPROTO: [CURL_EXIT.tls, 'no TLS connection came about'],
  CERT_HAS_EXPIRED: [CURL_EXIT.certificate, "the server's certificate has expired"],
  ERR_TLS_CERT_ALTNAME_INVALID: [CURL_EXIT.certificate, "the server's certificate is for another name"],
  DEPTH_ZERO_SELF_SIGNED_CERT: [CURL_EXIT.certificate, "the server's certificate is self-signed"],
  SELF_SIGNED_CERT_IN_CHAIN: [CURL_EXIT.certificate, "the server's certificate is not trusted"],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [CURL_EXIT.certificate, "the server's certificate is not trusted"],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [CURL_EXIT.certificate, "the server's certificate is not trusted"],
};

const HINTS: Readonly<Record<number, string>> = {
  // SPEC: what IAM denies is answered with a 403; security groups and missing associations answer nothing at all.
  [CURL_EXIT.timeout]: 'VPC Lattice answers what it denies: silence is the network (VPC association, security groups)',
  [CURL_EXIT.certificate]: 'see --cacert and -k',
};

/** The error to end with; undefined for one that is not the network's. */
export function transferError(error: unknown, url: URL): CliError | undefined {
  if (error instanceof CliError) return error;
  if (error instanceof Error && error.name === 'TimeoutError') {
    return failed(CURL_EXIT.timeout, 'the transfer took longer than --max-time', url, error);
  }
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const known = BY_CODE[code];
  if (known !== undefined) return failed(known[0], known[1], url, error);
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) {
    return failed(CURL_EXIT.tls, `no TLS connection came about (${code})`, url, error);
  }
  if (code.startsWith('HPE_')) return failed(CURL_EXIT.strangeReply, `the reply is not HTTP (${code})`, url, error);
  return code.startsWith('ERR_SIGNING_')
    ? undefined
    : failed(CURL_EXIT.receive, `the transfer failed (${code})`, url, error);
}

function failed(exitCode: number, message: string, url: URL, cause: unknown): CliError {
  const problem: Problem = { code: 'ERR_CLI_TRANSFER', message: `${url.host}: ${message}`, hint: HINTS[exitCode] };
  return new CliError(problem, exitCode, { cause });
}

// Several addresses were tried, or the error of the socket is the cause of undici's.
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') {
    return error.code === 'UND_ERR_SOCKET' ? (codeOf(error.cause) ?? error.code) : error.code;
  }
  return error instanceof AggregateError ? codeOf(error.errors[0]) : codeOf(error.cause);
}
