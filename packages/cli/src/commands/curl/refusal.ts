// refusal.ts: what Lattice's text in a 403 means, for the person who got it: who, what, on what, whose policy, and where
// to look. The reading is `parseDenial`'s; here are the words.
import {
  type AccessDenial,
  type DenialLayer,
  parseDenial,
  type SignatureProblem,
} from '@lattice-auth/sigv4-fetch/denial';
import { oneLine } from '../../errors.js';
import type { Colors } from '../../io.js';

/** A response that may be a refusal. */
export interface Refusal {
  readonly status: number;
  readonly text: string;
  readonly requestId: string | undefined;
  readonly method: string;
}

interface LayerWords {
  readonly policy: string;
  readonly look: (denial: AccessDenial) => string;
}

const serviceOf = ({ resource }: AccessDenial) => /\/(svc-[0-9a-z]+)/.exec(resource)?.[1] ?? '<service>';
const roleOf = ({ principal }: AccessDenial) => /:assumed-role\/([^/]+)/.exec(principal)?.[1];

const LAYERS: Readonly<Record<DenialLayer, LayerWords>> = {
  serviceNetwork: {
    policy: 'the auth policy of the service network',
    look: () => 'aws vpc-lattice get-auth-policy --resource-identifier <service network>',
  },
  service: {
    policy: 'the auth policy of the service',
    look: (denial) => `aws vpc-lattice get-auth-policy --resource-identifier ${serviceOf(denial)}`,
  },
  identity: {
    policy: "the caller's own identity-based policies",
    look: (denial) => {
      const role = roleOf(denial);
      return `the policies of ${role === undefined ? 'the caller' : `role ${role}`}: VPC Lattice asks them within one account too`;
    },
  },
  permissionsBoundary: { policy: "the caller's permissions boundary", look: () => 'the boundary of the role or user' },
  session: { policy: 'the session policy', look: () => 'the policy that was passed when the session was made' },
  serviceControl: { policy: "a service control policy of the caller's organization", look: () => 'AWS Organizations' },
  resourceControl: {
    policy: "a resource control policy of the service's organization",
    look: () => 'AWS Organizations',
  },
  vpcEndpoint: { policy: 'the policy of a VPC endpoint', look: () => 'the endpoint that the request came through' },
  resource: { policy: 'a resource-based policy', look: () => 'the policy of the resource' },
  unknown: { policy: 'a policy of a type that is not known here', look: () => 'the text of the response' },
};

const SIGNATURES: Readonly<Record<SignatureProblem, string>> = {
  incomplete: 'a header that must be signed is missing or did not arrive; look for a proxy that removes headers',
  invalid: 'what arrived is not what was signed; look for a proxy that changes path, query, host or x-amz-* headers',
  expired: 'the request took longer than five minutes to arrive, or the clock of this machine is behind',
  skew: "the clock of this machine and the service's differ by more than five minutes",
  payload: 'VPC Lattice takes unsigned payloads only; is there a proxy that signs again?',
  token: 'the credentials expired or were revoked',
};

const STATUSES: ReadonlySet<number> = new Set([400, 401, 403]);

/** Whether a status may carry one of the texts. */
export function mayBeRefusal(status: number): boolean {
  return STATUSES.has(status);
}

/** What to print about a response; undefined when there is nothing to say. */
export function explainRefusal(refusal: Refusal, colors: Colors): string | undefined {
  const denial = parseDenial(refusal.text);
  const title = (text: string) => `${colors.red('✗')} ${colors.bold(text)}`;
  if (denial?.kind === 'access') return lines(title(accessTitle(denial)), accessRows(denial, refusal), colors);
  if (denial?.kind === 'signature') {
    const rows: Row[] = [
      ['said', `${denial.exception}: ${denial.message}`],
      ['means', SIGNATURES[denial.problem]],
    ];
    return lines(title('the signature was refused'), withRequestId(rows, refusal), colors);
  }
  if (refusal.status !== 403) return undefined;
  const why =
    refusal.method === 'HEAD'
      ? 'a 403 without a text: HEAD has none; ask with GET to see whose it is'
      : "this 403 doesn't carry VPC Lattice's text: it is probably the service's own answer";
  return lines(title(why), withRequestId([], refusal), colors);
}

type Row = readonly [label: string, value: string];

function accessTitle(denial: AccessDenial): string {
  const { policy } = LAYERS[denial.layer];
  const anonymous = denial.principal === 'anonymous' ? ' (and the caller counts as anonymous)' : '';
  if (denial.explicitDeny) return `refused: a Deny statement in ${policy} matches${anonymous}`;
  return `refused: nothing in ${policy} allows this${anonymous}`;
}

function accessRows(denial: AccessDenial, refusal: Refusal): Row[] {
  const rows: Row[] = [
    ['who', denial.principal],
    ['what', `${denial.action} (${refusal.method})`],
    ['on', denial.resource],
    ['look at', LAYERS[denial.layer].look(denial)],
  ];
  return withRequestId(rows, refusal);
}

function withRequestId(rows: readonly Row[], { requestId }: Refusal): Row[] {
  return requestId === undefined ? [...rows] : [...rows, ['request', `${requestId} (requestId in the access log)`]];
}

function lines(title: string, rows: readonly Row[], colors: Colors): string {
  const printed = rows.map(([label, value]) => `  ${colors.dim(label.padEnd(8))} ${oneLine(value)}`);
  return `${[title, ...printed].join('\n')}\n`;
}
