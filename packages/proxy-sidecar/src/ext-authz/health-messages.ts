// health-messages.ts: grpc.health.v1: a question with a service's name, an answer with one number.
import { bytesTag, MalformedMessage, ProtobufReader } from './protobuf-reader.js';
import { ProtobufWriter } from './protobuf-writer.js';

const SERVING = 1;
const NOT_SERVING = 2;

/** HealthCheckRequest: the service asked about, '' for all; undefined when the bytes are none. */
export function readHealthRequest(bytes: Buffer): string | undefined {
  try {
    const reader = new ProtobufReader(bytes);
    let service = '';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
      if (tag === bytesTag(1)) service = reader.text();
      else reader.skip(tag);
    }
    return service;
  } catch (error) {
    if (error instanceof MalformedMessage) return undefined;
    throw error;
  }
}

/** HealthCheckResponse. */
export function writeHealthResponse(ready: boolean): Buffer {
  const writer = new ProtobufWriter();
  writer.number(1, ready ? SERVING : NOT_SERVING);
  return writer.bytes();
}
