// sign-only.ts — signatures for requests that someone else sends.
import type { SignedParts } from '../core.js';
import type { CredentialSet } from '../credentials/credentials.js';
import { SigningError } from '../errors.js';
import type { Client } from './client.js';
import type { Place } from './destination.js';
import { makeSignature, placeHeaders } from './make-signature.js';
import { wireMethod } from './outgoing.js';
import { type HeadersInput, type PlainHeaders, plainHeaders } from './plain-headers.js';
import { type ResolvedSettings, resolveSettings } from './signing-settings.js';

/** A signed request: what to send, exactly. */
export interface SignedRequest {
  readonly url: string;
  readonly method: string;
  /** All headers to send besides Host. Names in lower case. */
  readonly headers: Record<string, string>;
}

/** Options of a presigned URL. */
export interface PresignOptions {
  /** Default GET. */
  readonly method?: string;
  /** Headers that will be sent along; those that begin with `x-amz-` are signed. */
  readonly headers?: HeadersInput;
  /** Default: the client's, or 300. At most 604800. */
  readonly expiresSeconds?: number;
}

/** What a signature is made of. */
export interface SignInput {
  readonly place: Place;
  readonly method: string;
  readonly headers: PlainHeaders;
}

/** Signs with a client's settings. Waits only while there are no credentials. */
export function signOnly(
  client: Client,
  input: SignInput,
  settings: ResolvedSettings = client.settings,
): SignedRequest | Promise<SignedRequest> {
  const credentials = client.credentials.peek();
  if (credentials !== undefined) return signInput(client, settings, input, credentials);
  return client.credentials.get().then((set) => signInput(client, settings, input, set));
}

/** A presigned request. */
export function presign(
  client: Client,
  place: Place,
  options: PresignOptions = {},
): SignedRequest | Promise<SignedRequest> {
  const { expiresSeconds = client.options.expiresSeconds, method, headers } = options;
  const settings = resolveSettings({ ...client.options, placement: 'query', expiresSeconds });
  return signOnly(client, { place, method: wireMethod(method), headers: plainHeaders(headers) }, settings);
}

function signInput(
  client: Client,
  settings: ResolvedSettings,
  { place, method, headers }: SignInput,
  credentials: CredentialSet,
): SignedRequest | Promise<SignedRequest> {
  const { destination, target } = place;
  const { host, origin, region } = destination;
  if (region === undefined) {
    throw new SigningError('ERR_SIGNING_HOST_NOT_ALLOWED', `\`${host}\` is not on the list of hosts`);
  }
  const { parts } = makeSignature(client, settings, destination, region, { method, target, headers }, credentials);
  const finished = (signed: SignedParts): SignedRequest => {
    placeHeaders(headers, signed.headers);
    return { url: origin + signed.target, method, headers: { ...headers } };
  };
  return parts instanceof Promise ? parts.then(finished) : finished(parts);
}
