// check-response.ts: envoy.service.auth.v3.CheckResponse: what Envoy is told to do with a request, and what it may know of why.
import { type Fields, messageBytes, messageField, numberField, textField } from './protobuf-writer.js';
import { type StructObject, structFields } from './struct.js';

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
  const metadata = messageField(4, structFields(answer.metadata));
  if (answer.kind === 'allow') {
    const removed = answer.headersToRemove.map((name) => textField(5, name));
    const response = messageField(3, [...headerFields(answer.headers), ...removed]);
    return messageBytes([messageField(1, [numberField(1, OK)]), response, metadata]);
  }
  const status = messageField(1, [numberField(1, answer.status)]);
  const response = messageField(2, [status, ...headerFields(answer.headers), textField(3, answer.body)]);
  return messageBytes([messageField(1, [numberField(1, PERMISSION_DENIED)]), response, metadata]);
}

// SPEC: `append` is left out, which older Envoys take for "overwrite" here; newer ones go by `append_action`.
function headerFields(flat: readonly string[]): Fields {
  const fields: Buffer[] = [];
  for (let at = 0; at < flat.length; at += 2) {
    const header = messageField(1, [textField(1, flat[at] ?? ''), textField(2, flat[at + 1] ?? '')]);
    fields.push(messageField(2, [header, numberField(3, OVERWRITE_IF_EXISTS_OR_ADD)]));
  }
  return fields;
}
