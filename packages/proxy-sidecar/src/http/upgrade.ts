// upgrade.ts: two connections joined after a switch of protocols (WebSocket): bytes, no meaning. Either end closing
// closes the other; either end slow slows the other.
import type { Duplex } from 'node:stream';
import type { Call } from '../outbound/transport.js';

/** What is known of a join. */
export interface JoinEvents {
  /** `in`: from the caller. */
  onBytes(direction: 'in' | 'out', bytes: number): void;
  onEnd(): void;
}

/** Joins; `first`: what each side had said already. What is left of the call is that it can be given up. */
export function joinConnections(
  caller: Duplex,
  callerFirst: Buffer,
  upstream: Duplex,
  upstreamFirst: Buffer,
  events: JoinEvents,
): Call {
  let open = 2;
  const onClose = () => {
    if (--open === 0) events.onEnd();
  };
  const join = (from: Duplex, to: Duplex, first: Buffer, direction: 'in' | 'out') => {
    if (first.length > 0) {
      events.onBytes(direction, first.length);
      to.write(first);
    }
    from.on('data', (chunk: Buffer) => {
      events.onBytes(direction, chunk.length);
      if (!to.write(chunk)) from.pause();
    });
    to.on('drain', () => from.resume());
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      if (!to.writableEnded) to.end();
      onClose();
    });
    from.resume();
  };
  join(caller, upstream, callerFirst, 'in');
  join(upstream, caller, upstreamFirst, 'out');
  return {
    write: () => true,
    end: () => undefined,
    pause: () => undefined,
    resume: () => undefined,
    cancel() {
      caller.destroy();
      upstream.destroy();
    },
  };
}
