// credential-book.test.ts — keys, whose they are, and what a reload makes of them.
import { parseStack } from '@lattice-auth/stack';
import { expect, test } from 'vitest';
import { callerOf, createCredentialBook } from '../../src/credential-book.js';
import { ordersStack } from '../support/stacks.js';

const load = (more: Parameters<typeof ordersStack>[0] = {}) =>
  parseStack(JSON.stringify(ordersStack(more)), { file: 'stack.json' });

test('made-up keys are the same each time, and different for each principal', () => {
  const [one, two] = [createCredentialBook(load()), createCredentialBook(load())];
  expect(one.credentialsOf('web')).toEqual(two.credentialsOf('web'));
  expect(one.credentialsOf('web')).toMatchObject({
    accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
    secretAccessKey: expect.stringMatching(/^.{40}$/),
  });
  expect(one.credentialsOf('web')?.accessKeyId).not.toBe(one.credentialsOf('spy')?.accessKeyId);
  expect(one.credentialsOf('nobody')).toBeUndefined();
  expect(one.credentialsOf('__proto__')).toBeUndefined();
});

test('keys of the stack go before; a key of two principals is refused', () => {
  const key = { accessKeyId: 'AKIDEXAMPLE12345', secretAccessKey: 'secret' };
  const book = createCredentialBook(load({ local: { credentials: { web: key } } }));
  expect(book.lookup(key.accessKeyId)).toMatchObject({ ...key, caller: { name: 'web', vpc: 'front' } });
  const taken = { ...key, accessKeyId: createCredentialBook(load()).credentialsOf('spy')?.accessKeyId };
  expect(() => createCredentialBook(load({ local: { credentials: { web: taken } } }))).toThrow(
    expect.objectContaining({ code: 'ERR_LOCAL_REFERENCE', message: expect.not.stringContaining('secret') }),
  );
});

test('a session is found, one object each time; after a reload it is asked again whose it is', () => {
  const book = createCredentialBook(load());
  const session = {
    accessKeyId: 'ASIAEXAMPLE',
    secretAccessKey: 's',
    sessionToken: 't',
    expiration: new Date(Date.now() + 1_000),
    callerIn: ({ principals }: ReturnType<typeof load>) => principals.web && callerOf(principals.web),
  };
  book.addSession(session);
  const found = book.lookup('ASIAEXAMPLE');
  expect(found).toMatchObject({ sessionToken: 't', caller: { name: 'web' } });
  expect(book.lookup('ASIAEXAMPLE')).toBe(found);
  book.use(load({ more: { principals: {} } }));
  expect(book.lookup('ASIAEXAMPLE')).toBeUndefined();
});
