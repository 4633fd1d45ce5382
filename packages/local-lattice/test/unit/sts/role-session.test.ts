// Who a session is to the engine, and what becomes of it when the stack changes.
import { authorizeIam, parsePolicy } from '@lattice-auth/policy-engine';
import type { Stack } from '@lattice-auth/stack';
import { expect, test } from 'vitest';
import { createCredentialBook } from '../../../src/credential-book.js';
import {
  findRole,
  NO_TAGS,
  principalSession,
  roleSession,
  sessionArnOf,
  uniqueIdOf,
} from '../../../src/sts/role-session.js';
import { ROLE, stackOf, stackText } from '../../support/sts/control-server.js';

const expiration = new Date('2100-01-01T00:00:00Z');
const asked = { roleArn: ROLE, sessionName: 'pod', tags: NO_TAGS, policy: undefined, expiration };
const FREE = 'arn:aws:iam::111122223333:role/free';

function mayInvoke(stack: Stack, roleArn: string, policyText?: string): string {
  const policy = policyText === undefined ? undefined : parsePolicy(policyText, { type: 'session' });
  const caller = roleSession({ ...asked, roleArn, policy }).callerIn(stack);
  if (caller === undefined || caller.policies === 'assume-allowed') return String(caller?.policies);
  const { principal, policies } = caller;
  const request = {
    principal,
    action: 'vpc-lattice-svcs:Invoke',
    resource: 'arn:aws:x:::y',
    context: {},
    resourceAccount: '111122223333',
  };
  return authorizeIam(policies, request).decision;
}

const allow = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: '*' } });

test('session policies cut down what the role may do, `assume-allowed` too', () => {
  const stack = stackOf();
  expect(mayInvoke(stack, ROLE)).toBe('allow');
  expect(mayInvoke(stack, ROLE, allow('vpc-lattice-svcs:*'))).toBe('allow');
  expect(mayInvoke(stack, ROLE, allow('s3:*'))).toBe('implicitDeny');
  expect(mayInvoke(stack, FREE)).toBe('assume-allowed');
  expect(mayInvoke(stack, FREE, allow('vpc-lattice-svcs:*'))).toBe('allow');
  expect(mayInvoke(stack, FREE, allow('s3:*'))).toBe('implicitDeny');
});

test('which principal a role is: this session, this session name, the role', () => {
  const stack = stackOf(
    stackText(`  named: { arn: "${ROLE}", sessionName: pod }
  exact: { arn: "arn:aws:sts::111122223333:assumed-role/web/exact" }
  other: { arn: "arn:aws:sts::111122223333:assumed-role/web/else", roleArn: "arn:aws:iam::111122223333:role/web" }
`),
  );
  const found = (sessionName: string, role = ROLE) => findRole(stack, role, sessionName)?.name;
  expect(found('pod')).toBe('named');
  expect(found('exact')).toBe('exact');
  // That session is of another role of this name.
  expect(found('else')).toBe('web');
  expect(found('any')).toBe('web');
  expect(found('pod-1', 'arn:aws:iam::111122223333:role/job')).toBe('pod');
  expect(found('pod-2', 'arn:aws:iam::111122223333:role/job')).toBeUndefined();
  expect(found('any', 'arn:aws:iam::111122223333:user/alice')).toBeUndefined();
});

test('a reload changes what a session is, ends it with its role, and takes it up again', () => {
  const book = createCredentialBook(stackOf());
  const session = roleSession(asked);
  book.addSession(session);
  const tags = () => book.lookup(session.accessKeyId)?.caller.principal.tags;
  expect(tags()).toEqual({ team: 'shop', Stage: 'test' });
  expect(book.lookup(session.accessKeyId)?.caller).toBe(book.lookup(session.accessKeyId)?.caller);
  book.use(stackOf(stackText().replace('team: shop', 'team: orders')));
  expect(tags()).toEqual({ team: 'orders', Stage: 'test' });
  book.use(stackOf(stackText().replace(ROLE, `${ROLE}2`)));
  expect(book.lookup(session.accessKeyId)).toBeUndefined();
  book.use(stackOf());
  expect(tags()).toEqual({ team: 'shop', Stage: 'test' });
});

test('sessions do not grow without bound', () => {
  const book = createCredentialBook(stackOf());
  const first = principalSession('alice', expiration);
  book.addSession(first);
  const keys = Array.from({ length: 10_000 }, () => {
    const session = principalSession('alice', expiration);
    book.addSession(session);
    return session.accessKeyId;
  });
  expect(book.lookup(first.accessKeyId)).toBeUndefined();
  expect(book.lookup(keys.at(-1) ?? '')?.caller.name).toBe('alice');
});

test('ids and ARNs', () => {
  expect(sessionArnOf('arn:aws-cn:iam::111122223333:role/a/b/web', 'x')).toBe(
    'arn:aws-cn:sts::111122223333:assumed-role/web/x',
  );
  expect(sessionArnOf('arn:aws:iam::111122223333:user/web', 'x')).toBeUndefined();
  expect(uniqueIdOf({ arn: ROLE })).toMatch(/^AROA[A-Z2-7]{16}$/);
  expect(uniqueIdOf({ arn: ROLE })).toBe(uniqueIdOf({ arn: ROLE }));
  expect(uniqueIdOf({ arn: 'arn:aws:iam::111122223333:user/a' })).toMatch(/^AIDA/);
  expect(uniqueIdOf({ arn: ROLE, uniqueId: 'AROAX:pod' })).toBe('AROAX:pod');
});
