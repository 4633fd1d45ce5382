// The answer to Envoy: our writer against what Envoy's published protocol reads.
import { expect, test } from 'vitest';
import { writeCheckResponse } from '../../../src/ext-authz/check-response.js';
import { decodeCheckResponse } from '../../support/ext-authz/envoy-protocol.js';

test('allowed', () => {
  const bytes = writeCheckResponse({
    kind: 'allow',
    headers: ['x-lattice-auth-decision', 'allow'],
    headersToRemove: ['x-a', 'x-b'],
    metadata: { decision: 'allow', statements: [{ index: 3, sid: undefined }], assumptions: [], gone: undefined },
  });
  expect(decodeCheckResponse(bytes)).toEqual({
    status: { code: 0 },
    ok_response: {
      headers: [
        { header: { key: 'x-lattice-auth-decision', value: 'allow' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' },
      ],
      headers_to_remove: ['x-a', 'x-b'],
    },
    dynamic_metadata: { decision: 'allow', statements: [{ index: 3 }], assumptions: [] },
  });
});

test('denied', () => {
  const body = `AccessDeniedException: ${'ü'.repeat(200)}`;
  const metadata = { text: '😀', number: -1.5, yes: true, nothing: null, nested: { list: [[1], 'a'] } };
  const bytes = writeCheckResponse({
    kind: 'deny',
    status: 403,
    headers: ['content-type', 'text/plain'],
    body,
    metadata,
  });
  expect(decodeCheckResponse(bytes)).toEqual({
    status: { code: 7 },
    denied_response: {
      status: { code: 'Forbidden' },
      headers: [{ header: { key: 'content-type', value: 'text/plain' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' }],
      body,
    },
    dynamic_metadata: metadata,
  });
});
