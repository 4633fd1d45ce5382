// Events lose nothing of a request, and no answer of a function breaks anything: it is an answer that can be written, or a
// bad one.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TargetError } from '../../../src/errors.js';
import {
  type EventRequest,
  type LambdaEventV1,
  type LambdaEventV2,
  lambdaEvent,
} from '../../../src/targets/lambda-event.js';
import { lambdaFailure, lambdaResponse } from '../../../src/targets/lambda-response.js';
import { RUNS, SEED } from '../../support/targets/numbers.js';
import { targetRequest } from '../../support/targets/targets.js';

const parameters = { numRuns: RUNS, seed: SEED };
const { context } = targetRequest();

const name = fc.oneof(
  fc.constantFrom('x-a', 'X-A', 'cookie', 'content-type', 'content-encoding', '__proto__', 'constructor', 'toString'),
  fc.stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}$/),
);
const value = fc.oneof(
  fc.constantFrom('', 'text/plain', 'application/json', 'application/octet-stream', 'gzip'),
  fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 12 }),
);
const query = fc.array(fc.constantFrom('a', 'b=1', 'a=2', '&', '=', '%', '%41', '%ff', '+', '__proto__=1', 'é'), {
  maxLength: 6,
});
const request: fc.Arbitrary<EventRequest> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PURGE'),
  target: fc.tuple(fc.webPath(), query).map(([path, parts]) => `${path || '/'}?${parts.join('&')}`),
  fields: fc.array(fc.tuple(name, value), { maxLength: 8 }),
  body: fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
  ),
  context: fc.constant(context),
});

const roundTrip = <T>(event: T): T => JSON.parse(JSON.stringify(event));

test('an event has every byte of the body, every header and every parameter', () => {
  const seen = { text: 0, base64: 0 };
  fc.assert(
    fc.property(request, (asked) => {
      const v1 = roundTrip(lambdaEvent(asked, 'V1') as LambdaEventV1);
      const v2 = roundTrip(lambdaEvent(asked, 'V2') as LambdaEventV2);
      const encoding = v1.is_base64_encoded ? 'base64' : 'utf8';
      seen[v1.is_base64_encoded ? 'base64' : 'text'] += 1;
      expect(Buffer.from(v1.body, encoding)).toEqual(Buffer.from(asked.body));
      expect([v2.body ?? '', v2.isBase64Encoded]).toEqual([v1.body, v1.is_base64_encoded]);
      expect([v1.raw_path, v2.path]).toEqual([asked.target, asked.target]);
      const names = new Set(asked.fields.map(([each]) => each.toLowerCase()));
      expect(new Set(Object.keys(v1.headers))).toEqual(names);
      expect(new Set(Object.keys(v2.headers))).toEqual(names);
      expect(Object.values(v2.headers).flat()).toHaveLength(asked.fields.length);
      for (const [each, values] of Object.entries(v2.headers)) expect(v1.headers[each]).toBe(values.join(','));
      for (const [each, values] of Object.entries(v2.queryStringParameters)) {
        expect(v1.query_string_parameters[each]).toBe(values[0]);
      }
    }),
    parameters,
  );
  if (RUNS >= 100) expect(Math.min(seen.text, seen.base64)).toBeGreaterThan(0);
});

/** Answers near to those of functions: each part right, wrong, or something else altogether. */
const part = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(200, 204, 404, 599, 99, 1e9, true, 'aGk=', 'a', '\r\n'),
);
const hostile = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record(
        {
          statusCode: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(200, 204, 301, 304, 500) }, part),
          isBase64Encoded: fc.oneof({ weight: 3, arbitrary: fc.boolean() }, part),
          headers: fc.oneof(
            {
              weight: 3,
              arbitrary: fc.dictionary(
                fc.oneof(name, fc.constantFrom('Connection', 'Transfer-Encoding', 'Content-Length', 'a b', '')),
                fc.oneof({ weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) }, part),
                { maxKeys: 3 },
              ),
            },
            part,
          ),
          body: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('', 'aGk=', 'hello', 'é😀', '\ud800') }, part),
        },
        { requiredKeys: [] },
      )
      .map((answer) => JSON.stringify(answer)),
  },
  fc.json(),
  fc.string({ unit: 'binary' }),
);

test('any answer of a function can be written to a connection, or is a bad one', async () => {
  const seen = { good: 0, bad: 0 };
  let next = { status: 200, fields: [] as [string, string][], body: Buffer.alloc(0) };
  const server = createServer((_, response) => {
    response.writeHead(next.status, next.fields.flat());
    response.end(next.body);
  });
  // A connection that is closed just as it is used again would be no finding.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    await fc.assert(
      fc.asyncProperty(hostile, async (json) => {
        try {
          const { status, fields, body } = lambdaResponse(json);
          next = {
            status,
            fields: fields.map(([key, text]) => [key, text]),
            body: Buffer.from((body as Buffer | undefined) ?? ''),
          };
          seen.good += 1;
        } catch (error) {
          if (!(error instanceof TargetError)) throw error;
          expect(error.failure).toBe('badAnswer');
          expect(error.message).not.toMatch(/[\r\n]/);
          seen.bad += 1;
          return;
        }
        const answer = await fetch(url, { redirect: 'manual' });
        expect(answer.status).toBe(next.status);
        expect(Buffer.from(await answer.arrayBuffer())).toEqual(next.body);
      }),
      parameters,
    );
  } finally {
    server.close();
    server.closeAllConnections();
  }
  if (RUNS >= 100) expect(Math.min(seen.good, seen.bad)).toBeGreaterThan(RUNS / 20);
});

test('any error of a function is one line', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (json) => {
      expect(lambdaFailure(json).message).toMatch(/^the function failed: .{1,500}$/);
    }),
    parameters,
  );
});
