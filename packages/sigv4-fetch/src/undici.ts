// undici.ts — the entry './undici': signing as a dispatch interceptor. Compose it first, so that it is innermost: then
// every attempt of a retry and every hop of a redirect is signed anew, and what is signed is what goes on the wire.
import { type Dispatcher, Dispatcher1Wrapper } from 'undici';
import type { CredentialSet } from './credentials/credentials.js';
import { type Client, createClient, type SignerOptions } from './fetch/client.js';
import { type DispatchRequest, readDispatch, signDispatch, unsignedDispatch } from './fetch/dispatch-signing.js';
import { type RouteOption, routeTable } from './fetch/route.js';

export type { RouteOption } from './fetch/route.js';

/** Options of {@link latticeInterceptor}. */
export interface LatticeInterceptorOptions extends SignerOptions {
  /** Connect elsewhere than the request says, and sign for where it says: for an emulator on this machine. */
  readonly route?: RouteOption;
}

/**
 * An interceptor that signs, for `dispatcher.compose(latticeInterceptor(), interceptors.retry(), …)`.
 * Works below `undici.request`, `undici.fetch` and the `fetch` of Node.
 *
 * @example
 * ```ts
 * import { latticeInterceptor } from '@lattice-auth/sigv4-fetch/undici';
 * import { Agent, interceptors } from 'undici';
 *
 * const dispatcher = new Agent().compose(latticeInterceptor(), interceptors.retry());
 * await dispatcher.close();
 * ```
 * @throws SigningError `ERR_SIGNING_OPTION` for options that cannot be.
 */
export function latticeInterceptor(options: LatticeInterceptorOptions = {}): Dispatcher.DispatcherComposeInterceptor {
  const client = createClient(options);
  const routes = routeTable(options.route);
  return (dispatch) => {
    const signingDispatch: Dispatcher.Dispatch = (given, handler) => {
      // Node's own fetch may still speak the handler interface of undici 7: the wrapper comes back with the new one.
      if (handler.onRequestStart === undefined) return legacy.dispatch(given, handler);
      if (given.method === 'CONNECT' || given.origin === undefined) return dispatch(given, handler);
      try {
        const request = readDispatch(client, given, routes);
        if (request.destination.region === undefined) return dispatch(unsignedDispatch(request), handler);
        return sendSigned(client, dispatch, request, handler);
      } catch (error) {
        fail(handler, error);
        return true;
      }
    };
    const legacy = new Dispatcher1Wrapper({ dispatch: signingDispatch } as Dispatcher);
    return signingDispatch;
  };
}

function sendSigned(
  client: Client,
  dispatch: Dispatcher.Dispatch,
  request: DispatchRequest,
  handler: Dispatcher.DispatchHandler,
): boolean {
  const send = (credentials: CredentialSet): boolean | Promise<boolean> => {
    const options = signDispatch(client, request, credentials);
    return options instanceof Promise
      ? options.then((signed) => dispatch(signed, handler))
      : dispatch(options, handler);
  };
  const credentials = client.credentials.peek();
  const sent = credentials === undefined ? client.credentials.get().then(send) : send(credentials);
  if (typeof sent === 'boolean') return sent;
  sent.catch((error: unknown) => fail(handler, error));
  return true;
}

// Nothing was dispatched yet, so there is nothing to pause or abort; handlers only look whether it was.
function fail(handler: Dispatcher.DispatchHandler, error: unknown): void {
  const reason = error instanceof Error ? error : new Error('the request could not be signed', { cause: error });
  const nothing = () => undefined;
  const controller = { aborted: true, paused: false, reason, abort: nothing, pause: nothing, resume: nothing };
  handler.onResponseError?.(controller, reason);
}
