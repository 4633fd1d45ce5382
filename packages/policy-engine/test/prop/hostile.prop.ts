// Whatever it is asked, the engine answers: it never throws, and never allows what it can't read.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  authorizeIam,
  compilePolicy,
  createAuthorizer,
  evaluatePolicy,
  explainPolicy,
  type LatticeRequest,
  PolicyError,
  parsePolicy,
  type RequestContext,
  renderExplanation,
} from '../../src/index.js';
import { absurd, anything, flapping, PROTOTYPE_NAMES, proxy, withField } from '../arbitraries/hostile.js';
import { parameters, SEED } from '../arbitraries/runs.js';

const RUNS = parameters(400, 1_500);
const EVERYTHING = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const auth = parsePolicy({ Statement: EVERYTHING }, { type: 'auth' });
const resource = parsePolicy({ Statement: EVERYTHING }, { type: 'resource' });
const identity = parsePolicy({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }, { type: 'identity' });
const ARN = 'arn:aws:vpc-lattice:us-east-1:111122223333:service/svc-0a1';
const authorizer = createAuthorizer({
  serviceNetwork: { authType: 'AWS_IAM', policy: auth },
  service: { authType: 'AWS_IAM', policy: auth, arn: ARN },
});
// A policy that reads every part of a request, so that nothing absurd stays unread.
const curious = (() => {
  const KEYS = [
    'aws:PrincipalArn',
    'aws:userid',
    'aws:PrincipalTag/team',
    'aws:PrincipalOrgPaths',
    'aws:SourceIp',
    'app:x',
  ];
  const LATTICE = ['RequestMethod', 'RequestPath', 'RequestHeader/x', 'RequestQueryString/q', 'Port', 'SourceVpc'];
  const keys = [...KEYS, ...LATTICE.map((name) => `vpc-lattice-svcs:${name}`), ...PROTOTYPE_NAMES];
  const everyKey = (operand: string) => Object.fromEntries(keys.map((key) => [key, operand]));
  const document = {
    Version: '2012-10-17',
    Statement: [
      EVERYTHING,
      ...keys.map((key) => ({ ...EVERYTHING, Effect: 'Deny', Resource: `arn:aws:s3:::\${${key}}` })),
      { ...EVERYTHING, Effect: 'Deny', Condition: { StringLike: everyKey('never*'), NumericEquals: everyKey('1') } },
      {
        ...EVERYTHING,
        Effect: 'Deny',
        Condition: { 'ForAnyValue:IpAddress': everyKey('10.0.0.1'), ArnLike: everyKey('*') },
      },
    ],
  };
  return (type: 'auth' | 'resource') => parsePolicy(document, { type });
})();
const curiousAuthorizer = createAuthorizer({
  serviceNetwork: { authType: 'NONE' },
  service: { authType: 'AWS_IAM', policy: curious('auth'), arn: ARN },
});

const SESSION = { arn: 'arn:aws:sts::111122223333:assumed-role/app/s1', tags: { team: 'red' } };
const LATTICE: LatticeRequest = {
  principal: SESSION,
  caller: { identity: [identity] },
  protocol: 'http',
  method: 'GET',
  path: '/rates?q=1',
  headers: { x: '1' },
  port: 443,
  sourceVpc: 'vpc-1',
  sourceVpcOwnerAccount: '111122223333',
  sourceIp: '10.0.0.1',
  time: new Date(0),
  context: { 'app:x': 'y' },
};
const GENERIC: RequestContext = { principal: SESSION, action: 's3:GetObject', resource: 'arn:aws:s3:::b', context: {} };

/** authorize and explain of both authorizers; nothing may throw, and explain says what authorize says. */
function decideAll(request: unknown) {
  return [authorizer, curiousAuthorizer].map((one) => {
    const decision = one.authorize(request as LatticeRequest);
    const explanation = one.explain(request as LatticeRequest);
    expect(renderExplanation(explanation, { color: false })).not.toBe('');
    return { decision, explanation };
  });
}

describe(`absurd requests (seed ${SEED})`, () => {
  test('the plain requests that the others are made from are allowed', () => {
    expect(decideAll(LATTICE).map(({ decision }) => decision.decision)).toEqual(['allow', 'allow']);
    expect(evaluatePolicy(compilePolicy(resource), GENERIC).effect).toBe('allow');
  });

  test('anything at all is denied', () => {
    fc.assert(
      fc.property(anything, ({ make }) => {
        const request = make();
        for (const { decision, explanation } of decideAll(request)) {
          expect(decision.decision).toBe('deny');
          expect(decision.invalidRequest).toBeTypeOf('string');
          expect(explanation.decision.decision).toBe('deny');
        }
        const { effect, invalidRequest } = evaluatePolicy(compilePolicy(resource), request as RequestContext);
        expect(effect).toBe('implicitDeny');
        expect(invalidRequest).toBeTypeOf('string');
        const layers = { identity: [identity], resource };
        expect(authorizeIam(layers, request as never)).toMatchObject({ decision: 'implicitDeny' });
        expect(authorizeIam(request as never, { ...GENERIC, resourceAccount: '111122223333' }).decision).not.toBe(
          'allow',
        );
        expect(explainPolicy(compilePolicy(resource), request as RequestContext).evaluation.effect).toBe(
          'implicitDeny',
        );
      }),
      RUNS,
    );
  });

  test('one absurd field is enough', () => {
    const field = fc.constantFrom(...(Object.keys(LATTICE) as (keyof LatticeRequest)[]), 'query' as const);
    fc.assert(
      fc.property(field, absurd, (name, { make }) => {
        for (const { decision } of decideAll(withField(LATTICE, name, make()))) {
          expect(decision.decision).toBe('deny');
          expect(decision.invalidRequest).toBeTypeOf('string');
        }
      }),
      RUNS,
    );
  });

  test('one absurd value inside a field is enough', () => {
    const inside = fc.constantFrom<
      readonly [field: 'principal' | 'caller' | 'headers' | 'query' | 'context', name: string]
    >(
      ...['arn', 'uniqueId', 'orgId', 'orgPaths', 'tags', 'sessionName', 'roleArn', 'federatedBy'].map(
        (name) => ['principal', name] as const,
      ),
      ...['canonicalUserId', 'inManagementAccount'].map((name) => ['principal', name] as const),
      ...['identity', 'permissionsBoundary', 'session', 'scps'].map((name) => ['caller', name] as const),
      ['headers', 'x'],
      ['headers', '__proto__'],
      ['query', 'q'],
      ['query', '__proto__'],
      ['context', 'app:x'],
      ['context', 'constructor'],
    );
    fc.assert(
      fc.property(inside, absurd, ([field, name], { make }) => {
        const value = make();
        const changed = withField(LATTICE, field, withField((LATTICE[field] as object) ?? {}, name, value));
        for (const { decision } of decideAll(changed)) {
          expect(decision.decision).toBe('deny');
          expect(decision.invalidRequest).toBeTypeOf('string');
        }
        if (field === 'principal' || field === 'context') {
          const request = withField(GENERIC, field, withField(GENERIC[field] as object, name, value));
          expect(evaluatePolicy(compilePolicy(resource), request as RequestContext).effect).toBe('implicitDeny');
        }
      }),
      RUNS,
    );
  });

  test('a field that changes while it is read never throws', () => {
    const fair = fc.constantFrom('/public', 'GET', 'anonymous', SESSION).map((value) => ({ make: () => value }));
    const values = fc.array(fc.oneof(anything, fair), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(LATTICE)), values, (name, drawn) => {
        const rest = Object.fromEntries(Object.entries(LATTICE).filter(([other]) => other !== name));
        const moving = Object.defineProperties(
          rest,
          Object.getOwnPropertyDescriptors(
            flapping(
              name,
              drawn.map(({ make }) => make()),
            ),
          ),
        );
        expect(decideAll(moving)).toHaveLength(2);
      }),
      RUNS,
    );
  });

  test('a proxy that throws is denied without its words', () => {
    for (const request of [proxy({}), proxy(LATTICE), withField(LATTICE, 'context', proxy({}))]) {
      for (const { decision } of decideAll(request)) {
        expect(decision.decision).toBe('deny');
        expect(JSON.stringify(decision)).not.toContain('a trap');
      }
    }
  });
});

describe(`names that every object inherits (seed ${SEED})`, () => {
  test.each(PROTOTYPE_NAMES)('`%s` is absent unless it is given', (name) => {
    const document = (operator: string, operand: string) => ({
      Version: '2012-10-17',
      Statement: { ...EVERYTHING, Condition: { [operator]: Object.fromEntries([[name, operand]]) } },
    });
    const ask = (operator: string, operand: string, context: RequestContext['context']) => {
      const text = JSON.stringify(document(operator, operand)).replace('"__PROTO__"', '"__proto__"');
      const policy = compilePolicy(parsePolicy(text, { type: 'resource' }));
      return evaluatePolicy(policy, { ...GENERIC, context }).effect;
    };
    expect(ask('Null', 'true', {})).toBe('allow');
    expect(ask('Null', 'false', {})).toBe('implicitDeny');
    const given = Object.defineProperty({}, name, { value: 'v', enumerable: true });
    expect(ask('StringEquals', 'v', given)).toBe('allow');
    expect(ask('Null', 'true', given)).toBe('implicitDeny');
  });
});

describe(`absurd policies (seed ${SEED})`, () => {
  test('an authorizer is made of real policies or not at all', () => {
    const place = fc.constantFrom('serviceNetwork', 'service', 'rcps', 'arn', 'tags', 'authType', 'policy');
    fc.assert(
      fc.property(anything, place, ({ make }, where) => {
        const value = make();
        const good = {
          serviceNetwork: { authType: 'AWS_IAM', policy: auth },
          service: { authType: 'AWS_IAM', policy: auth, arn: ARN },
        };
        const inService = !(where in good) && where !== 'rcps';
        const policies = inService
          ? withField(good, 'service', withField(good.service, where, value))
          : withField(good, where, value);
        try {
          const { decision } = createAuthorizer(policies as never).authorize(LATTICE);
          // What is left out is not absurd, but an authorizer with less: it still asks what is there.
          if (value !== undefined && where !== 'rcps' && where !== 'tags') expect(decision).toBe('deny');
        } catch (error) {
          if (!(error instanceof PolicyError)) throw error;
        }
      }),
      RUNS,
    );
  });

  test('layers around a request are real policies or deny', () => {
    const names = ['resource', 'permissionsBoundary', 'session', 'scps', 'rcps', 'vpcEndpoint'];
    fc.assert(
      fc.property(absurd, fc.constantFrom(...names, 'identity'), ({ make }, where) => {
        const layers = withField({ identity: [identity], resource }, where, make());
        const decision = authorizeIam(layers as never, { ...GENERIC, resourceAccount: '111122223333' });
        expect(decision.decision).toBe('implicitDeny');
        expect(decision.invalidRequest).toBeTypeOf('string');
      }),
      RUNS,
    );
  });
});

// Times are not asserted: with a cost of length times length these would take hours.
describe('texts beyond reason', () => {
  const LONG = 200_000;
  test.each<[string, Partial<LatticeRequest>]>([
    ['spaces inside a header', { headers: { x: `a${' '.repeat(LONG)}a` } }],
    ['tabs and spaces before a header', { headers: { x: `${' \t'.repeat(LONG)}a` } }],
    ['a path of dots', { path: '/..'.repeat(LONG) }],
    ['a path of percent signs', { path: `/${'%'.repeat(LONG)}` }],
    ['a query of separators', { query: '&='.repeat(LONG) }],
    ['a query of many names', { query: Array.from({ length: 50_000 }, (_, index) => `q${index}=1`).join('&') }],
    ['one query name very often', { query: 'q=1&'.repeat(50_000) }],
    ['many headers', { headers: Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`x${index}`, '1'])) }],
    ['a header very often', { headers: { x: Array.from({ length: 50_000 }, () => ' a ') } }],
    [
      'many tags',
      {
        principal: {
          ...SESSION,
          tags: Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`x${index}`, '1'])),
        },
      },
    ],
    ['a value of digits', { context: { 'app:x': '1'.repeat(LONG) } }],
    ['a value of zeros and a point', { context: { 'app:x': `${'0'.repeat(LONG)}.${'0'.repeat(LONG)}` } }],
    ['a value of colons', { context: { 'app:x': ':'.repeat(LONG) } }],
    ['a huge exponent', { context: { 'app:x': '1e999999999' } }],
    ['a method of stars', { method: '*'.repeat(LONG) }],
  ])('%s: answered', (_, change) => {
    expect(decideAll({ ...LATTICE, ...change })).toHaveLength(2);
  });
});
