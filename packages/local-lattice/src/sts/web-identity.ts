// web-identity.ts — a web identity token as far as it is looked at here: that it is a JWT, what it says of its subject, and
// that it has not run out. Its signature is not checked: there is no identity provider to ask for a key.
import { StsError } from './sts-error.js';

/** What a token says. */
export interface WebIdentity {
  readonly subject: string;
  readonly audience: string;
  readonly provider: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * Reads a token.
 *
 * @throws {StsError} `InvalidIdentityToken` when it is no JWT, `ExpiredTokenException` when its time is over
 */
export function readWebIdentity(token: string, nowMs: number): WebIdentity {
  const [header, payload, signature, ...rest] = token.split('.');
  const claims = decodePart(payload);
  if (decodePart(header) === undefined || claims === undefined || signature === undefined || rest.length > 0) {
    throw new StsError(
      'InvalidIdentityToken',
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    );
  }
  const { exp, sub, aud, iss } = claims;
  if (typeof exp === 'number' && exp * 1000 <= nowMs) {
    const times = `current date/time ${seconds(nowMs)} must be before the expiration date/time ${exp}`;
    throw new StsError('ExpiredTokenException', `Token expired: ${times}`);
  }
  const audience: unknown = Array.isArray(aud) ? aud[0] : aud;
  return {
    subject: typeof sub === 'string' ? sub : '',
    audience: typeof audience === 'string' ? audience : '',
    provider: typeof iss === 'string' ? iss.replace(/^https:\/\//, '') : '',
    claims,
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

function decodePart(part: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (part === undefined || !/^[A-Za-z0-9_-]+$/.test(part)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
