// subjects.ts — the policies that are measured, each as an IAM document and as Cedar of equal meaning.
import { readFileSync } from 'node:fs';
import {
  allowedQuestions,
  deniedQuestions,
  KNOWN_VPC,
  type Question,
  SERVICE_ARN,
  typicalMatrix,
} from './questions.ts';

/** The policies around one service. */
export interface Subject {
  /** `undefined`: the network's auth type is NONE. */
  readonly network: string | undefined;
  readonly service: string;
  readonly identity: string;
  readonly cedar: CedarText;
  /** Which keys of the context the Cedar text reads. */
  readonly cedarKeys: 'all' | 'pathMethodVpc';
  /** What is timed, and what all must decide alike. */
  readonly allowed: readonly Question[];
  readonly denied: readonly Question[];
  readonly compared: readonly Question[];
}

export interface CedarText {
  /** All layers as one policy set. */
  readonly joined: string;
  /** A policy set for each layer; all must permit. */
  readonly layers: readonly string[];
}

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/engine/${name}`, import.meta.url), 'utf8');

/** Network and service policies of five statements each, and an identity policy of two. */
export function typicalSubject(): Subject {
  return {
    network: fixture('network.json'),
    service: fixture('service.json'),
    identity: fixture('identity.json'),
    cedar: {
      joined: fixture('all-layers.cedar'),
      layers: [fixture('network.cedar'), fixture('service.cedar'), fixture('identity.cedar')],
    },
    cedarKeys: 'all',
    allowed: allowedQuestions(),
    denied: deniedQuestions(),
    compared: [...typicalMatrix(), ...allowedQuestions(), ...deniedQuestions()],
  };
}

const WORKERS = '222233334444';
const INVOKE = 'vpc-lattice-svcs:Invoke';

/** A service policy of `count` statements for `count` paths: each for a role of its own, or all for everybody. */
export function largeSubject(count: number, principals: 'distinct' | 'shared'): Subject {
  const numbers = Array.from({ length: count }, (_, n) => n);
  const cedar = numbers.map((n) => cedarStatement(n, principals)).join('\n');
  const questions = (change: Partial<Question>) => spread(count).map((n) => ({ ...workerQuestion(n), ...change }));
  const allowed = questions({});
  const denied = questions({ method: 'DELETE' });
  const role = { account: WORKERS, name: 'worker-0' };
  return {
    network: undefined,
    service: policyText(numbers.map((n) => iamStatement(n, principals))),
    identity: policyText([{ Effect: 'Allow', Action: INVOKE, Resource: '*' }]),
    cedar: { joined: cedar, layers: [cedar] },
    cedarKeys: 'pathMethodVpc',
    allowed,
    denied,
    compared: [...allowed, ...denied, ...questions({ sourceVpc: 'vpc-0ddddddddddddddd0' }), ...questions({ role })],
  };
}

/** Up to 16 of the statements, first and last among them. */
function spread(count: number): number[] {
  const asked = Math.min(16, count);
  return Array.from({ length: asked }, (_, n) => Math.round((n * (count - 1)) / (asked - 1)));
}

function workerQuestion(n: number): Question {
  return {
    role: { account: WORKERS, name: `worker-${n}` },
    method: 'POST',
    path: `/queue-${n}/items`,
    sourceVpc: KNOWN_VPC,
    vpcOwner: WORKERS,
    sourceIp: '10.2.3.4',
  };
}

function iamStatement(n: number, principals: 'distinct' | 'shared'): Record<string, unknown> {
  return {
    Sid: `Queue${n}`,
    Effect: 'Allow',
    Principal: principals === 'shared' ? '*' : { AWS: `arn:aws:iam::${WORKERS}:role/worker-${n}` },
    Action: INVOKE,
    Resource: `${SERVICE_ARN}/queue-${n}/*`,
    Condition: {
      StringEquals: {
        'vpc-lattice-svcs:RequestMethod': ['GET', 'POST'],
        'vpc-lattice-svcs:SourceVpc': KNOWN_VPC,
      },
    },
  };
}

function cedarStatement(n: number, principals: 'distinct' | 'shared'): string {
  const principal =
    principals === 'shared' ? 'principal' : `principal == Role::"arn:aws:iam::${WORKERS}:role/worker-${n}"`;
  return `permit(${principal}, action == Action::"Invoke", resource)
    when { context.path like "/queue-${n}/*" && ["GET", "POST"].contains(context.method)
      && context.sourceVpc == "${KNOWN_VPC}" };`;
}

function policyText(statements: readonly Record<string, unknown>[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2);
}
