// core.prop.ts — what must hold of signing and verifying for every request and all options.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalPath } from '../../src/canonical/path.js';
import { canonicalQuery, parseQuery, writeQuery } from '../../src/canonical/query.js';
import {
  applySignature,
  explainSignature,
  type RawRequest,
  type SigningOptions,
  signRequest,
  type Verification,
  type VerifyOptions,
  verifyRequest,
} from '../../src/core.js';
import { NOW, path, query, rawRequest, SECRET, settings, signingOptions, TOKEN } from '../arbitraries/core-requests.js';

function verifyOptions(options: SigningOptions, changes: Partial<VerifyOptions> = {}): VerifyOptions {
  const { sessionToken } = options.credentials;
  return {
    lookup: (id) => (id === options.credentials.accessKeyId ? { secretAccessKey: SECRET, sessionToken } : undefined),
    now: NOW,
    service: options.service ?? 'vpc-lattice-svcs',
    region: 'eu-west-1',
    pathEncoding: options.pathEncoding,
    normalizePath: options.normalizePath,
    // What a presigned URL for other services signs for the body cannot be seen from the request.
    payloadHash: 'UNSIGNED-PAYLOAD',
    ...changes,
  };
}

function sign(request: RawRequest, options: SigningOptions): RawRequest {
  return applySignature(request, signRequest(request, options));
}

function outcome(verification: Verification): string {
  return verification.kind === 'rejected' ? verification.message : verification.kind;
}

describe('signing', () => {
  test('what is signed verifies', () => {
    fc.assert(
      fc.property(rawRequest, signingOptions, (request, options) => {
        expect(outcome(verifyRequest(sign(request, options), verifyOptions(options)))).toBe('signed');
      }),
      settings(),
    );
  });

  test('explaining a signature gives the same signature as making it', () => {
    fc.assert(
      fc.property(rawRequest, signingOptions, (request, options) => {
        fc.pre(options.algorithm === 'AWS4-HMAC-SHA256');
        const { target, headers } = explainSignature(request, options);
        expect(signRequest(request, options)).toEqual({ target, headers });
      }),
      settings(),
    );
  });

  test('nothing given is changed', () => {
    fc.assert(
      fc.property(rawRequest, signingOptions, (request, options) => {
        const deepFreeze = (value: unknown): void => {
          if (typeof value !== 'object' || value === null || value instanceof Date) return;
          Object.values(value).forEach(deepFreeze);
          Object.freeze(value);
        };
        const copy = structuredClone(request);
        deepFreeze(request);
        deepFreeze(options);
        sign(request, options);
        expect(request).toEqual(copy);
      }),
      settings(),
    );
  });

  test('signing again replaces the first signature whole', () => {
    fc.assert(
      fc.property(rawRequest, signingOptions, (request, options) => {
        fc.pre(options.algorithm === 'AWS4-HMAC-SHA256');
        const earlier = { ...options, date: new Date('2020-01-01T00:00:00Z') };
        expect(signRequest(sign(request, earlier), options)).toEqual(
          signRequest(
            { ...request, target: signRequest(request, { ...options, placement: 'header' }).target },
            options,
          ),
        );
      }),
      settings(),
    );
  });

  test('order of different headers, case of names and runs of blanks do not matter', () => {
    fc.assert(
      fc.property(rawRequest, signingOptions, fc.boolean(), (request, options, upper) => {
        fc.pre(options.algorithm === 'AWS4-HMAC-SHA256');
        const byName = new Map<string, [string, string][]>();
        for (const [name, value] of request.headers) {
          const lines = byName.get(name.toLowerCase()) ?? [];
          lines.push([upper ? name.toUpperCase() : name.toLowerCase(), `  ${value.replace(/\s+/g, '   ')}\t`]);
          byName.set(name.toLowerCase(), lines);
        }
        const shuffled = { ...request, headers: [...byName.values()].reverse().flat() };
        expect(explainSignature(shuffled, options).signature).toBe(explainSignature(request, options).signature);
      }),
      settings(),
    );
  });

  test('order of parameters does not matter', () => {
    fc.assert(
      fc.property(path, query, (p, q) => {
        const reversed = q.split('&').reverse().join('&');
        expect(canonicalQuery(reversed)).toBe(canonicalQuery(q));
        expect(canonicalPath(`${p}`, 'double', true)).toMatch(/^\/[\w\-.~%/]*$/);
      }),
      settings(),
    );
  });

  test('a canonical query is its own canonical form, and the short cut sees it', () => {
    fc.assert(
      fc.property(query, (q) => {
        const canonical = canonicalQuery(q);
        expect(canonicalQuery(canonical)).toBe(canonical);
        expect(writeQuery(parseQuery(q))).toBe(canonical);
      }),
      settings(1000),
    );
  });
});

describe('verifying', () => {
  test('any change to what is signed is rejected', () => {
    const change = fc.record({
      where: fc.constantFrom('method', 'target', 'header'),
      at: fc.nat(),
      char: fc.constantFrom('x', '%', '1', 'Z', '&', '=', '/'),
    });
    fc.assert(
      fc.property(rawRequest, signingOptions, change, (request, options, { where, at, char }) => {
        const signed = sign(request, options);
        const check = verifyOptions(options, { diagnose: false });
        const changed = changedRequest(signed, where, at, char, signedNames(signed, check));
        fc.pre(changed !== undefined);
        const canonicalBefore = shape(signed);
        const canonicalAfter = shape(changed as RawRequest);
        fc.pre(canonicalBefore !== canonicalAfter);
        expect(verifyRequest(changed as RawRequest, check).kind).not.toBe('signed');

        function shape({ method, target, headers }: RawRequest): string {
          const [p = '', q = ''] = splitOnce(target);
          const pathText = canonicalPath(p, options.pathEncoding ?? 'double', options.normalizePath ?? true);
          const lines = headers.map(([name, value]) => `${name.toLowerCase()}:${value.replace(/\s+/g, ' ').trim()}`);
          return [method, pathText, canonicalQuery(q), ...lines].join('\n');
        }
      }),
      settings(600),
    );
  });

  test('a signature for another key, secret, service, region or time is rejected', () => {
    fc.assert(
      fc.property(rawRequest, signingOptions, (request, options) => {
        const signed = sign(request, options);
        const wrong: Partial<VerifyOptions>[] = [
          { lookup: () => undefined },
          { lookup: () => ({ secretAccessKey: `${SECRET}x`, sessionToken: options.credentials.sessionToken }) },
          { lookup: () => ({ secretAccessKey: SECRET, sessionToken: 'another' }) },
          {
            lookup: () => ({
              secretAccessKey: SECRET,
              sessionToken: options.credentials.sessionToken,
              expiration: NOW,
            }),
          },
          { service: 'another' },
          { now: new Date(NOW.getTime() - 301_000) },
          { now: new Date(NOW.getTime() + 604_801_000) },
        ];
        for (const changes of wrong)
          expect(verifyRequest(signed, verifyOptions(options, changes)).kind).toBe('rejected');
      }),
      settings(100),
    );
  });

  test('no secret and no token in any result', () => {
    fc.assert(
      fc.property(
        rawRequest,
        signingOptions,
        fc.constantFrom('ok', 'secret', 'token', 'time', 'region'),
        (request, options, what) => {
          const signed = sign(request, options);
          const secret = {
            secretAccessKey: what === 'secret' ? 'another-secret-another-secret' : SECRET,
            sessionToken: what === 'token' ? 'another-token' : options.credentials.sessionToken,
          };
          const result = verifyRequest(
            signed,
            verifyOptions(options, {
              lookup: () => secret,
              now: what === 'time' ? 0 : NOW,
              region: what === 'region' ? 'mars-1' : 'eu-west-1',
            }),
          );
          const shownText = JSON.stringify(result);
          for (const hidden of [SECRET, TOKEN, encodeURIComponent(TOKEN), secret.secretAccessKey, 'another-token'])
            expect(shownText).not.toContain(hidden);
        },
      ),
      settings(),
    );
  });
});

function splitOnce(target: string): [string, string] {
  const at = target.indexOf('?');
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
}

function signedNames(signed: RawRequest, options: VerifyOptions): string[] {
  const verification = verifyRequest(signed, options);
  return verification.kind === 'signed' ? [...verification.signedHeaders] : [];
}

function changedRequest(
  signed: RawRequest,
  where: string,
  at: number,
  char: string,
  names: string[],
): RawRequest | undefined {
  const put = (text: string) => text.slice(0, at % (text.length + 1)) + char + text.slice((at % (text.length + 1)) + 1);
  if (where === 'method') return { ...signed, method: put(signed.method) };
  if (where === 'target') return { ...signed, target: put(signed.target) };
  const index = signed.headers.findIndex(
    ([name], i) => names.includes(name.toLowerCase()) && i >= at % signed.headers.length,
  );
  if (index < 0) return undefined;
  return {
    ...signed,
    headers: signed.headers.map(([name, value], i) => (i === index ? [name, put(value)] : [name, value])),
  };
}
