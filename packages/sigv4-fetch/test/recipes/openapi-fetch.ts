import { createLatticeFetch, type LatticeFetchOptions } from '@lattice-auth/sigv4-fetch';
import createClient from 'openapi-fetch';

export function openapiClient<Paths extends object>(baseUrl: string, options: LatticeFetchOptions) {
  return createClient<Paths>({ baseUrl, fetch: createLatticeFetch(options) });
}
