// browser-bundle.test.ts — the core, bundled for browsers and run where there is nothing but the language and a
// TextEncoder: no node:crypto, no Buffer, no process. Every case of AWS's public SigV4 suite must come out the same.
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RawHeader, SigningOptions } from '../../../src/core.js';
import suite from '../../cases/aws-suite.json' with { type: 'json' };

const file = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const { accessKeyId, secretAccessKey, region, service } = suite.context;
const date = new Date(suite.context.date);

let core: typeof import('../../../src/core.js');

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [file('src/core.ts')],
    alias: { '#hasher': file('src/crypto/portable-hasher.ts') },
    bundle: true,
    format: 'iife',
    globalName: 'core',
    platform: 'browser',
    target: 'es2023',
    write: false,
  });
  const code = outputFiles[0]?.text ?? '';
  expect(code).not.toMatch(/["']node:/);
  const context = createContext({ TextEncoder });
  runInContext(code, context);
  core = context.core as typeof core;
});

describe.each(suite.cases)('$name', (suiteCase) => {
  const { method, target, token } = suiteCase;
  const request = { method, target, headers: suiteCase.headers as unknown as RawHeader[] };
  const options: SigningOptions = {
    credentials: { accessKeyId, secretAccessKey, sessionToken: token },
    region,
    service,
    date,
    expiresSeconds: suite.context.expiresSeconds,
    payloadHash: suiteCase.signBody ?? EMPTY_SHA256,
    sendPayloadHash: suiteCase.signBody !== undefined,
    signedHeaders: 'all',
    normalizePath: suiteCase.normalize,
    signSessionToken: suiteCase.signToken ?? true,
  };

  test('signed in headers and in the query, and verified', () => {
    expect(core.explainSignature(request, options).signature).toBe(suiteCase.signature);
    const inQuery = core.explainSignature(request, { ...options, placement: 'query' });
    if (suiteCase.querySignature !== undefined) expect(inQuery.signature).toBe(suiteCase.querySignature);
    const verification = core.verifyRequest(core.applySignature(request, core.signRequest(request, options)), {
      lookup: () => ({ secretAccessKey, sessionToken: token }),
      now: date,
      region,
      service,
      normalizePath: suiteCase.normalize,
      payloadHash: suiteCase.signBody ?? EMPTY_SHA256,
    });
    expect(verification.kind).toBe(suiteCase.signToken === false ? 'rejected' : 'signed');
  });
});

test('SigV4A says that it cannot', () => {
  const request = { method: 'GET', target: '/', headers: [['host', 'example.com'] as const] };
  const credentials = { accessKeyId, secretAccessKey };
  expect(() => core.signRequest(request, { credentials, region, date, algorithm: 'AWS4-ECDSA-P256-SHA256' })).toThrow(
    expect.objectContaining({ code: 'ERR_SIGNING_UNSUPPORTED' }),
  );
});
