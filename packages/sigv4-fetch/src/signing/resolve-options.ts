// resolve-options.ts — options with their defaults filled in and checked: what is wrong is refused here, with a code.
import { requireForm } from '../errors.js';
import { amzDate } from './amz-date.js';
import {
  type CompleteOptions,
  DEFAULTS,
  LATTICE_SIGNING_NAME,
  latticeSigningOptions,
  type SigningOptions,
} from './options.js';
import { SCOPE_PART, type Scope, scopeOf } from './scope-cache.js';

/** Options that are complete and valid, with what is derived from them. */
export interface ResolvedOptions extends CompleteOptions {
  /** `YYYYMMDDTHHMMSSZ` */
  readonly amzDate: string;
  readonly scope: Scope;
  /** `<access key id>/<scope>` */
  readonly credential: string;
  /** Set in SigV4A only. */
  readonly regionSet: string | undefined;
  readonly inQuery: boolean;
}

const FORMS = {
  algorithm: /^AWS4-(?:HMAC|ECDSA-P256)-SHA256$/,
  payloadHash: /^(?:UNSIGNED-PAYLOAD|[0-9a-f]{64})$/,
  placement: /^(?:header|query)$/,
  pathEncoding: /^(?:double|single|none)$/,
  plusInQuery: /^(?:space|keep)$/,
  service: SCOPE_PART,
} as const;
const WHOLE = /^[1-9]\d*$/;
const CHECKED = Object.keys(FORMS) as (keyof typeof FORMS)[];

// SPEC: seven days, the longest that any AWS service accepts (SIGN-72).
const EXPIRES_SECONDS_MAX = 604_800;

/** @throws SigningError for whatever is missing or malformed. */
export function resolveOptions(given: SigningOptions): ResolvedOptions {
  const options = latticeSigningOptions(given);
  for (const name of CHECKED) if (options[name] !== DEFAULTS[name]) requireForm(options[name], FORMS[name], name);
  const { service, algorithm, signedHeaders, expiresSeconds } = options;
  if (typeof signedHeaders !== 'function') requireForm(signedHeaders, /^(?:minimal|all)$/, 'signedHeaders');
  const inQuery = options.placement === 'query';
  if (inQuery) requireForm(String(expiresSeconds <= EXPIRES_SECONDS_MAX && expiresSeconds), WHOLE, 'expiresSeconds');
  const text = amzDate(options.date);
  const regionSet = algorithm === DEFAULTS.algorithm ? undefined : String(options.regionSet ?? options.region ?? '');
  const { accessKeyId, secretAccessKey, sessionToken } = options.credentials ?? {};
  const scope = scopeOf([
    accessKeyId,
    secretAccessKey,
    sessionToken,
    algorithm,
    text.slice(0, 8),
    regionSet ?? options.region,
    service,
  ]);
  return {
    ...options,
    amzDate: text,
    scope,
    credential: `${accessKeyId}/${scope.text}`,
    regionSet,
    inQuery,
    // A URL carries no header, so a presigned one signs this header for Lattice only, which insists on it (SIGN-73).
    sendPayloadHash: options.sendPayloadHash && (!inQuery || service === LATTICE_SIGNING_NAME),
  };
}
