// check-response.ts: envoy.service.auth.v3.CheckResponse: what Envoy is told to do with a request, and what it may know of why.
import { ProtobufWriter } from './protobuf-writer.js';
import { type StructObject, writeStruct } from './struct.js';

/** Codes of google.rpc.Status. */
const OK = 0;
const PERMISSION_DENIED = 7;
/** HeaderValueOption.append_action: what a caller has written under this name does not stay. */
const OVERWRITE_IF_EXISTS_OR_ADD = 2;

/** What becomes of a request. Headers are flat. */
export type CheckAnswer =
  | {
      readonly kind: 'allow';
      /** For the app. */
      readonly headers: readonly string[];
      /** Names of headers that the app must not see. */
      readonly headersToRemove: readonly string[];
      readonly metadata: StructObject;
    }
  | {
      readonly kind: 'deny';
      readonly status: number;
      /** For the caller. */
      readonly headers: readonly string[];
      readonly body: string;
      readonly metadata: StructObject;
    };

/** The bytes of the answer. */
export function writeCheckResponse(answer: CheckAnswer): Buffer {
  const writer = new ProtobufWriter();
  if (answer.kind === 'allow') {
    writer.message(1, () => writer.number(1, OK));
    writer.message(3, () => {
      writeHeaders(writer, answer.headers);
      for (const name of answer.headersToRemove) writer.text(5, name);
    });
  } else {
    writer.message(1, () => writer.number(1, PERMISSION_DENIED));
    writer.message(2, () => {
      writer.message(1, () => writer.number(1, answer.status));
      writeHeaders(writer, answer.headers);
      writer.text(3, answer.body);
    });
  }
  writer.message(4, () => writeStruct(writer, answer.metadata));
  return writer.bytes();
}

// SPEC: `append` is left out, which older Envoys take for "overwrite" here; newer ones go by `append_action`.
function writeHeaders(writer: ProtobufWriter, flat: readonly string[]): void {
  for (let at = 0; at < flat.length; at += 2) {
    writer.message(2, () => {
      writer.message(1, () => {
        writer.text(1, flat[at] ?? '');
        writer.text(2, flat[at + 1] ?? '');
      });
      writer.number(3, OVERWRITE_IF_EXISTS_OR_ADD);
    });
  }
}
