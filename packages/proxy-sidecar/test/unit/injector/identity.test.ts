// What of the app's identity the sidecar gets, and what it does not.
import { expect, test } from 'vitest';
import { identityOf } from '../../../src/injector/identity.js';
import type { Container, Pod } from '../../../src/injector/pod.js';

const TOKEN = '/var/run/secrets/token/aws';
const irsa = [
  { name: 'AWS_ROLE_ARN', value: 'arn:aws:iam::111122223333:role/a' },
  { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: TOKEN },
];

function identity(containers: readonly Container[], annotations: Record<string, string> = {}, from?: string) {
  const pod: Pod = { metadata: { annotations }, spec: { containers } };
  return identityOf(pod, containers, 'lattice-auth-proxy', from);
}

const namesOf = ({ env }: { env: readonly { name: string }[] }) => env.map(({ name }) => name);

test('of several containers, the first that has an identity, or the one that is named', () => {
  const containers = [
    { name: 'logs', env: [{ name: 'AWS_REGION', value: 'eu-west-1' }] },
    { name: 'app', env: irsa },
    { name: 'other', env: [{ name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI', value: 'http://169.254.170.23/' }] },
  ];
  expect(namesOf(identity(containers))).toEqual(['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE']);
  expect(namesOf(identity(containers, {}, 'other'))).toEqual(['AWS_CONTAINER_CREDENTIALS_FULL_URI']);
  expect(namesOf(identity(containers.slice(0, 1)))).toEqual(['AWS_REGION']);
  expect(identity([{ name: 'app', env: [{ name: 'HOME', value: '/' }] }]).env).toEqual([]);
});

test('nothing where the sidecar is among the containers to be skipped', () => {
  const skip = { 'eks.amazonaws.com/skip-containers': 'logs, lattice-auth-proxy' };
  expect(identity([{ name: 'app', env: irsa }], skip)).toEqual({ env: [], volumeMounts: [], warnings: [] });
});

test('the nearest mount around the token, read-only, and no other', () => {
  const mounts = [
    { name: 'all', mountPath: '/var/run' },
    { name: 'near', mountPath: '/var/run/secrets/token/', readOnly: false },
    { name: 'alike', mountPath: '/var/run/secrets/tok' },
    { name: 'data', mountPath: '/data' },
  ];
  const found = identity([{ name: 'app', env: irsa, volumeMounts: mounts }]);
  expect(found.volumeMounts).toEqual([{ name: 'near', mountPath: '/var/run/secrets/token/', readOnly: true }]);
  const file = [{ name: 'file', mountPath: TOKEN, subPath: 'aws' }];
  const single = identity([{ name: 'app', env: irsa, volumeMounts: file }]);
  expect(single.volumeMounts).toEqual([{ name: 'file', mountPath: TOKEN, subPath: 'aws', readOnly: true }]);
});

test('keys as references to a Secret, all of them or none', () => {
  const reference = (key: string) => ({ secretKeyRef: { name: 'aws', key } });
  const keys = [
    { name: 'AWS_ACCESS_KEY_ID', valueFrom: reference('id') },
    { name: 'AWS_SECRET_ACCESS_KEY', valueFrom: reference('secret') },
  ];
  expect(identity([{ name: 'app', env: keys }])).toMatchObject({ env: keys, warnings: [] });
  const mixed = [...keys, { name: 'AWS_SESSION_TOKEN', value: 'in the open' }];
  const found = identity([{ name: 'app', env: [...mixed, ...irsa] }]);
  expect(namesOf(found)).toEqual(['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE']);
  expect(found.warnings).toEqual([expect.stringContaining('AWS_SESSION_TOKEN of container app is a literal value')]);
  expect(JSON.stringify(found)).not.toContain('in the open');
});

test('a value made of other variables is not copied', () => {
  const env = [...irsa, { name: 'AWS_REGION', value: '$(REGION)' }];
  const found = identity([{ name: 'app', env }]);
  expect(namesOf(found)).not.toContain('AWS_REGION');
  expect(found.warnings).toHaveLength(1);
});
