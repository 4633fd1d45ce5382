// send-to-target.ts — a request to a target that knows only `send`: a function, say. Its promise and its stream as the
// events that the data plane works with.
import { Readable } from 'node:stream';
import { TargetError } from '../errors.js';
import type { DeliveryContext, Fields, Target, TargetResponse } from '../model.js';
import type { AnswerSink, ForwardCall, ForwardRequest } from '../targets/target-parts.js';

/** Sends, and calls back as the answer comes. */
export function sendToTarget(
  target: Target,
  { method, target: path, fields, body }: ForwardRequest,
  context: DeliveryContext,
  sink: AnswerSink,
): ForwardCall {
  const abort = new AbortController();
  let answer: Readable | undefined;
  let ended = false;
  const fail = (cause: unknown) => {
    if (ended || abort.signal.aborted) return;
    ended = true;
    sink.onError(cause instanceof TargetError ? cause : new TargetError('badAnswer', String(cause), { cause }));
  };
  const pass = ({ status, fields: given, body: content, trailers }: TargetResponse) => {
    if (abort.signal.aborted) {
      if (content instanceof Readable) content.destroy();
      return;
    }
    sink.onHead(status, given.flat());
    const end = () => {
      if (ended || abort.signal.aborted) return;
      ended = true;
      sink.onEnd(trailers?.().flat() ?? []);
    };
    if (!(content instanceof Readable)) {
      if (content !== undefined && content.length > 0) sink.onData(content);
      end();
      return;
    }
    answer = content;
    content.on('data', (chunk: Uint8Array) => {
      if (!ended && !abort.signal.aborted && !sink.onData(chunk)) content.pause();
    });
    content.on('end', end);
    content.on('error', fail);
    content.on('close', () => fail(new TargetError('reset', 'the answer broke off')));
  };
  const sent = target.send({ method, target: path, fields: pairs(fields), body, context, signal: abort.signal });
  sent.then(pass).catch(fail);
  return {
    cancel() {
      abort.abort();
      answer?.destroy();
    },
    resume: () => void answer?.resume(),
  };
}

function pairs(flat: readonly string[]): Fields {
  const list: [string, string][] = [];
  for (let i = 0; i < flat.length; i += 2) list.push([flat[i] as string, flat[i + 1] as string]);
  return list;
}
