import { InterceptingCall, type Interceptor } from '@grpc/grpc-js';
import { createSigner, type SignerOptions } from '@lattice-auth/sigv4-fetch';

/** `origin` is scheme and authority as the channel sends it: for Lattice the host without a port. */
export function signingInterceptor(origin: string, options: SignerOptions): Interceptor {
  const signer = createSigner(options);
  return (callOptions, nextCall) =>
    new InterceptingCall(nextCall(callOptions), {
      async start(metadata, listener, next) {
        const url = origin + callOptions.method_definition.path;
        const signed = await signer.sign({ url, method: 'POST' });
        for (const [name, value] of Object.entries(signed.headers)) metadata.set(name, value);
        next(metadata, listener);
      },
    });
}
