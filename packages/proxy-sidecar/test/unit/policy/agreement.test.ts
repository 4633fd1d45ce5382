// How our word compares with what Lattice did.
import { expect, test } from 'vitest';
import type { DecisionRecord } from '../../../src/http/exchange.js';
import { compareAnswer } from '../../../src/policy/agreement.js';

const allow: DecisionRecord = { mode: 'shadow', effect: 'allow', layer: 'none', reason: 'allowed', durationMs: 0 };
const deny = (layer: string): DecisionRecord => ({ ...allow, effect: 'deny', layer, reason: 'implicitDeny' });
const error: DecisionRecord = { ...allow, effect: 'error', reason: 'unknownService' };
const text = (layer: string) =>
  `AccessDeniedException: User: anonymous is not authorized to perform: vpc-lattice-svcs:Invoke on resource: arn:aws:x/ because no ${layer}-based policy allows the vpc-lattice-svcs:Invoke action`;

test.each([
  ['both allow', allow, 200, undefined, 'agree'],
  ['both deny', deny('service'), 403, text('service'), 'agree'],
  ['both deny, other layer', deny('identity'), 403, text('service'), 'otherLayer'],
  ['we allow, Lattice denies', allow, 403, text('network'), 'allowedButDenied'],
  ['we deny, Lattice allows', deny('service'), 204, undefined, 'deniedButAllowed'],
  ['a 403 of the service’s own', allow, 403, '{"error":"not yours"}', 'agree'],
  ['a 403 of the service’s own, where we deny', deny('service'), 403, 'no', 'deniedButAllowed'],
  [
    'the signature was refused',
    allow,
    403,
    'InvalidSignatureException: Signed payloads are not supported',
    'signatureRefused',
  ],
  ['an answer that tells nothing', deny('service'), 503, undefined, 'unknown'],
  ['we could not decide', error, 200, undefined, 'unknown'],
] as const)('%s', (_, decision, status, body, outcome) => {
  expect(compareAnswer(decision, status, body)).toBe(outcome);
});
