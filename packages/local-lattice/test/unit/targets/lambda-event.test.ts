// Lambda events, field by field: the rules of docs/local-lattice.md by their ids.
import { expect, test } from 'vitest';
import type { DeliveryContext, Fields } from '../../../src/model.js';
import {
  type EventRequest,
  type LambdaEventV1,
  type LambdaEventV2,
  lambdaEvent,
} from '../../../src/targets/lambda-event.js';

const context: DeliveryContext = {
  serviceArn: 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-00000000000000001',
  serviceNetworkArn: 'arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/sn-00000000000000001',
  targetGroupArn: 'arn:aws:vpc-lattice:eu-west-1:111122223333:targetgroup/tg-00000000000000001',
  region: 'eu-west-1',
  sourceVpcArn: 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-11111111',
  identity: undefined,
  time: new Date('2026-01-02T03:04:05.678Z'),
};

interface Parts {
  target?: string;
  fields?: Fields;
  body?: string | Uint8Array;
  context?: Partial<DeliveryContext>;
}

function request(parts: Parts = {}): EventRequest {
  const { target = '/', fields = [], body = '' } = parts;
  return { method: 'GET', target, fields, body: Buffer.from(body), context: { ...context, ...parts.context } };
}

const v1 = (parts?: Parts) => lambdaEvent(request(parts), 'V1') as LambdaEventV1;
const v2 = (parts?: Parts) => lambdaEvent(request(parts), 'V2') as LambdaEventV2;
const text = (type: string): Fields => [['Content-Type', type]];

test('V1 as a whole', () => {
  const fields: Fields = [
    ['Host', 'api.example.com'],
    ['Accept', '*/*'],
    ['x-amzn-lattice-network', 'SourceVpcArn=x'],
  ];
  expect(v1({ target: '/orders?id=1', fields })).toEqual({
    raw_path: '/orders?id=1',
    method: 'GET',
    headers: { host: 'api.example.com', accept: '*/*', 'x-amzn-lattice-network': 'SourceVpcArn=x' },
    query_string_parameters: { id: '1' },
    body: '',
    is_base64_encoded: false,
  });
});

test('V2 as a whole', () => {
  const identity = {
    principal: 'arn:aws:sts::111122223333:assumed-role/web/pod',
    principalOrgId: 'o-a1b2c3d4e5',
    principalOrgPaths: [],
    sessionName: 'pod',
    tags: { 'x509Subject/CN': 'web.example.com', team: 'shop' },
  };
  const fields: Fields = [
    ['Host', 'api.example.com'],
    ['Content-Type', 'application/json'],
    ['x-amzn-lattice-identity', 'Principal=x'],
  ];
  expect(v2({ target: '/orders?id=1', fields, body: '{}', context: { identity } })).toEqual({
    version: '2.0',
    path: '/orders?id=1',
    method: 'GET',
    headers: { host: ['api.example.com'], 'content-type': ['application/json'] },
    queryStringParameters: { id: ['1'] },
    body: '{}',
    isBase64Encoded: false,
    requestContext: {
      serviceNetworkArn: context.serviceNetworkArn,
      serviceArn: context.serviceArn,
      targetGroupArn: context.targetGroupArn,
      identity: {
        sourceVpcArn: context.sourceVpcArn,
        type: 'AWS_IAM',
        principal: 'arn:aws:sts::111122223333:assumed-role/web/pod',
        principalOrgID: 'o-a1b2c3d4e5',
        sessionName: 'pod',
        x509SubjectCn: 'web.example.com',
      },
      region: 'eu-west-1',
      timeEpoch: '1767323045678000',
    },
  });
});

test('anonymous callers: only the VPC, and not even that when it is not known', () => {
  expect(v2().requestContext.identity).toEqual({ sourceVpcArn: context.sourceVpcArn });
  expect(v2({ context: { sourceVpcArn: undefined } }).requestContext.identity).toEqual({});
});

test('repeated headers: joined in V1, a list in V2', () => {
  const fields: Fields = [
    ['X-A', '1'],
    ['x-a', '2'],
  ];
  expect(v1({ fields }).headers).toEqual({ 'x-a': '1,2' });
  expect(v2({ fields }).headers).toEqual({ 'x-a': ['1', '2'] });
});

test('repeated parameters: the first in V1, all in V2', () => {
  const target = '/?a=1&b&a=2&&c=x%20y+z&d=%zz';
  expect(v1({ target }).query_string_parameters).toEqual({ a: '1', b: '', c: 'x y z', d: '%zz' });
  expect(v2({ target }).queryStringParameters).toEqual({ a: ['1', '2'], b: [''], c: ['x y z'], d: ['%zz'] });
});

test.each([
  ['text/plain', false],
  ['text/html; charset=utf-8', false],
  ['TEXT/CSS', false],
  ['application/json', false],
  ['application/json;charset=utf-8', false],
  ['application/xml', false],
  ['application/javascript', false],
  ['application/octet-stream', true],
  ['application/x-www-form-urlencoded', true],
  ['application/problem+json', true],
  ['', true],
])('a body of type %s: Base64 is %s', (type, encoded) => {
  const event = v1({ fields: text(type), body: 'hello' });
  expect(event.is_base64_encoded).toBe(encoded);
  expect(event.body).toBe(encoded ? 'aGVsbG8=' : 'hello');
});

test('a body without a type, or encoded, is in Base64; so is one that is not UTF-8', () => {
  expect(v2({ body: 'a' })).toMatchObject({ body: 'YQ==', isBase64Encoded: true });
  const gzip: Fields = [...text('text/plain'), ['content-encoding', 'gzip']];
  expect(v2({ fields: gzip, body: 'a' })).toMatchObject({ body: 'YQ==', isBase64Encoded: true });
  expect(v2({ fields: text('text/plain'), body: new Uint8Array([0xff]) })).toMatchObject({
    body: '/w==',
    isBase64Encoded: true,
  });
});

test('a byte order mark stays; no body is no key in V2', () => {
  expect(v1({ fields: text('text/plain'), body: '\ufeffa' }).body).toBe('\ufeffa');
  expect(Object.keys(v2())).not.toContain('body');
});

test('header values in UTF-8 are text, others one character for each byte', () => {
  const fields: Fields = [
    ['a', Buffer.from('é😀', 'utf8').toString('latin1')],
    ['b', '\xe9'],
  ];
  expect(v1({ fields }).headers).toEqual({ a: 'é😀', b: 'é' });
});
