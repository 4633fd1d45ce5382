// No secret is written at any level: whatever is handed to the log is scanned for the secret, the token and signatures.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { LogConfig } from '../../../src/config/sidecar-config.js';
import { createAccessLog } from '../../../src/log/access-log.js';
import { openLogOutput } from '../../../src/log/log-output.js';
import { createLogger } from '../../../src/log/logger.js';
import { Redactor } from '../../../src/log/redact.js';
import { exchangeWith } from '../../support/exchange.js';

const folder = mkdtempSync(join(tmpdir(), 'sidecar-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLETOKEN/////wEaCXVzLWVhc3QtMSJHMEUCIQ==';
const SIGNATURE = 'fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024';

/** Texts that hold something, in the forms that they are seen in. */
const LEAKS = [
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/eu-west-1/vpc-lattice-svcs/aws4_request, SignedHeaders=host, Signature=${SIGNATURE}`,
  `GET /?X-Amz-Signature=${SIGNATURE}&X-Amz-Security-Token=${encodeURIComponent(TOKEN)}`,
  `GET\n/\n\nhost:x\nx-amz-security-token:${TOKEN}\n\nhost`,
  `authorization: AWS4-HMAC-SHA256 Signature=${SIGNATURE}`,
  `Authorization: Bearer ${TOKEN}`,
  `{"secretAccessKey":"${SECRET}","sessionToken":"${TOKEN}","signature":"${SIGNATURE}"}`,
  `the provider said ${SECRET}`,
];

async function outputOf(
  config: LogConfig,
  write: (redactor: Redactor, path: string) => Promise<void>,
): Promise<string> {
  const path = join(folder, `${config.level}-${Math.random()}.log`);
  const redactor = new Redactor();
  redactor.learn(SECRET);
  redactor.learn(TOKEN);
  await write(redactor, path);
  return readFileSync(path, 'utf8');
}

test.each(['error', 'warn', 'info', 'debug'] as const)('level %s: nothing gets out', async (level) => {
  const config: LogConfig = { level, access: 'all', signing: true };
  const text = await outputOf(config, async (redactor, path) => {
    const output = openLogOutput(path);
    const logger = createLogger(config, output, redactor);
    const access = createAccessLog(config, output, redactor);
    for (const leak of LEAKS) {
      const fields = {
        text: leak,
        list: [leak],
        deep: { deeper: { text: leak } },
        error: new Error(leak, { cause: new Error(leak) }),
      };
      for (const say of [logger.error, logger.warn, logger.info, logger.debug]) say(leak, fields);
      access?.onEnd?.(
        exchangeWith({
          target: `/a?${leak}`,
          userAgent: leak,
          errorDetail: leak,
          requestId: leak,
          traceparent: leak,
          status: 502,
        }),
      );
      access?.onEnd?.(exchangeWith({ target: `/x-amz-security-token=${TOKEN}/Signature=${SIGNATURE}` }));
    }
    logger.error('named', { secretAccessKey: SECRET, sessionToken: TOKEN, authorization: SIGNATURE });
    await output.close();
  });
  expect(text.length).toBeGreaterThan(1_000);
  for (const secret of [SECRET, TOKEN, encodeURIComponent(TOKEN), SIGNATURE]) expect(text).not.toContain(secret);
  for (const line of text.trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
});

test('what is not secret stays readable', () => {
  const redactor = new Redactor();
  expect(redactor.text('GET /orders/7 was refused')).toBe('GET /orders/7 was refused');
  expect(redactor.text('session expired')).toBe('session expired');
  expect(redactor.value({ at: new Date(0), n: 1n, f: () => 1, e: new TypeError('x') })).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    n: '1',
    f: undefined,
    e: { name: 'TypeError', code: undefined, message: 'x' },
  });
});

test('values that are too short to be secrets are not searched for', () => {
  const redactor = new Redactor();
  redactor.learn('a');
  redactor.learn(undefined);
  expect(redactor.text('a banana')).toBe('a banana');
});

test('the credentials before the last ones are forgotten one day', () => {
  const redactor = new Redactor();
  for (let index = 0; index < 100; index += 1) redactor.learn(`secret-number-${index}`);
  expect(redactor.text('secret-number-99 secret-number-0')).toBe('[redacted] secret-number-0');
});

test('all lines are there when the output is closed, in their order, and afterwards nothing breaks', async () => {
  const path = join(folder, 'many.log');
  const output = openLogOutput(path);
  const line = (index: number) => `${JSON.stringify({ index, text: 'x'.repeat(200) })}\n`;
  for (let index = 0; index < 10_000; index += 1) output.write(line(index));
  await output.close();
  const written = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(written.map((one) => JSON.parse(one).index)).toEqual(Array.from({ length: 10_000 }, (_, index) => index));
  expect(output.dropped).toBe(0);
});

test('when nobody reads, lines are dropped and counted', async () => {
  const output = openLogOutput('/dev/full');
  output.write('a\n'.repeat(40_000));
  await new Promise((resolve) => setTimeout(resolve, 50));
  output.write('b\n');
  await output.close();
  expect(output.dropped).toBeGreaterThan(0);
});
