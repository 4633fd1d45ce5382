import { createSigner, type SignerOptions } from '@lattice-auth/sigv4-fetch';
import got from 'got';

export function gotClient(options: SignerOptions) {
  const signer = createSigner(options);
  return got.extend({
    hooks: {
      beforeRequest: [
        // Runs for each retry and each redirect; a host that is not on the list is an error.
        async (request) => {
          const { url, method, headers } = request;
          const signed = await signer.sign({ url: String(url), method, headers });
          request.url = new URL(signed.url);
          Object.assign(request.headers, signed.headers);
        },
      ],
    },
  });
}
