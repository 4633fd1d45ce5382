// annotations.ts: what a Pod asks for. Our own annotations, those of AWS's injector of aws-sigv4-proxy, and the one of AWS's
// workshops for transparent mode all become the same wish. Whoever asks and cannot be understood is told so: a Pod that should
// sign and comes up without would fail later, and less clearly.
import { isMore, isQuantity } from './quantity.js';

/** Our annotations begin with this. */
export const ANNOTATION_PREFIX = 'lattice-auth.io/';

/** Those of AWS's injector. */
export const AWS_PREFIX = 'sidecar.aws.signing-proxy/';

/** The one of AWS's workshops and blueprints, spelled as there. */
const AGENT_INJECT = 'vpc-lattices-svcs.amazonaws.com/agent-inject';

/** Says that a Pod has been injected. */
export const STATUS = 'status';

/** Port of the sidecar that AWS's injector adds. */
const AWS_PORT = '8005';

type Reader = (value: string) => string | undefined;

const any: Reader = () => undefined;
const matching =
  (pattern: RegExp, what: string): Reader =>
  (value) =>
    pattern.test(value) ? undefined : `must be ${what}`;
const choice = (...words: string[]): Reader =>
  matching(new RegExp(`^(?:${words.join('|')})$`), words.map((word) => `\`${word}\``).join(' or '));
const flag = choice('true', 'false');
const port: Reader = (value) =>
  /^[1-9]\d{0,4}$/.test(value) && Number(value) <= 65_535 ? undefined : 'must be a port';
const name = matching(/^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/, 'the name of an object');
const file = matching(/^(?!\.\.)[-._A-Za-z0-9]{1,253}$/, 'a key of the ConfigMap');
const files = matching(/^(?!\.\.)[-._A-Za-z0-9]{1,253}(?:,(?!\.\.)[-._A-Za-z0-9]{1,253})*$/, 'keys of the ConfigMap');
const host: Reader = (value) => {
  const [, name, number] = /^([\w.-]{1,253})(?::(\d{1,5}))?$/.exec(value) ?? [];
  const isHost = name !== undefined && (number === undefined || port(number) === undefined);
  return isHost ? undefined : 'must be a host name';
};
const hosts = matching(
  /^(?:\*\.)?[\w-]{1,63}(?:\.[\w-]{1,63})*(?:,(?:\*\.)?[\w-]{1,63}(?:\.[\w-]{1,63})*)*$/,
  'host names, or `*.example.com`, with commas between them',
);
const word = matching(/^[\w.:/@=+*,-]{1,512}$/, 'without spaces');
const quantity: Reader = (value) =>
  value === '' || isQuantity(value) ? undefined : 'must be a quantity such as `50m`';

const readers = {
  inject: flag,
  [STATUS]: any,
  mode: choice('outbound', 'inbound', 'both'),
  host,
  'sign-host': host,
  name: matching(/^[a-z0-9-]{1,64}$/, 'a signing name'),
  region: matching(/^(?:\*|[a-z0-9-]{1,32}(?:,[a-z0-9-]{1,32})*)$/, 'a region, a list of them, or `*`'),
  'role-arn': matching(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/, 'the ARN of a role'),
  scheme: choice('https', 'http'),
  allow: hosts,
  port,
  'admin-port': port,
  'inbound-port': port,
  'app-port': port,
  'app-protocol': choice('h1', 'h2'),
  'inbound-mode': choice('off', 'shadow', 'enforce'),
  preflight: choice('off', 'shadow', 'enforce'),
  caller: word,
  config: name,
  policies: name,
  stack: file,
  'inbound-policies': files,
  transparent: flag,
  native: flag,
  uid: matching(/^[1-9]\d{0,8}$/, 'a user id above 0'),
  image: matching(/^[\w.:/@-]{1,512}$/, 'the reference of an image'),
  'identity-from': matching(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/, 'the name of a container'),
  'log-level': choice('silent', 'error', 'warn', 'info', 'debug'),
  'access-log': choice('off', 'failed', 'all'),
  'cpu-request': quantity,
  'cpu-limit': quantity,
  'memory-request': quantity,
  'memory-limit': quantity,
} as const satisfies Readonly<Record<string, Reader>>;

/** The name of an annotation of ours, without its prefix. */
type AnnotationName = keyof typeof readers;

/** All of them. */
export const KNOWN_ANNOTATIONS: ReadonlySet<string> = new Set(Object.keys(readers));

/** What a Pod wants, as values of our own annotations, all of them well-formed. */
export type Wish = Readonly<Partial<Record<AnnotationName, string>>>;

/** What the annotations of a Pod come to. */
export type Asked =
  | { readonly kind: 'nothing'; readonly warnings: readonly string[] }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] }
  | { readonly kind: 'wish'; readonly wish: Wish; readonly warnings: readonly string[] };

/** Reads annotations; `defaults` are those that the injector's operator has set for the Pod's namespace. */
export function readAnnotations(
  given: Readonly<Record<string, string>>,
  defaults: Readonly<Record<string, string>>,
): Asked {
  const ours = withoutPrefix(given, ANNOTATION_PREFIX);
  const preset = withoutPrefix(defaults, ANNOTATION_PREFIX);
  const aws = fromAws(given);
  // A Pod's own word wins over AWS's annotations, these over the namespace's.
  const merged = new Map([...preset, ...aws.values, ...ours]);
  if (merged.get('inject') !== 'true' && !isMistake(merged.get('inject'))) {
    const forgotten = !ours.has('inject') && [...ours.keys()].some((key) => key !== STATUS);
    return { kind: 'nothing', warnings: forgotten ? [`${ANNOTATION_PREFIX}inject is not "true": no sidecar`] : [] };
  }
  const nowhere = asksAws(given) && !merged.has('host') ? [`${AWS_PREFIX}host is missing`] : [];
  const problems = [...nowhere, ...[...merged].flatMap(([key, value]) => problemOf(key, value)), ...gaps(merged)];
  if (problems.length > 0) return { kind: 'wrong', problems };
  return { kind: 'wish', wish: Object.fromEntries(merged) as Wish, warnings: aws.warnings };
}

/** Somebody has said something of injection, and it is neither yes nor no. */
const isMistake = (inject: string | undefined): boolean => inject !== undefined && inject !== 'false';

function withoutPrefix(all: Readonly<Record<string, string>>, prefix: string): Map<string, string> {
  const own = Object.entries(all).filter(([key]) => key.startsWith(prefix));
  return new Map(own.map(([key, value]) => [key.slice(prefix.length), value]));
}

/** Why an annotation of ours can't have this value; `name` is without its prefix. */
export function valueProblem(name: string, value: string): string | undefined {
  return isKnown(name) ? readers[name](value) : 'is not known';
}

function problemOf(key: string, value: string): string[] {
  if (!isKnown(key)) return [`unknown annotation ${ANNOTATION_PREFIX}${key.slice(0, 63)}`];
  const problem = valueProblem(key, value);
  return problem === undefined ? [] : [`${ANNOTATION_PREFIX}${key} ${problem}`];
}

const isKnown = (key: string): key is AnnotationName => KNOWN_ANNOTATIONS.has(key);

/** What goes together, or does not. */
function gaps(wish: ReadonlyMap<string, string>): string[] {
  const mode = wish.get('mode') ?? 'outbound';
  const needs = (key: AnnotationName, why: string) =>
    wish.has(key) ? [] : [`${ANNOTATION_PREFIX}${key} is missing: ${why}`];
  const found: string[] = [];
  if (mode === 'inbound' || mode === 'both') {
    found.push(...needs('app-port', `mode ${mode} stands in front of it`));
    const judged = (wish.get('inbound-mode') ?? 'enforce') !== 'off';
    if (judged && !wish.has('config')) found.push(...needs('policies', `mode ${mode} decides by them`));
  }
  if ((wish.get('preflight') ?? 'off') !== 'off' && !wish.has('config')) {
    found.push(...needs('policies', 'preflight asks them'), ...needs('caller', 'preflight asks who calls'));
  }
  for (const what of ['cpu', 'memory']) {
    const more = isMore(wish.get(`${what}-request`) ?? '', wish.get(`${what}-limit`) ?? '');
    if (more) found.push(`${ANNOTATION_PREFIX}${what}-request is more than ${what}-limit`);
  }
  if (wish.get('transparent') === 'true') {
    if (mode === 'inbound') found.push(`${ANNOTATION_PREFIX}transparent is for what goes out, and mode is inbound`);
    if (wish.has('host')) found.push(`${ANNOTATION_PREFIX}transparent and ${ANNOTATION_PREFIX}host cannot both be`);
  }
  return found;
}

/** AWS's annotations in our words. */
function fromAws(given: Readonly<Record<string, string>>): {
  readonly values: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
} {
  const theirs = withoutPrefix(given, AWS_PREFIX);
  const values = new Map<string, string>();
  const warnings: string[] = [];
  if (given[AGENT_INJECT] === 'true') values.set('inject', 'true').set('transparent', 'true');
  else if (AWS_NO.test(theirs.get('inject') ?? '')) values.set('inject', 'false');
  if (!asksAws(given)) return { values, warnings };
  values.set('inject', 'true').set('port', AWS_PORT);
  for (const [key, own] of AWS_NAMES) {
    const value = theirs.get(key)?.trim() ?? '';
    if (value !== '') values.set(own, value);
  }
  if (values.has('name') && values.get('name') !== 'vpc-lattice-svcs') {
    warnings.push(`${AWS_PREFIX}name: payloads are never signed, which services other than VPC Lattice may refuse`);
  }
  if (isMore(MEMORY_TESTED, values.get('memory-limit') ?? '')) {
    warnings.push(`${AWS_PREFIX}memory-limit: the sidecar is another program, tested with ${MEMORY_TESTED}`);
  }
  return { values, warnings };
}

const asksAws = (given: Readonly<Record<string, string>>): boolean => AWS_YES.test(given[`${AWS_PREFIX}inject`] ?? '');

/** Somebody has asked for the sidecar, in whichever words. */
export function asksForSidecar(given: Readonly<Record<string, string>>): boolean {
  return given[`${ANNOTATION_PREFIX}inject`] === 'true' || given[AGENT_INJECT] === 'true' || asksAws(given);
}

/** What AWS's injector takes for yes and for no. */
const AWS_YES = /^(?:y|yes|true|on)$/i;
const AWS_NO = /^(?:n|no|false|off)$/i;
const MEMORY_TESTED = '128Mi';

/** Theirs → ours. `unsigned-payload` is always so here. */
const AWS_NAMES: readonly (readonly [string, AnnotationName])[] = [
  ['host', 'host'],
  ['name', 'name'],
  ['region', 'region'],
  ['role-arn', 'role-arn'],
  ['upstream-url-scheme', 'scheme'],
  ['cpu', 'cpu-request'],
  ['cpu-limit', 'cpu-limit'],
  ['memory', 'memory-request'],
  ['memory-limit', 'memory-limit'],
];
