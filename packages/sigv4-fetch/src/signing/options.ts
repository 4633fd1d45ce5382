// options.ts — what the signer takes and gives back. Defaults are those of VPC Lattice (docs/signing.md, SIGN-1).
// Other services set their own: the whole public test suite is signed with explicit options.
import type { PathEncoding } from '../canonical/path.js';
import type { RawHeader } from '../canonical/raw-request.js';

/** The algorithm names of SigV4 and SigV4A, as they stand in a signature. */
export type SigningAlgorithm = 'AWS4-HMAC-SHA256' | 'AWS4-ECDSA-P256-SHA256';

/** Payload hash of a body that is not signed: the only one that VPC Lattice accepts. */
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** The signing name of the VPC Lattice data plane. The control plane's, `vpc-lattice`, is another. */
export const LATTICE_SIGNING_NAME = 'vpc-lattice-svcs';

/** An access key. Compatible with the credentials of every AWS SDK. */
export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Which of the request's own headers are signed; `host` and every `x-amz-*` header always are. */
export type SignedHeadersOption = 'minimal' | 'all' | ((name: string) => boolean);

/** How to sign. Everything but `credentials`, `date` and the region has Lattice's default. */
export interface SigningOptions {
  readonly credentials: SigningCredentials;
  /** When the request is signed. The core reads no clock. */
  readonly date: Date;
  /** The region of the scope; with SigV4A the region set, unless `regionSet` is given. */
  readonly region?: string | undefined;
  /** SigV4A: regions the signature is good for, `*` for all; a list or a comma-separated string. */
  readonly regionSet?: string | readonly string[] | undefined;
  /** Signing name. Default `vpc-lattice-svcs`. */
  readonly service?: string | undefined;
  /** Default `AWS4-HMAC-SHA256`. */
  readonly algorithm?: SigningAlgorithm | undefined;
  /** `UNSIGNED-PAYLOAD` (default) or the lower-case hex SHA-256 of the body. */
  readonly payloadHash?: string | undefined;
  /**
   * Add and sign `x-amz-content-sha256`. Default true. With query placement this holds for `vpc-lattice-svcs` only, and
   * the header must then be sent along with the URL.
   */
  readonly sendPayloadHash?: boolean | undefined;
  /** Default `header`. */
  readonly placement?: 'header' | 'query' | undefined;
  /** Query placement only: how long the URL is good for, 1 to 604800. Default 300. */
  readonly expiresSeconds?: number | undefined;
  /** Default `double`: the path on the wire is encoded once more. */
  readonly pathEncoding?: PathEncoding | undefined;
  /** Remove dot segments and empty segments from the canonical path. Default true. */
  readonly normalizePath?: boolean | undefined;
  /** False: the session token is added after signing. Default true. */
  readonly signSessionToken?: boolean | undefined;
  /** Default `minimal`. */
  readonly signedHeaders?: SignedHeadersOption | undefined;
  /** What a literal `+` in the query becomes: `space` (default) rewrites it to `%20` on the wire, `keep` signs it as `%2B`. */
  readonly plusInQuery?: 'space' | 'keep' | undefined;
}

/** What to send: this target, and these headers in place of any of the same names. */
export interface SignedParts {
  readonly target: string;
  readonly headers: RawHeader[];
}

/** Each step of a signature, for debugging and for test suites. */
export interface SignatureExplanation extends SignedParts {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
  readonly signedHeaders: string;
}

/** Every option that has a default. */
type Defaulted =
  | 'service'
  | 'algorithm'
  | 'payloadHash'
  | 'sendPayloadHash'
  | 'placement'
  | 'expiresSeconds'
  | 'pathEncoding'
  | 'normalizePath'
  | 'signSessionToken'
  | 'signedHeaders'
  | 'plusInQuery';

/** Options in which everything is said. */
export type CompleteOptions = SigningOptions & {
  readonly [Name in Defaulted]-?: Exclude<SigningOptions[Name], undefined>;
};

/** The defaults: those of VPC Lattice. */
export const DEFAULTS: Pick<CompleteOptions, Defaulted> = {
  service: LATTICE_SIGNING_NAME,
  algorithm: 'AWS4-HMAC-SHA256',
  payloadHash: UNSIGNED_PAYLOAD,
  sendPayloadHash: true,
  placement: 'header',
  expiresSeconds: 300,
  pathEncoding: 'double',
  normalizePath: true,
  signSessionToken: true,
  signedHeaders: 'minimal',
  plusInQuery: 'space',
};

/**
 * The complete options for a request to a VPC Lattice service: every default of {@link SigningOptions} spelled out.
 *
 * @example
 * signRequest(request, latticeSigningOptions({ credentials, region: 'eu-west-1', date: new Date() }));
 */
export function latticeSigningOptions(options: SigningOptions): CompleteOptions {
  const complete: Record<string, unknown> = { ...DEFAULTS };
  for (const name in options) {
    const value = options[name as keyof SigningOptions];
    if (value !== undefined) complete[name] = value;
  }
  return complete as unknown as CompleteOptions;
}
