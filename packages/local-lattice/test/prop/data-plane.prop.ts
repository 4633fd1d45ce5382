// Whatever the stack and the request, over real HTTP: the data plane answers what the engine decides. The expectation is
// made from the stack alone (`requestFor`, `authorizerFor`), never from what the data plane says of itself.
import { Agent, request as httpRequest } from 'node:http';
import type { Decision } from '@lattice-auth/policy-engine';
import { authorizerFor, requestFor, StackError } from '@lattice-auth/stack';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LogLine, type ProofPlane, startProofPlane } from '../support/proof.js';
import { type ProofRequest, proofRequest, stackShape } from '../support/proof-stacks.js';
import { type EchoTarget, startEchoTarget } from '../support/proof-targets.js';
import { type Draft, signedDraft } from '../support/proof-wire.js';

/** Stacks; each is asked up to REQUESTS times. */
const RUNS = Number(process.env.RUNS ?? 300);
const REQUESTS = 25;
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const MISMATCH = 'InvalidSignatureException: The request signature we calculated does not match';

let target: EchoTarget;
let stack: fc.Arbitrary<Parameters<typeof startProofPlane>[0]>;
beforeAll(async () => {
  target = await startEchoTarget();
  stack = stackShape(target.url);
});
afterAll(() => target.close());

type Expected =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'decided'; readonly decision: Decision; readonly user: string; readonly isGuarded: boolean };

const spoils = ({ from, spoilt }: ProofRequest) => spoilt && from !== 'anonymous';

function expected({ stack: loaded }: ProofPlane, asked: ProofRequest): Expected {
  const { from, to, method, path, query, env } = asked;
  const caller = from === 'anonymous' ? undefined : loaded.principals[from];
  const question = {
    ...{ from, to, method, path, query, headers: env === undefined ? {} : { 'x-env': env } },
    vpc: asked.vpc ?? caller?.vpc ?? loaded.local.defaultVpc,
    time: new Date(),
  };
  const reached = reach(() => requestFor(loaded, question));
  // Where the connection says the VPC, and nothing leads on from there, nobody is asked for a signature.
  if (reached === undefined && asked.vpc !== undefined) return { kind: 'unreachable' };
  if (spoils(asked)) return { kind: 'rejected' };
  if (reached === undefined) return { kind: 'unreachable' };
  const decision = authorizerFor(loaded, reached).authorize(reached.request);
  const parts = [loaded.serviceNetworks[reached.serviceNetwork], loaded.services[reached.service]];
  const user = { p1: ONE, p2: TWO, p3: THREE, anonymous: 'Anonymous' }[from];
  return { kind: 'decided', decision, user, isGuarded: parts.some((part) => part?.authType === 'AWS_IAM') };
}

const ONE = 'arn:aws:sts::111122223333:assumed-role/one/pod-1';
const TWO = 'arn:aws:sts::444455556666:assumed-role/two/pod-2';
const THREE = 'arn:aws:iam::111122223333:user/three';

function reach(ask: () => ReturnType<typeof requestFor>) {
  try {
    const answer = ask();
    return answer.kind === 'connected' ? answer : undefined;
  } catch (error) {
    // Several networks lead there, and nothing says which.
    if (error instanceof StackError) return undefined;
    throw error;
  }
}

interface Got {
  readonly status: number;
  readonly text: string;
  readonly id: string;
  readonly local: string | undefined;
}

/** Sends on kept connections, from the address of the VPC. */
function send(plane: ProofPlane, agent: Agent, draft: Draft, asked: ProofRequest): Promise<Got> {
  const headers: Record<string, string> = { host: draft.host, ...Object.fromEntries(draft.headers ?? []) };
  const localAddress = asked.vpc === undefined ? '127.0.0.1' : plane.addressOf(asked.vpc);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        host: '127.0.0.1',
        port: plane.httpPort,
        localAddress,
        agent,
        method: asked.method,
        path: draft.target,
        headers,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          const { 'x-amzn-requestid': id, 'x-lattice-local': local } = response.headers;
          resolve({ status: response.statusCode ?? 0, text, id: String(id), local: local as string | undefined });
        });
      },
    );
    sent.on('error', reject).end();
  });
}

function draftOf(plane: ProofPlane, asked: ProofRequest): Draft {
  const target = asked.query === undefined ? asked.path : `${asked.path}?${asked.query}`;
  const headers = asked.env === undefined ? [] : [['x-env', asked.env] as const];
  const draft = { host: plane.hostOf(asked.to), method: asked.method, target, headers };
  if (asked.from === 'anonymous') return draft;
  const signed = signedDraft(draft, plane.keysOf(asked.from), { placement: asked.placement });
  return asked.spoilt ? spoilt(signed) : signed;
}

function spoilt(draft: Draft): Draft {
  const other = (digit: string) => (digit === '0' ? '1' : '0');
  const headers = (draft.headers ?? []).map(([name, value]) => {
    return [name, name === 'authorization' ? value.replace(/.$/, other) : value] as const;
  });
  return {
    ...draft,
    target: draft.target.replace(/(Signature=\w+)(\w)$/, (_, start, end) => start + other(end)),
    headers,
  };
}

interface Outcome {
  readonly wanted: Expected;
  readonly got: Got;
  /** What reached the target. */
  readonly reached: readonly string[];
  readonly draft: Draft;
}

async function ask(plane: ProofPlane, agent: Agent, asked: ProofRequest): Promise<Outcome> {
  const wanted = expected(plane, asked);
  const before = target.delivered.length;
  const draft = draftOf(plane, asked);
  const got = await send(plane, agent, draft, asked);
  return { wanted, got, draft, reached: target.delivered.slice(before).map((one) => one.target) };
}

function check({ wanted, got, reached, draft }: Outcome, line: LogLine | undefined): string {
  const log = { responseCode: got.status, authDeniedReason: '-', failureReason: '-' };
  if (wanted.kind === 'unreachable') {
    expect([got.status, got.local, reached]).toEqual([504, 'not-connected', []]);
    return 'unreachable';
  }
  if (wanted.kind === 'rejected') {
    expect([got.status, got.text.slice(0, MISMATCH.length), reached]).toEqual([403, MISMATCH, []]);
    if (line !== undefined) expect(line.resolvedUser).toMatch(/^(?:Unknown|-)$/);
    return 'rejected';
  }
  const { decision, user, isGuarded } = wanted;
  const resolvedUser = isGuarded ? user : '-';
  if (decision.decision === 'allow') {
    expect([got.status, reached]).toEqual([200, [draft.target]]);
    expect(line).toMatchObject({ ...log, resolvedUser });
    return 'allowed';
  }
  const by = String(decision.deniedBy);
  expect([got.status, got.text, reached]).toEqual([403, decision.message, []]);
  const authDeniedReason = { service: 'Service', serviceNetwork: 'Network' }[by] ?? 'Identity';
  expect(line).toMatchObject({ ...log, authDeniedReason, failureReason: 'ClientAccessDenied', resolvedUser });
  return `denied by ${by}`;
}

test('the answer is the decision: status, text, and the line in the access log', async () => {
  const counts = new Map<string, number>();
  const requests = fc.array(proofRequest, { minLength: 1, maxLength: REQUESTS, size: 'max' });
  await fc.assert(
    fc.asyncProperty(stack, requests, async (shape, asked) => {
      const plane = await startProofPlane(shape);
      const agent = new Agent({ keepAlive: true });
      const outcomes: Outcome[] = [];
      try {
        for (const one of asked) outcomes.push(await ask(plane, agent, one));
      } finally {
        agent.destroy();
        await plane.close();
      }
      for (const outcome of outcomes) {
        const what = check(outcome, plane.lines.get(outcome.got.id));
        counts.set(what, (counts.get(what) ?? 0) + 1);
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  const all = [...counts.values()].reduce((sum, one) => sum + one, 0);
  // Policies and requests are drawn so that they meet: a run that allows or denies everything proves nothing.
  if (RUNS >= 20) {
    expect(counts.get('allowed')).toBeGreaterThan(all / 10);
    for (const by of ['service', 'serviceNetwork', 'identity']) {
      expect(counts.get(`denied by ${by}`)).toBeGreaterThan(all / 50);
    }
  }
});
