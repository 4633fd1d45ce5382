// STS takes any parameters: each call is answered in XML that can be read back, never with an internal failure, and only
// calls that are right get credentials.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCredentialBook } from '../../../src/credential-book.js';
import { stsHandler } from '../../../src/sts/sts-handler.js';
import { resultXml } from '../../../src/sts/sts-xml.js';
import { ROLE, stackOf } from '../../support/sts/control-server.js';
import { RUNS, SEED } from '../../support/targets/numbers.js';

const parameters = { numRuns: RUNS, seed: SEED };

const jwt = fc
  .dictionary(fc.constantFrom('sub', 'aud', 'iss', 'exp', 'x'), fc.jsonValue({ maxDepth: 2 }))
  .map((claims) => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({})}.${part(claims)}.eA`;
  });
const tags = fc.dictionary(fc.constantFrom('a', 'A', 'b', 'team', ''), fc.oneof(fc.string(), fc.array(fc.string())));
const tagged = fc
  .record({ principal_tags: tags, transitive_tag_keys: fc.array(fc.constantFrom('a', 'b')) })
  .map((claim) => {
    const claims = { 'https://aws.amazon.com/tags': claim, sub: 's' };
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({})}.${part(claims)}.eA`;
  });
/** Mostly right, sometimes not: with all of them together about half of the calls are right. */
const mostly = <T>(right: T, wrong: fc.Arbitrary<T>) => fc.oneof({ weight: 12, arbitrary: fc.constant(right) }, wrong);
const policy = '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';
const call = fc.record(
  {
    Action: mostly('AssumeRoleWithWebIdentity', fc.constantFrom('AssumeRole', 'GetCallerIdentity', '__proto__', '<a>')),
    RoleArn: mostly(ROLE, fc.string({ unit: 'binary', maxLength: 40 })),
    RoleSessionName: mostly('pod', fc.string({ maxLength: 70 })),
    WebIdentityToken: fc.oneof({ weight: 12, arbitrary: jwt }, tagged, fc.string({ unit: 'binary', maxLength: 40 })),
    DurationSeconds: mostly('900', fc.oneof(fc.constantFrom('899', '1e3', '-1', ''), fc.nat(50_000).map(String))),
    Policy: mostly(policy, fc.json()),
    Tags: fc.string({ maxLength: 5 }),
  },
  { requiredKeys: ['Action', 'RoleArn', 'RoleSessionName', 'WebIdentityToken'] },
);

test('any call', async () => {
  const stack = stackOf();
  const book = createCredentialBook(stack);
  const handle = stsHandler({ book, stack: () => stack });
  const server = createServer((request, response) => {
    handle(request, response, new URL(request.url ?? '/', 'http://localhost'));
  });
  // A connection that is closed just as it is used again would be no finding.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sts`;
  const seen = { good: 0, bad: 0 };
  try {
    await fc.assert(
      fc.asyncProperty(call, async (asked) => {
        const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(asked) });
        const xml = await answer.text();
        expect(answer.status).toBeLessThan(500);
        if (answer.status === 200) {
          seen.good += 1;
          const key = /<AccessKeyId>(ASIA[A-Z2-7]{16})<\/AccessKeyId>/.exec(xml)?.[1] ?? '';
          expect(book.lookup(key)?.caller.principal.roleArn).toBe(ROLE);
        } else {
          seen.bad += 1;
          expect(xml).toMatch(/^<ErrorResponse .*<Code>\w+<\/Code><Message>[^<]*<\/Message>/s);
        }
      }),
      parameters,
    );
  } finally {
    server.close();
    server.closeAllConnections();
  }
  if (RUNS >= 100) expect(Math.min(seen.good, seen.bad)).toBeGreaterThan(RUNS / 20);
});

test('text in XML is read back as it was', () => {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const written = /<A>(.*)<\/A>/s.exec(resultXml('X', { A: text }, 'id'))?.[1] ?? '';
      expect(written.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? '?')).toBe(text);
    }),
    parameters,
  );
});
