import type { Interceptor } from '@connectrpc/connect';
import { createSigner, type SignerOptions } from '@lattice-auth/sigv4-fetch';

export function signingInterceptor(options: SignerOptions): Interceptor {
  const signer = createSigner(options);
  // Goes last in the transport's `interceptors`, which is next to the wire.
  return (next) => async (request) => {
    const { url, requestMethod, header } = request;
    const signed = await signer.sign({ url, method: requestMethod, headers: header });
    for (const [name, value] of Object.entries(signed.headers)) header.set(name, value);
    return next(request);
  };
}
