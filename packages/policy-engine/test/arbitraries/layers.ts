// Policies in layers around one request: Lattice's, and those around any other service.
import fc from 'fast-check';
import { latticeQuestion } from '../reference/keys.js';
import type {
  CallerDocuments,
  IamDocuments,
  Json,
  LatticeDocuments,
  LatticeQuestion,
  Question,
} from '../reference/question.js';
import { caller } from './callers.js';
import { LATTICE_KEYS } from './context.js';
import { type DocumentType, documentNear, type Leaning, question } from './documents.js';
import { ACCOUNTS, NETWORK_ARN, OTHER_SERVICE_ARN, PATHS, SERVICE_ARN } from './pools.js';
import { chance, weighted } from './runs.js';

const optional = <T>(percent: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  chance(percent).chain((present) => (present ? value : fc.constant(undefined)));

const layerNear = (asked: Question, leaning: Leaning) => ({
  one: (type: DocumentType) => documentNear(asked, type, leaning),
  several: (type: DocumentType, minLength: number) =>
    fc.array(documentNear(asked, type, leaning), { minLength, maxLength: 2 }),
});

function callerDocuments(asked: Question, leaning: Leaning): fc.Arbitrary<CallerDocuments> {
  const { one, several } = layerNear(asked, leaning);
  return fc.record({
    identity: weighted<Json[]>([9, several('identity', 1)], [1, fc.constant([])]),
    permissionsBoundary: optional(20, one('permissionsBoundary')),
    session: optional(20, several('session', 0)),
    scps: optional(20, fc.array(several('scp', 1), { maxLength: 2 })),
  });
}

// ---- Lattice ---------------------------------------------------------------------------------------------------------
const texts = (...values: string[]) => fc.constantFrom(...values);
const queries = texts('', 'q=1', 'q=1&q=2', 'page=2&q=a%20b', 'q=a+b&Q=c', 'q=*', 'q', 'q=1&q=1&page=x');
const queryRecord = fc.dictionary(texts('q', 'Q', 'page'), fc.array(texts('1', '2', 'a b'), { maxLength: 2 }), {
  noNullPrototype: true,
});
const headerValue = texts('red', ' red ', 'blue', '', '*');
const headers = fc.dictionary(
  texts('x-team', 'X-Team', 'x-other', '__proto__x'),
  weighted<string | string[]>([3, headerValue], [1, fc.array(headerValue, { minLength: 1, maxLength: 2 })]),
  { noNullPrototype: true },
);
const pathWithQuery = fc
  .tuple(fc.constantFrom(...PATHS), optional(20, queries))
  .map(([path, query]) => (query === undefined ? path : `${path}?${query}`));

const latticeRequest: fc.Arbitrary<LatticeQuestion> = fc.record(
  {
    principal: caller,
    protocol: weighted<'http' | 'grpc' | 'tls'>(
      [6, fc.constant('http')],
      [1, fc.constant('grpc')],
      [1, fc.constant('tls')],
    ),
    method: texts('GET', 'POST', 'get'),
    path: pathWithQuery,
    query: weighted<string | Record<string, string[]>>([3, queries], [1, queryRecord]),
    headers,
    port: fc.constantFrom(80, 443),
    sourceVpc: texts('vpc-1', 'vpc-2', 'VPC-1'),
    sourceVpcOwnerAccount: fc.constantFrom(...ACCOUNTS),
    sourceIp: texts('10.0.0.1', '2001:db8::1'),
    time: fc.constantFrom(new Date('2026-11-21T00:00:00Z'), new Date('2026-11-21T00:00:00.500Z')),
    context: weighted<Json>(
      [3, fc.constant({})],
      [1, fc.constantFrom<Json>({ 'app:Amount': 80 }, { 'AWS:SourceIp': '10.0.0.9', 'aws:SecureTransport': true })],
      [
        1,
        fc.constantFrom<Json>(
          { 'aws:PrincipalTag/team': 'blue' },
          { 'vpc-lattice-svcs:port': null, 'aws:CurrentTime': '2026' },
        ),
      ],
    ),
  },
  { requiredKeys: ['principal', 'path'], noNullPrototype: true },
);

const sides = fc.record({
  networkAuth: weighted<'NONE' | 'AWS_IAM'>([3, fc.constant('AWS_IAM')], [1, fc.constant('NONE')]),
  serviceAuth: weighted<'NONE' | 'AWS_IAM'>([4, fc.constant('AWS_IAM')], [1, fc.constant('NONE')]),
  networkArn: optional(80, fc.constant(NETWORK_ARN)),
  arn: weighted<string>([9, fc.constant(SERVICE_ARN)], [1, fc.constant(OTHER_SERVICE_ARN)]),
  tags: optional(60, fc.dictionary(texts('stage', 'Stage'), texts('prod', 'beta'), { noNullPrototype: true })),
});

export interface LatticeCase {
  readonly policies: LatticeDocuments;
  readonly request: LatticeQuestion;
}

/** Both auth policies, the caller's own, and a request that many of them are near to. */
export const latticeCase: fc.Arbitrary<LatticeCase> = fc
  .tuple(latticeRequest, sides)
  .chain(([request, { networkAuth, serviceAuth, networkArn, arn, tags }]) => {
    const serviceNetwork = { authType: networkAuth, arn: networkArn };
    const service = { authType: serviceAuth, arn, tags };
    const asked = latticeQuestion({ serviceNetwork, service }, request);
    const leaning = { keys: LATTICE_KEYS, open: 55 };
    return fc
      .record({
        network: optional(94, documentNear(asked, 'auth', leaning)),
        service: optional(94, documentNear(asked, 'auth', leaning)),
        caller: weighted<CallerDocuments | 'assume-allowed' | undefined>(
          [8, callerDocuments(asked, leaning)],
          [1, fc.constant('assume-allowed')],
          [1, fc.constant(undefined)],
        ),
      })
      .map((documents) => ({
        policies: {
          serviceNetwork: { ...serviceNetwork, policy: documents.network },
          service: { ...service, policy: documents.service },
        },
        request: { ...request, caller: documents.caller },
      }));
  });

// ---- any other service -----------------------------------------------------------------------------------------------
export interface IamCase {
  readonly layers: IamDocuments;
  readonly request: Question & { readonly resourceAccount: string };
}

/** All layers around a request to any service, in the caller's account or another. */
export const iamCase: fc.Arbitrary<IamCase> = fc
  .tuple(question, fc.constantFrom(...ACCOUNTS))
  .chain(([asked, resourceAccount]) => {
    const leaning = { open: 40 };
    const { one, several } = layerNear(asked, leaning);
    const around = fc.record({
      resource: optional(70, documentNear(asked, 'resource', { open: 10 })),
      rcps: optional(15, fc.array(several('rcp', 1), { maxLength: 2 })),
      vpcEndpoint: optional(15, fc.array(one('vpcEndpoint'), { maxLength: 2 })),
    });
    return fc
      .tuple(callerDocuments(asked, leaning), around)
      .map(([own, rest]) => ({ layers: { ...own, ...rest }, request: { ...asked, resourceAccount } }));
  });
