// http-target.ts — a server on this machine as a target, by its URL: HTTP/1.1, HTTP/2 or gRPC as its group says.
import { PassThrough } from 'node:stream';
import type { TargetProtocolVersion } from '@lattice-auth/stack';
import { TargetError } from '../errors.js';
import type { Fields, TargetRequest, TargetResponse } from '../model.js';
import { http1Transport } from './http1-target.js';
import { http2Transport } from './http2-target.js';
import type { HttpTransport, StreamingTarget, TargetTimeouts } from './target-parts.js';

/** What a target is reached by. */
export interface HttpTargetOptions {
  /** `http://127.0.0.1:8081`; with `https:` the certificate is not checked, as Lattice doesn't. */
  readonly url: string;
  readonly version: TargetProtocolVersion | undefined;
  readonly timeouts: TargetTimeouts;
}

/** A server as a target. */
export function createHttpTarget({ url, version, timeouts }: HttpTargetOptions): StreamingTarget {
  const { origin, hostname, port, protocol } = new URL(url);
  const address = `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
  const isHttp2 = version === 'HTTP2' || version === 'GRPC';
  const transport = isHttp2 ? http2Transport(origin, timeouts) : http1Transport(origin, timeouts);
  return {
    address,
    healthy: true,
    forward: (request, sink) => transport.forward(request, sink),
    send: (request) => sendBy(transport, request),
    close: () => transport.close(),
  };
}

/** The long way, by way of the short one. */
function sendBy(transport: HttpTransport, { method, target, fields, body, signal }: TargetRequest) {
  return new Promise<TargetResponse>((resolve, reject) => {
    if (signal.aborted) {
      reject(new TargetError('cancelled', 'the request was cancelled'));
      return;
    }
    let trailers: Fields = [];
    const answer = new PassThrough();
    const call = transport.forward(
      { method, target, fields: fields.flat(), body },
      {
        onInterim: () => undefined,
        onHead(status, raw) {
          resolve({ status, fields: pairs(raw), body: answer, trailers: () => trailers });
        },
        onData: (chunk) => answer.write(chunk),
        onEnd(raw) {
          trailers = pairs(raw);
          signal.removeEventListener('abort', cancel);
          answer.end();
        },
        onError(error) {
          signal.removeEventListener('abort', cancel);
          reject(error);
          answer.destroy(error);
        },
      },
    );
    const cancel = () => {
      call.cancel();
      const error = new TargetError('cancelled', 'the request was cancelled');
      reject(error);
      answer.destroy(error);
    };
    answer.on('drain', () => call.resume());
    answer.on('error', () => undefined);
    signal.addEventListener('abort', cancel, { once: true });
  });
}

function pairs(flat: readonly string[]): Fields {
  const list: [string, string][] = [];
  for (let i = 0; i < flat.length; i += 2) list.push([flat[i] as string, flat[i + 1] as string]);
  return list;
}
