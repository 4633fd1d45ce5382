// The shortest proof that signing works: the first case of the public suite.
import { expect, test } from 'vitest';
import { explainSignature } from '../../src/core.js';

test('get-vanilla', () => {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
  const { signature } = explainSignature(
    { method: 'GET', target: '/', headers: [['Host', 'example.amazonaws.com']] },
    {
      credentials,
      region: 'us-east-1',
      service: 'service',
      date: new Date('2015-08-30T12:36:00Z'),
      payloadHash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      sendPayloadHash: false,
    },
  );
  expect(signature).toBe('5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31');
});
