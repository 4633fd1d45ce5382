// denial.ts — reads the text of a refusal. Lattice answers 403 with one line, `<Exception>: <message>`, that names the
// caller, the action, the resource and the policy type that said no. Hostile text gets undefined, in linear time.

/** Whose policy refused. `unknown`: the text names a type this version has not heard of. */
export type DenialLayer =
  | 'serviceNetwork'
  | 'service'
  | 'identity'
  | 'permissionsBoundary'
  | 'session'
  | 'serviceControl'
  | 'resourceControl'
  | 'vpcEndpoint'
  | 'resource'
  | 'unknown';

/** A policy refused the request: the signature was accepted, or there was none (`principal` is `anonymous`). */
export interface AccessDenial {
  readonly kind: 'access';
  readonly exception: string;
  readonly message: string;
  /** The caller's ARN, or `anonymous` for a request that reached Lattice unsigned. */
  readonly principal: string;
  readonly action: string;
  /** The service's ARN followed by the request's path. */
  readonly resource: string;
  readonly layer: DenialLayer;
  /** True: a statement denies. False: no statement allows. */
  readonly explicitDeny: boolean;
}

/** What is wrong with a signature. */
export type SignatureProblem = 'incomplete' | 'invalid' | 'expired' | 'skew' | 'payload' | 'token';

/** The signature was refused. */
export interface SignatureDenial {
  readonly kind: 'signature';
  readonly exception: string;
  readonly message: string;
  readonly problem: SignatureProblem;
  /** The server's clock, when the text quotes it. */
  readonly serverTime: Date | undefined;
}

/** What {@link parseDenial} makes of a text. */
export type Denial = AccessDenial | SignatureDenial;

/** Longer texts are cut: Lattice's own are a few hundred characters. */
export const DENIAL_CHARS_MAX = 8_192;

const EXCEPTION = /^\s*([A-Za-z][A-Za-z.]{2,60}): ?/;
const ACCESS = /^User: (\S{1,2048}) is not authorized to perform: ([\w-]{1,64}:[\w*]{1,64}) on resource: (.*)$/s;
const LAYERS: readonly (readonly [word: string, layer: DenialLayer])[] = [
  ['network-based', 'serviceNetwork'],
  ['service-based', 'service'],
  ['identity-based', 'identity'],
  ['permissions boundary', 'permissionsBoundary'],
  ['session', 'session'],
  ['service control', 'serviceControl'],
  ['resource control', 'resourceControl'],
  ['VPC endpoint', 'vpcEndpoint'],
  ['resource-based', 'resource'],
];

/**
 * Reads the text of a 403.
 *
 * @example
 * ```ts
 * import { parseDenial } from '@lattice-auth/sigv4-fetch/denial';
 *
 * const text = 'AccessDeniedException: User: anonymous is not authorized to perform: vpc-lattice-svcs:Invoke on resource: '
 *   + 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0/orders '
 *   + 'because no network-based policy allows the vpc-lattice-svcs:Invoke action';
 * const denial = parseDenial(text);
 * console.log(denial?.kind === 'access' && denial.layer); // serviceNetwork
 * ```
 */
export function parseDenial(text: string): Denial | undefined {
  if (typeof text !== 'string') return undefined;
  const cut = text.slice(0, DENIAL_CHARS_MAX).trimEnd();
  const head = EXCEPTION.exec(cut);
  const exception = head?.[1] ?? '';
  const message = head === null ? cut : cut.slice(head[0].length);
  return accessDenial(exception, message) ?? signatureDenial(exception, message);
}

function accessDenial(exception: string, message: string): AccessDenial | undefined {
  const parts = ACCESS.exec(message);
  if (parts === null) return undefined;
  const [, principal = '', action = '', rest = ''] = parts;
  // A path may hold any words, these too: the reason is what follows the *last* of them.
  const because = rest.lastIndexOf(' because no ');
  const denied = rest.lastIndexOf(' with an explicit deny');
  const explicitDeny = denied > because;
  const at = Math.max(because, denied);
  const reason = at === -1 ? '' : rest.slice(at);
  return {
    kind: 'access',
    exception,
    message,
    principal,
    action,
    resource: at === -1 ? rest : rest.slice(0, at),
    layer: layerOf(reason),
    explicitDeny,
  };
}

// The word that comes first: some texts go on with the ARN of a policy, which may hold any other.
function layerOf(reason: string): DenialLayer {
  let first = reason.length;
  let layer: DenialLayer = 'unknown';
  for (const [word, candidate] of LAYERS) {
    const at = reason.indexOf(word);
    if (at === -1 || at >= first) continue;
    first = at;
    layer = candidate;
  }
  return layer;
}

const PROBLEMS: readonly (readonly [pattern: RegExp, problem: SignatureProblem])[] = [
  [/Signed payloads are not supported/i, 'payload'],
  [/security token included in the request is (?:expired|invalid)|ExpiredToken/i, 'token'],
  [/Signature expired/i, 'expired'],
  [/Signature not yet current|RequestTimeTooSkewed|RequestExpired|difference between the request time/i, 'skew'],
  [/IncompleteSignature|MissingAuthenticationToken|Missing the '[^']{1,80}' in|named as a SignedHeader/i, 'incomplete'],
  [
    /InvalidSignature|SignatureDoesNotMatch|signature we calculated|InvalidClientTokenId|UnrecognizedClient/i,
    'invalid',
  ],
  [/Credential should be scoped|Date in Credential scope/i, 'invalid'],
];

function signatureDenial(exception: string, message: string): SignatureDenial | undefined {
  const text = `${exception}: ${message}`;
  const problem = PROBLEMS.find(([pattern]) => pattern.test(text))?.[1];
  if (problem === undefined) return undefined;
  return { kind: 'signature', exception, message, problem, serverTime: quotedServerTime(message) };
}

// "Signature expired: <signed> is now earlier than <limit> (<server> - 5 min.)", and the other way round with "+ 5 min.".
function quotedServerTime(message: string): Date | undefined {
  const time = /\((\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z [-+] \d{1,3} min/.exec(message);
  if (time === null) return undefined;
  const [, year, month, day, hour, minute, second] = time;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
