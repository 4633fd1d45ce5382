// Bodies that are nearly AdmissionReviews: a review is answered or refused with a 4xx, never with a 5xx, and afterwards the
// webhook answers as before.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { INJECT, IRSA, podWith, reviewOf } from '../../support/injector/pods.js';
import { startWebhook, type Webhook } from '../../support/injector/webhook.js';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 5);
const SEED = Number(process.env.SEED ?? Date.now());

let webhook: Webhook;
beforeAll(async () => {
  webhook = await startWebhook();
});
afterAll(() => webhook.close());

const whole = JSON.stringify(
  reviewOf(podWith({ annotations: { ...INJECT, 'lattice-auth.io/mode': 'outbound' }, ...IRSA })),
);

/** A review with any JSON at one of its places. */
const grafted = fc
  .tuple(
    fc.constantFrom(
      ['request'],
      ['request', 'uid'],
      ['request', 'kind'],
      ['request', 'namespace'],
      ['request', 'object'],
      ['request', 'object', 'metadata'],
      ['request', 'object', 'metadata', 'annotations'],
      ['request', 'object', 'metadata', 'annotations', 'lattice-auth.io/mode'],
      ['request', 'object', 'spec'],
      ['request', 'object', 'spec', 'containers'],
      ['request', 'object', 'spec', 'containers', '0'],
      ['request', 'object', 'spec', 'containers', '0', 'env'],
      ['request', 'object', 'spec', 'containers', '0', 'env', '0'],
      ['request', 'object', 'spec', 'volumes'],
      ['request', 'object', 'spec', 'initContainers'],
      ['request', 'object', 'spec', 'nodeSelector'],
      ['request', 'object', 'spec', 'os'],
      ['request', 'object', 'spec', 'terminationGracePeriodSeconds'],
    ),
    fc.jsonValue({ maxDepth: 3 }),
  )
  .map(([path, value]) => {
    const review: unknown = JSON.parse(whole);
    const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], review);
    (parent as Record<string, unknown>)[path.at(-1) ?? ''] = value;
    return JSON.stringify(review);
  });

/** A review with something cut out, put in, or said twice. */
const broken = fc
  .tuple(fc.nat(whole.length), fc.nat(40), fc.string({ maxLength: 20 }))
  .map(([from, length, text]) => whole.slice(0, from) + text + whole.slice(from + length));

test('anything that is nearly a review is answered', { timeout: 120_000 }, async () => {
  const seen = new Map<number, number>();
  const check = async (body: string) => {
    const { status, text } = await webhook.post(body, { 'content-type': 'application/json' });
    seen.set(status, (seen.get(status) ?? 0) + 1);
    expect([200, 400]).toContain(status);
    if (status === 200) expect(JSON.parse(text)).toMatchObject({ response: { allowed: expect.any(Boolean) } });
  };
  await fc.assert(fc.asyncProperty(fc.oneof({ weight: 3, arbitrary: grafted }, broken, fc.json()), check), {
    numRuns: 1_000_000,
    interruptAfterTimeLimit: SECONDS * 1_000,
    seed: SEED,
  });
  expect([...seen.keys()].sort()).toEqual([200, 400]);
  expect((await webhook.review(reviewOf(podWith({ annotations: INJECT })))).patch).toBeDefined();
});
