// create-signer.ts — `createSigner`: signatures without sending, for other HTTP clients. Synchronous once credentials are
// cached; the same list of hosts, so that no client signs for a host by following it somewhere.
import type { SignatureExplanation } from '../core.js';
import { createClient, type SignerOptions } from './client.js';
import { wireMethod } from './outgoing.js';
import { type HeadersInput, plainHeaders } from './plain-headers.js';
import { type PresignOptions, presign, type SignedRequest, signOnly } from './sign-only.js';

/** A request to sign. The body is not part of it: Lattice signs none. */
export interface SignableRequest {
  readonly url: string | URL;
  /** Default GET. */
  readonly method?: string;
  readonly headers?: HeadersInput;
}

/** Signs requests. Each method is synchronous while credentials are cached; `await` fits both ways. */
export interface Signer {
  /** The URL and headers to send. */
  sign(request: SignableRequest): SignedRequest | Promise<SignedRequest>;
  /** A URL with the signature in its query, and the headers that must go with it. */
  presign(url: string | URL, options?: PresignOptions): SignedRequest | Promise<SignedRequest>;
  /** Every step of the signature, with the session token taken out, to compare with what a service says. */
  explain(request: SignableRequest): Promise<Pick<SignatureExplanation, 'canonicalRequest' | 'stringToSign'>>;
  /** Resolves when credentials are there, so that the next signature is synchronous. */
  ready(): Promise<void>;
}

/**
 * Makes a signer.
 *
 * @example
 * ```ts
 * import { createSigner } from '@lattice-auth/sigv4-fetch';
 *
 * const signer = createSigner({ credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' } });
 * const signed = await signer.sign({ url: 'https://orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws/' });
 * console.log(Object.keys(signed.headers)); // x-amz-content-sha256, x-amz-date, authorization
 * ```
 * @throws SigningError `ERR_SIGNING_OPTION` for options that cannot be.
 */
export function createSigner(options: SignerOptions = {}): Signer {
  const client = createClient(options);
  const read = ({ url, method, headers }: SignableRequest) => ({
    place: client.destinations.place(url),
    method: wireMethod(method),
    headers: plainHeaders(headers),
  });
  return {
    sign: (request) => signOnly(client, read(request)),
    presign: (url, presignOptions) => presign(client, client.destinations.place(url), presignOptions),
    async explain(request) {
      const [{ explain }, credentials] = await Promise.all([import('./on-demand.js'), client.credentials.get()]);
      return explain(client, read(request), credentials);
    },
    async ready() {
      await client.credentials.get();
    },
  };
}
