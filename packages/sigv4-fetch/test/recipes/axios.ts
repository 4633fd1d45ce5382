import { createLatticeFetch, type LatticeFetchOptions } from '@lattice-auth/sigv4-fetch';
import axios from 'axios';

export function axiosClient(options: LatticeFetchOptions) {
  const fetch = createLatticeFetch(options);
  // The http adapter of axios encodes paths once more after an interceptor has signed them; the fetch adapter does not.
  // Told that there is no Request, it hands the body over as it is, so that it can be sent again.
  return axios.create({ adapter: 'fetch', env: { fetch, Request: null as never } });
}
