// The strict check of Kubernetes objects finds what it is there for: otherwise every test that rests on it proves nothing.
import { expect, test } from 'vitest';
import { problemsOf } from '../../support/injector/strict-schema.js';

const pod = (container: object, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', labels: { 'any/label': 'x' }, annotations: { any: 'y' } },
  spec: { containers: [{ name: 'app', image: 'app', ...container }], ...spec },
});

test('a good Pod passes', () => {
  const resources = { limits: { memory: '1Gi', 'example.com/gpu': 1 } };
  const env = [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }];
  expect(problemsOf(pod({ resources, env }, { initContainers: [{ name: 'i', restartPolicy: 'Always' }] }))).toEqual([]);
});

test.each([
  ['a typo in a container', pod({ restartPolcy: 'Always' }), 'unknown field /spec/containers/0/restartPolcy'],
  ['a typo deep down', pod({ livenessProbe: { httpGet: { port: 1, paht: '/' } } }), 'httpGet/paht'],
  ['a typo in the spec', pod({}, { initContainer: [] }), '/spec/initContainer'],
  ['a typo in an array', pod({ env: [{ name: 'A', valeu: 'x' }] }), 'env/0/valeu'],
  ['a wrong type', pod({ ports: [{ containerPort: '80' }] }), 'containerPort'],
  ['a missing field', pod({ ports: [{ name: 'a' }] }), 'containerPort'],
  ['an unknown kind', { apiVersion: 'v2', kind: 'Pod' }, 'no schema'],
])('%s is found', (_name, object, part) => {
  expect(problemsOf(object).join('\n')).toContain(part);
});
