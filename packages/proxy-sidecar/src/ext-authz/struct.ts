// struct.ts: google.protobuf.Struct: JSON as a message. Envoy keeps it as dynamic metadata, for access logs and later filters.
import type { ProtobufWriter } from './protobuf-writer.js';

/** What a Struct can hold; what is undefined is left out. */
type StructValue = string | number | boolean | null | undefined | readonly StructValue[] | StructObject;

/** A Struct. */
export interface StructObject {
  readonly [key: string]: StructValue;
}

/** Writes the fields of a Struct. */
export function writeStruct(writer: ProtobufWriter, object: StructObject): void {
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    writer.message(1, () => {
      writer.text(1, key);
      writer.message(2, () => writeValue(writer, value));
    });
  }
}

function writeValue(writer: ProtobufWriter, value: Exclude<StructValue, undefined>): void {
  if (value === null) writer.number(1, 0);
  else if (typeof value === 'number') writer.double(2, value);
  else if (typeof value === 'string') writer.text(3, value);
  else if (typeof value === 'boolean') writer.boolean(4, value);
  else if (isList(value)) writer.message(6, () => writeItems(writer, value));
  else writer.message(5, () => writeStruct(writer, value));
}

function writeItems(writer: ProtobufWriter, items: readonly StructValue[]): void {
  for (const item of items) if (item !== undefined) writer.message(1, () => writeValue(writer, item));
}

const isList = (value: readonly StructValue[] | StructObject): value is readonly StructValue[] => Array.isArray(value);
