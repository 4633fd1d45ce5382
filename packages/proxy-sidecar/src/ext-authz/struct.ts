// struct.ts: google.protobuf.Struct: JSON as a message. Envoy keeps it as dynamic metadata, for access logs and later filters.
import { booleanField, doubleField, type Fields, messageField, numberField, textField } from './protobuf-writer.js';

/** What a Struct can hold; what is undefined is left out. */
type StructValue = string | number | boolean | null | undefined | readonly StructValue[] | StructObject;

/** A Struct. */
export interface StructObject {
  readonly [key: string]: StructValue;
}

/** The fields of a Struct. */
export function structFields(object: StructObject): Fields {
  const fields: Buffer[] = [];
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    fields.push(messageField(1, [textField(1, key), messageField(2, [valueField(value)])]));
  }
  return fields;
}

function valueField(value: Exclude<StructValue, undefined>): Buffer {
  if (value === null) return numberField(1, 0);
  if (typeof value === 'number') return doubleField(2, value);
  if (typeof value === 'string') return textField(3, value);
  if (typeof value === 'boolean') return booleanField(4, value);
  if (isList(value)) {
    const present = value.filter((item) => item !== undefined);
    return messageField(
      6,
      present.map((item) => messageField(1, [valueField(item)])),
    );
  }
  return messageField(5, structFields(value));
}

const isList = (value: readonly StructValue[] | StructObject): value is readonly StructValue[] => Array.isArray(value);
