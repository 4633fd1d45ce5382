// node-http2.ts: Node's HTTP/2, loaded with the first connection that speaks it: 9 ms and 9 MiB of which a sidecar that only
// meets HTTP/1.1 has no use (docs/performance.md).
import type * as Http2 from 'node:http2';

let loaded: typeof Http2 | undefined;

export function nodeHttp2(): typeof Http2 {
  loaded ??= process.getBuiltinModule('node:http2');
  return loaded;
}

// SPEC: RFC 9113 6.2 and 7, here because asking Node for them would load it.
export const END_STREAM_FLAG = 0x1;
export const NO_ERROR = 0x0;
export const REFUSED_STREAM = 0x7;
export const CANCEL = 0x8;
