// protobuf-writer.ts: Protocol Buffers' wire format, written: each function makes one field, a message is its fields in a row.
// Values that proto3 takes for absent are written all the same where they are asked for.

/** Fields of a message, in order. */
export type Fields = readonly Buffer[];

/** The bytes of a message. */
export function messageBytes(fields: Fields): Buffer {
  return Buffer.concat(fields as Buffer[]);
}

/** A field with a message in it. */
export function messageField(field: number, fields: Fields): Buffer {
  let length = 0;
  for (const one of fields) length += one.length;
  return Buffer.concat([varint(field * 8 + 2), varint(length), ...fields]);
}

/** A field of text; a half of a surrogate pair becomes U+FFFD. */
export function textField(field: number, text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
}

/** A field with a whole number that is not negative. */
export function numberField(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

/** A field of true or false. */
export function booleanField(field: number, value: boolean): Buffer {
  return numberField(field, Number(value));
}

/** A field of eight bytes with a floating-point number. */
export function doubleField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([varint(field * 8 + 1), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}
