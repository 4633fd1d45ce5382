// Golden cases (test/cases/*.json): decisions that must never change unnoticed. Each file says what it holds.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type AuthType,
  authorizeIam,
  compilePolicy,
  createAuthorizer,
  evaluatePolicy,
  type IamDecision,
  type LatticeRequest,
  PolicyError,
  type PolicyType,
  type Principal,
  parsePolicy,
  type RequestContext,
  type RequestContextValues,
} from '../../src/index.js';

type Json = Readonly<Record<string, unknown>>;
type Caller = Principal | 'anonymous';

function load<File>(name: string): File {
  return JSON.parse(readFileSync(new URL(`../cases/${name}.json`, import.meta.url), 'utf8'));
}

const document = (...statements: Json[]) => ({ Version: '2012-10-17', Statement: statements });

function effectOf(policy: string | Json, type: PolicyType, request: RequestContext): string {
  return evaluatePolicy(compilePolicy(parsePolicy(policy, { type })), request).effect;
}

const asked: RequestContext = {
  principal: { arn: 'arn:aws:sts::111122223333:assumed-role/app/s' },
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::bucket/key',
  context: {},
};

/** `T`, `F` or `U`: what an Allow and a Deny with the same elements say together. */
function verdict(elements: Json, type: PolicyType, request: RequestContext): string {
  const isAllowed = effectOf(document({ Effect: 'Allow', ...elements }), type, request) === 'allow';
  const isDenied = effectOf(document({ Effect: 'Deny', ...elements }), type, request) === 'explicitDeny';
  return isAllowed && isDenied ? 'T' : isDenied ? 'U' : isAllowed ? 'contradiction' : 'F';
}

// ---- Lattice -----------------------------------------------------------------------------------------------------

interface Side {
  readonly authType: AuthType;
  readonly policy?: Json;
}

const golden = load<{
  service: string;
  serviceNetwork: string;
  cases: {
    id: string;
    title: string;
    serviceNetwork: Side;
    service: Side;
    principal: Caller;
    identity?: Json[];
    request: Partial<LatticeRequest>;
    message: string;
  }[];
}>('lattice-golden');

const side = ({ authType, policy }: Side) =>
  policy === undefined ? { authType } : { authType, policy: parsePolicy(policy, { type: 'auth' }) };

describe('what Lattice answered', () => {
  test.each(golden.cases)('$id: $title', ({ serviceNetwork, service, principal, identity, request, message }) => {
    const authorizer = createAuthorizer({
      serviceNetwork: { ...side(serviceNetwork), arn: golden.serviceNetwork },
      service: { ...side(service), arn: golden.service },
    });
    const caller =
      identity === undefined
        ? {}
        : { caller: { identity: identity.map((one) => parsePolicy(one, { type: 'identity' })) } };
    const decision = authorizer.authorize({ principal, ...caller, ...request });
    expect(decision.message).toBe(message);
    expect(decision.decision).toBe(message === '' ? 'allow' : 'deny');
    expect(decision.assumptions).toEqual([]);
  });
});

// ---- what others got wrong ---------------------------------------------------------------------------------------

interface PolicyCase {
  readonly name: string;
  readonly type: PolicyType;
  readonly document?: Json;
  readonly text?: string;
  readonly request?: RequestContext;
  readonly effect?: string;
  readonly error?: string;
}

const faults = load<{ cases: (PolicyCase & { fault: number })[] }>('known-faults').cases;

describe('known faults', () => {
  test.each(faults)('$fault: $name', ({ type, document: policy = {}, request = asked, effect }) => {
    const start = performance.now();
    expect(effectOf(policy, type, request)).toBe(effect);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test('each of the fifteen has a case', () => {
    const numbers = new Set(faults.map(({ fault }) => fault));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  });

  test('14: a resource policy can be part of the general rule', () => {
    for (const { document: policy = {}, request = asked, effect } of faults.filter(({ fault }) => fault === 14)) {
      const layers = { identity: [], resource: parsePolicy(policy, { type: 'resource' }) };
      expect(authorizeIam(layers, { ...request, resourceAccount: '111122223333' }).decision).toBe(effect);
    }
  });
});

describe('nothing fails open', () => {
  const { cases } = load<{ cases: PolicyCase[] }>('fail-open');

  test.each(cases.filter(({ error }) => error !== undefined))('$name', ({ type, document: policy, text, error }) => {
    const parse = () => parsePolicy(text ?? policy ?? {}, { type });
    expect(parse).toThrow(PolicyError);
    expect(parse).toThrow(expect.objectContaining({ code: error }));
  });

  test.each(cases.filter(({ effect }) => effect !== undefined))('$name', (row) => {
    expect(effectOf(row.document ?? {}, row.type, row.request ?? asked)).toBe(row.effect);
  });

  test('the caller needs policies of its own across accounts', () => {
    const resource = parsePolicy(document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }), {
      type: 'resource',
    });
    const decision = authorizeIam({ identity: [], resource }, { ...asked, resourceAccount: '444455556666' });
    expect(decision).toMatchObject({ decision: 'implicitDeny', deniedBy: 'identity' });
  });
});

// ---- operators ---------------------------------------------------------------------------------------------------

const operators = load<{
  columns: string[];
  rows: { operator: string; operand: string; holds: string; fails: string; unreadable?: string; results: string }[];
  nullColumns: string[];
  nullRows: { operator: string; operand: unknown; results: string }[];
}>('operators');

function holds(operator: string, operand: unknown, value: unknown): string {
  const context = (value === undefined ? {} : { k: value }) as RequestContextValues;
  const elements = { Action: '*', Resource: '*', Condition: { [operator]: { k: operand } } };
  return verdict(elements, 'identity', { ...asked, context });
}

describe('every operator in every form', () => {
  test.each(operators.rows)('$operator', ({ operator, operand, holds: yes, fails: no, unreadable, results }) => {
    const values = [yes, no, undefined, [], [yes], [yes, yes], [yes, no], [no, no], unreadable, [yes, unreadable]];
    const outcomes = values.map((value, index) =>
      index >= 8 && unreadable === undefined ? '-' : holds(operator, operand, value),
    );
    outcomes.push(holds(operator, [], yes), holds(operator, [], undefined));
    expect(named(operators.columns, outcomes)).toEqual(named(operators.columns, results.split(' ')));
  });

  test.each(operators.nullRows)('$operator $operand', ({ operator, operand, results }) => {
    const outcomes = ['v', undefined, [], '', ['v']].map((value) => holds(operator, operand, value));
    expect(named(operators.nullColumns, outcomes)).toEqual(named(operators.nullColumns, results.split(' ')));
  });

  test('all are there', () => {
    expect(operators.rows).toHaveLength(26 * 6);
    expect(new Set(operators.rows.map(({ operator }) => operator)).size).toBe(26 * 6);
  });
});

const named = (columns: readonly string[], cells: readonly string[]) =>
  Object.fromEntries(columns.map((column, index) => [column, cells[index]]));

// ---- principals --------------------------------------------------------------------------------------------------

const principals = load<{ callers: Record<string, Caller>; rows: { principal: unknown; results: string }[] }>(
  'principals',
);
const callerNames = Object.keys(principals.callers);
const COMPLEMENT: Readonly<Record<string, string>> = { T: 'F', F: 'T', U: 'U' };

describe('every form of principal against every caller', () => {
  const ask = (element: 'Principal' | 'NotPrincipal', principal: unknown) =>
    callerNames.map((name) => {
      const request = { ...asked, principal: principals.callers[name] ?? 'anonymous' };
      return verdict({ [element]: principal, Action: '*', Resource: '*' }, 'resource', request);
    });

  test.each(principals.rows)('$principal', ({ principal, results }) => {
    expect(named(callerNames, ask('Principal', principal))).toEqual(named(callerNames, results.split(' ')));
    const complement = results.split(' ').map((cell) => COMPLEMENT[cell] ?? '');
    expect(named(callerNames, ask('NotPrincipal', principal))).toEqual(named(callerNames, complement));
  });
});

// ---- casing and wildcards ----------------------------------------------------------------------------------------

interface TextCase {
  readonly element: string;
  readonly type: PolicyType;
  readonly policy: string;
  readonly asked: string;
  readonly matches: boolean;
}

describe('casing and wildcards', () => {
  const { cases } = load<{ cases: TextCase[] }>('casing-and-wildcards');

  test.each(cases)(
    '$element $policy, asked for $asked: $matches',
    ({ element, type, policy, asked: text, matches }) => {
      const guard = type === 'auth' ? { Principal: '*' } : {};
      const base = { ...guard, Action: '*', Resource: '*' };
      const [elements, change]: [Json, Partial<RequestContext>] =
        element === 'Action'
          ? [{ ...base, Action: policy }, { action: text }]
          : element === 'Resource'
            ? [{ ...base, Resource: policy }, { resource: text }]
            : element === 'key'
              ? [{ ...base, Condition: { StringEquals: { [policy]: 'v' } } }, { context: { [text]: 'v' } }]
              : [{ ...base, Condition: { [element]: { k: policy } } }, { context: { k: text } }];
      expect(verdict(elements, type, { ...asked, ...change })).toBe(matches ? 'T' : 'F');
    },
  );
});

// ---- the rule for any service ------------------------------------------------------------------------------------

const matrix = load<{
  account: string;
  otherAccount: string;
  callers: Record<string, Caller>;
  grants: Record<string, unknown>;
  sides: string[];
  rows: { account: 'same' | 'cross'; caller: string; grants: string; decisions: string }[];
  guards: { name: string; caller: string; layers: Record<string, unknown>; decision: string }[];
}>('iam-matrix');

const WORDS: Readonly<Record<string, string>> = {
  i: 'identity',
  b: 'permissionsBoundary',
  s: 'session',
  r: 'resource',
};

/** A policy that allows, says nothing about or denies what is asked. */
function layer(word: string, type: PolicyType) {
  const principal = ['rcp', 'vpcEndpoint'].includes(type) ? { Principal: '*' } : {};
  const effect = word === 'deny' ? 'Deny' : 'Allow';
  const action = word === 'silent' ? 'sqs:*' : '*';
  return parsePolicy(document({ Effect: effect, ...principal, Action: action, Resource: '*' }), { type });
}

function callerSide(letters: string) {
  const has = (letter: string) => letters.split(' ').includes(letter);
  const boundary = has('B') ? 'allow' : has('b') ? 'silent' : undefined;
  const session = has('S') ? 'allow' : has('s') ? 'silent' : undefined;
  return {
    identity: has('I') ? [layer('allow', 'identity')] : has('d') ? [layer('deny', 'identity')] : [],
    ...(boundary === undefined ? {} : { permissionsBoundary: layer(boundary, 'permissionsBoundary') }),
    ...(session === undefined ? {} : { session: [layer(session, 'session')] }),
  };
}

function resourcePolicy(principal: unknown) {
  if (principal === null || principal === undefined) return {};
  const statement = { Effect: 'Allow', Principal: principal, Action: 's3:*', Resource: '*' };
  return { resource: parsePolicy(document(statement), { type: 'resource' }) };
}

const short = ({ decision, deniedBy }: IamDecision) =>
  decision === 'allow'
    ? 'a'
    : decision === 'explicitDeny'
      ? 'E'
      : Object.keys(WORDS).find((key) => WORDS[key] === deniedBy);

describe('the rule for any service', () => {
  test.each(matrix.rows)('$account account, $caller, $grants allowed', ({ account, caller, grants, decisions }) => {
    const request = {
      ...asked,
      principal: matrix.callers[caller] ?? 'anonymous',
      resourceAccount: account === 'same' ? matrix.account : matrix.otherAccount,
    };
    const resource = resourcePolicy(matrix.grants[grants]);
    const outcomes = matrix.sides.map(
      (letters) => short(authorizeIam({ ...callerSide(letters), ...resource }, request)) ?? '?',
    );
    expect(named(matrix.sides, outcomes)).toEqual(named(matrix.sides, decisions.split(' ')));
  });

  test.each(matrix.guards)('$name, $caller', ({ caller, layers, decision }) => {
    const principal = matrix.callers[caller] ?? 'anonymous';
    const levels = (name: string, type: PolicyType) =>
      name in layers ? { [name]: (layers[name] as string[]).map((word) => [layer(word, type)]) } : {};
    const endpoint =
      'vpcEndpoint' in layers
        ? { vpcEndpoint: (layers.vpcEndpoint as string[]).map((word) => layer(word, 'vpcEndpoint')) }
        : {};
    const around = { ...levels('scps', 'scp'), ...levels('rcps', 'rcp'), ...endpoint };
    const answer = authorizeIam(
      { identity: [layer('allow', 'identity')], ...resourcePolicy('*'), ...around },
      { ...asked, principal, resourceAccount: matrix.account },
    );
    const said =
      answer.decision === 'allow' ? 'a' : `${answer.decision === 'explicitDeny' ? 'E ' : ''}${answer.deniedBy}`;
    expect(said).toBe(decision);
  });
});
