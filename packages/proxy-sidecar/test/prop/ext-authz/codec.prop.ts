// Our codec beside protobufjs with Envoy's published protocol: what one writes the other reads; no bytes make ours throw, and
// where both read bytes, they read the same.
import fc from 'fast-check';
import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import { readCheckRequest } from '../../../src/ext-authz/check-request.js';
import { writeCheckResponse } from '../../../src/ext-authz/check-response.js';
import { readHealthRequest } from '../../../src/ext-authz/health-messages.js';
import type { StructObject } from '../../../src/ext-authz/struct.js';
import {
  CheckRequestType,
  decodeCheckResponse,
  encodeCheckRequest,
  encodeRequest,
} from '../../support/ext-authz/envoy-protocol.js';

const runs = { numRuns: Number(process.env.RUNS ?? 300), seed: Number(process.env.SEED ?? Date.now()) };
const limits = { headerCount: 1_000 };

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const name = fc.constantFrom('host', 'x-a', 'X-B', 'x-amzn-lattice-identity', ':path', '', '__proto__', 'cookie');
const wellFormed = (value: string) => Buffer.from(value, 'utf8').toString('utf8');
const latin1 = (value: string) => Buffer.from(value, 'utf8').toString('latin1');

const peer = fc.record({
  address: fc.record({ socket_address: fc.record({ address: text, port_value: fc.nat(65_535) }) }),
  principal: text,
  service: text,
});
const http = fc.record({
  id: text,
  method: text,
  path: text,
  host: text,
  scheme: text,
  query: text,
  protocol: text,
  size: fc.nat(),
  body: text,
});
const rawHeaders = fc.array(fc.record({ key: name, raw_value: fc.uint8Array({ maxLength: 20 }) }), { maxLength: 6 });

test('what protobufjs writes is read field by field', () => {
  fc.assert(
    fc.property(
      peer,
      http,
      fc.dictionary(name, text),
      fc.option(rawHeaders, { nil: undefined }),
      fc.dictionary(text, text),
      (source, request, headers, raw, extensions) => {
        const form =
          raw === undefined || raw.length === 0
            ? { headers }
            : { header_map: { headers: raw.map((one) => ({ ...one, raw_value: Buffer.from(one.raw_value) })) } };
        const bytes = encodeCheckRequest({
          attributes: { source, request: { http: { ...request, ...form } }, context_extensions: extensions },
        });
        const read = readCheckRequest(bytes, limits);
        const { address, port_value: port } = source.address.socket_address;
        expect(read?.source).toEqual({ address: wellFormed(address), port, principal: wellFormed(source.principal) });
        expect(Object.fromEntries(read?.extensions ?? [])).toEqual(
          Object.fromEntries(Object.entries(extensions).map(([key, value]) => [wellFormed(key), wellFormed(value)])),
        );
        expect(read?.http).toMatchObject({
          id: latin1(request.id),
          method: latin1(request.method),
          path: latin1(request.path),
          host: latin1(request.host),
          protocol: latin1(request.protocol),
          size: request.size,
        });
        const expected =
          raw === undefined || raw.length === 0
            ? [...new Map(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), latin1(value)]))].flat()
            : raw.flatMap((one) => [one.key.toLowerCase(), Buffer.from(one.raw_value).toString('latin1')]);
        expect(read?.http?.headers).toEqual(expected);
      },
    ),
    runs,
  );
});

const structValue: fc.Arbitrary<StructObject[string]> = fc.letrec<{ value: StructObject[string] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(text.map(wellFormed), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ü'), tie('value')),
  ),
})).value;

test('what we write, protobufjs reads', () => {
  const headers = fc.array(fc.tuple(name, text.map(wellFormed)), { maxLength: 4 }).map((list) => list.flat());
  fc.assert(
    fc.property(
      fc.boolean(),
      headers,
      fc.string({ unit: 'grapheme', maxLength: 400 }).map(wellFormed),
      fc.dictionary(fc.constantFrom('id', 'decision', 'x'), structValue),
      (allowed, flat, body, metadata) => {
        const answer = allowed
          ? ({ kind: 'allow', headers: flat, headersToRemove: ['x-a', body], metadata } as const)
          : ({ kind: 'deny', status: 403, headers: flat, body, metadata } as const);
        const read = decodeCheckResponse(writeCheckResponse(answer));
        expect(read.status?.code).toBe(allowed ? 0 : 7);
        const side = allowed ? read.ok_response : read.denied_response;
        expect((side?.headers ?? []).flatMap(({ header }) => [header.key, header.value ?? ''])).toEqual(flat);
        if (allowed) expect(read.ok_response?.headers_to_remove).toEqual(['x-a', body]);
        else expect(read.denied_response?.body ?? '').toBe(body);
        expect(JSON.stringify(read.dynamic_metadata)).toBe(JSON.stringify(metadata));
      },
    ),
    runs,
  );
});

test('no bytes make the readers throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      readCheckRequest(Buffer.from(bytes), limits);
      readHealthRequest(Buffer.from(bytes));
    }),
    { ...runs, numRuns: runs.numRuns * 10 },
  );
});

const sample = encodeRequest({
  headers: { 'x-a': '1' },
  extensions: { 'lattice-auth.service': 'orders' },
  principal: 'spiffe://a/b',
});

test('a damaged question makes no reader throw', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }),
      fc.option(fc.nat(sample.length), { nil: sample.length }),
      (changes, length) => {
        const bytes = Buffer.from(sample);
        for (const [at, value] of changes) bytes[at] = value;
        readCheckRequest(bytes.subarray(0, length), limits);
      },
    ),
    { ...runs, numRuns: runs.numRuns * 10 },
  );
});

/** A field that the protocol does not have, of each wire type. */
const unknownField = fc
  .tuple(fc.integer({ min: 100, max: 2 ** 29 - 1 }), fc.constantFrom(0, 1, 2, 5), fc.uint8Array({ maxLength: 9 }))
  .map(([number, wireType, content]) => {
    const writer = protobuf.Writer.create().uint32(((number << 3) | wireType) >>> 0);
    if (wireType === 0) writer.uint64(content.length * 1e12);
    else if (wireType === 1) writer.fixed64(7);
    else if (wireType === 2) writer.bytes(content);
    else writer.fixed32(7);
    return Buffer.from(writer.finish());
  });

test('fields from a later protocol change nothing, wherever they stand; protobufjs agrees', () => {
  const unknowns = fc.array(unknownField, { maxLength: 3 }).map((fields) => Buffer.concat(fields));
  const nested = (number: number, content: Buffer) =>
    Buffer.from(
      protobuf.Writer.create()
        .uint32((number << 3) | 2)
        .bytes(content)
        .finish(),
    );
  fc.assert(
    fc.property(http, fc.tuple(unknowns, unknowns, unknowns, unknowns), (request, [a, b, c, d]) => {
      const type = CheckRequestType.root.lookupType('envoy.service.auth.v3.AttributeContext.HttpRequest');
      const known = Buffer.from(type.encode(type.fromObject(request)).finish());
      const bytes = Buffer.concat([
        a,
        nested(1, Buffer.concat([b, nested(4, nested(2, Buffer.concat([c, known, d])))])),
      ]);
      const plain = nested(1, nested(4, nested(2, known)));
      const read = readCheckRequest(bytes, limits);
      expect(read).toBeDefined();
      expect(read).toEqual(readCheckRequest(plain, limits));
      expect(CheckRequestType.toObject(CheckRequestType.decode(bytes))).toEqual(
        CheckRequestType.toObject(CheckRequestType.decode(plain)),
      );
    }),
    runs,
  );
});
