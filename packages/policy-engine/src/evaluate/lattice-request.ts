// A request as Lattice sees it: its action, resource and context keys (docs/evaluation.md, LATTICE-ACTION to
// LATTICE-GLOBAL).
import { AssumptionLog } from '../assumption-log.js';
import type { ConditionKey } from '../condition/condition-key.js';
import { parseIpAddress } from '../condition/ip-address.js';
import { ANONYMOUS, type Caller } from '../match/caller.js';
import type { LatticePolicies } from '../model.js';
import { type KeyValue, type OtherResource, type RequestState, UNKNOWN_VALUE } from '../request-state.js';
import { ContextValues, isRecord, UnreadableRequest } from './context-values.js';
import { otherResources } from './lattice-path.js';
import { principalKeyValue } from './principal-keys.js';
import { parseQuery } from './query-values.js';
import { type CallerReader, checkText, isStringList } from './read-principal.js';
import { namesOf, readTag } from './tags.js';

export const INVOKE = 'vpc-lattice-svcs:Invoke';
export const CONNECT = 'vpc-lattice-svcs:Connect';
const ACTION_KEY = 'vpc-lattice-svcs';

const NONE_DECODED: ReadonlySet<string> = new Set();

type Fields = Readonly<Record<string, unknown>>;
type Headers = Readonly<Record<string, string | readonly string[]>>;

export class LatticeRequestState implements RequestState {
  readonly caller: Caller;
  readonly hasBoundary: boolean;
  readonly action: string;
  readonly actionKey = ACTION_KEY;
  readonly resource: string;
  readonly resourceHead: string;
  readonly resourceTail: string;
  readonly otherResources: readonly OtherResource[];
  readonly assumed = new AssumptionLog();
  readonly isInvoke: boolean;
  readonly #policies: LatticePolicies;
  readonly #fields: Fields;
  readonly #path: string;
  readonly #query: string | undefined;
  readonly #context: ContextValues | undefined;
  #queryValues: Readonly<Record<string, readonly string[]>> | undefined;
  #decodedNames: ReadonlySet<string> = NONE_DECODED;

  /** @throws UnreadableRequest when `request` is not a LatticeRequest */
  constructor(request: unknown, policies: LatticePolicies, callers: CallerReader) {
    if (!isRecord(request)) throw new UnreadableRequest('the request must be an object');
    checkFields(request);
    const { protocol, path = '/', query, caller, context } = request;
    const isTls = protocol === 'tls';
    const signer = callers.read(request.principal);
    const target = splitTarget(path === '' ? '/' : (path as string));
    this.caller = isTls ? ANONYMOUS : signer;
    this.hasBoundary = !isTls && isRecord(caller) && caller.permissionsBoundary !== undefined;
    this.isInvoke = !isTls;
    this.action = isTls ? 'vpc-lattice-svcs:connect' : 'vpc-lattice-svcs:invoke';
    this.#policies = policies;
    this.#fields = request;
    this.#path = target.path;
    this.#query = typeof query === 'string' ? query : target.query;
    this.#context = context === undefined ? undefined : new ContextValues(context, 'context');
    this.resourceHead = policies.service.arn;
    this.resourceTail = isTls ? '' : this.#path;
    this.resource = this.resourceHead + this.resourceTail;
    this.otherResources = isTls ? [] : otherResources(policies.service.arn, this.#path, this.#query);
  }

  read(key: ConditionKey): KeyValue {
    const given = this.#context?.read(key, this.assumed);
    if (given !== undefined) return given;
    const derived = this.#derive(key);
    if (derived !== undefined && !key.canonical) this.assumed.push('key-name-folding');
    return derived;
  }

  #derive(key: ConditionKey): KeyValue {
    const { serviceNetwork, service } = this.#policies;
    switch (key.source) {
      case 'vpc-lattice-svcs:ServiceArn':
        return service.arn;
      case 'vpc-lattice-svcs:ServiceNetworkArn':
        return serviceNetwork.arn;
      case 'vpc-lattice-svcs:SourceVpc':
        return this.#fields.sourceVpc as string | undefined;
      case 'vpc-lattice-svcs:SourceVpcOwnerAccount':
        return this.#fields.sourceVpcOwnerAccount as string | undefined;
      case 'vpc-lattice-svcs:Port':
        return this.#fields.port === undefined ? undefined : String(this.#fields.port);
      case 'aws:ResourceTag/':
        return readTag(service.tags, key.name, this.assumed);
      case 'aws:SourceIp':
        this.assumed.push('source-ip');
        return this.#fields.sourceIp as string | undefined;
      case 'aws:CurrentTime':
      case 'aws:EpochTime':
        return this.#time(key);
      case 'global':
        this.assumed.push('global-key-lattice');
        return undefined;
      default:
        return this.isInvoke ? this.#invokeKey(key) : this.#principalKey(key);
    }
  }

  #principalKey(key: ConditionKey): KeyValue {
    return principalKeyValue(this.caller, key, this.assumed);
  }

  /** Keys that only Invoke requests have. */
  #invokeKey(key: ConditionKey): KeyValue {
    const isGrpc = this.#fields.protocol === 'grpc';
    switch (key.source) {
      case 'vpc-lattice-svcs:RequestMethod':
        return isGrpc ? 'POST' : (this.#fields.method as string | undefined);
      case 'vpc-lattice-svcs:RequestPath':
        if (isGrpc || this.caller === ANONYMOUS) this.assumed.push('request-path-key');
        return this.#path;
      case 'vpc-lattice-svcs:RequestHeader/':
        return this.#header(key);
      case 'vpc-lattice-svcs:RequestQueryString/':
        return isGrpc ? undefined : this.#queryValue(key);
      default:
        return this.#principalKey(key);
    }
  }

  #time(key: ConditionKey): KeyValue {
    const time = this.#fields.time as Date | undefined;
    if (time === undefined) {
      this.assumed.push('date-unknown');
      return UNKNOWN_VALUE;
    }
    return key.source === 'aws:CurrentTime' ? time.toISOString() : String(Math.floor(time.getTime() / 1000));
  }

  #header(key: ConditionKey): KeyValue {
    const name = key.name.toLowerCase();
    const values = headerValues((this.#fields.headers ?? {}) as Headers, name);
    if (values === undefined) return undefined;
    if (name !== key.name) this.assumed.push('key-name-folding');
    if (typeof values === 'string') return values;
    this.assumed.push('header-repeated');
    return values.join(', ');
  }

  #queryValue(key: ConditionKey): KeyValue {
    if (this.#queryValues === undefined) {
      const given = this.#fields.query;
      const parsed = isRecord(given) ? undefined : parseQuery(this.#query ?? '');
      this.#queryValues = parsed?.values ?? (given as Readonly<Record<string, readonly string[]>>);
      this.#decodedNames = parsed?.decodedNames ?? NONE_DECODED;
    }
    if (this.#decodedNames.has(key.name.toLowerCase())) this.assumed.push('query-decoding');
    return readTag(this.#queryValues, key.name, this.assumed);
  }
}

/** The value of a header, or several when it was repeated. `wanted` is in lower case. */
function headerValues(headers: Headers, wanted: string): string | readonly string[] | undefined {
  let found: string | readonly string[] | undefined;
  for (const name of namesOf(headers)) {
    if (name !== wanted && name.toLowerCase() !== wanted) continue;
    const given = headers[name] ?? '';
    // A header without a value is not sent; an empty one is.
    if (typeof given !== 'string' && given.length === 0) continue;
    const value = typeof given === 'string' ? trimmed(given) : trimmedList(given);
    found = found === undefined ? value : [found, value].flat();
  }
  return found;
}

/** A list of one value is not a repeated header. */
function trimmedList(values: readonly string[]): string | readonly string[] {
  return values.length > 1 ? values.map(trimmed) : trimmed(values[0] ?? '');
}

/** Without spaces and tabs at both ends. No RegExp: `[ \t]+$` would try each of many inner spaces, at quadratic cost. */
function trimmed(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isBlank(value.charCodeAt(start))) start++;
  while (end > start && isBlank(value.charCodeAt(end - 1))) end--;
  return value.slice(start, end);
}

const isBlank = (code: number): boolean => code === 32 || code === 9;

function splitTarget(target: string): { path: string; query: string | undefined } {
  const mark = target.indexOf('?');
  return mark === -1
    ? { path: target, query: undefined }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** @throws UnreadableRequest for a field of the wrong kind */
function checkFields(request: Fields): void {
  const { method, path, sourceVpc, sourceVpcOwnerAccount, sourceIp } = request;
  checkText(method, 'method');
  checkText(path, 'path');
  checkText(sourceVpc, 'sourceVpc');
  checkText(sourceVpcOwnerAccount, 'sourceVpcOwnerAccount');
  checkText(sourceIp, 'sourceIp');
  // With or without a zone (IP-4). Anything else would get past a Deny with NotIpAddress (COND-8).
  if (typeof sourceIp === 'string' && parseIpAddress(sourceIp.split('%', 1)[0] as string) === undefined) {
    throw new UnreadableRequest('sourceIp must be an IP address');
  }
  const { port, time, protocol, headers, query } = request;
  if (typeof path === 'string' && path !== '' && path[0] !== '/' && path[0] !== '*') {
    throw new UnreadableRequest('path must start with `/`');
  }
  if (port !== undefined && !(Number.isInteger(port) && (port as number) >= 0 && (port as number) <= 65_535)) {
    throw new UnreadableRequest('port must be an integer from 0 to 65535');
  }
  if (time !== undefined && !(time instanceof Date && Number.isFinite(time.getTime()))) {
    throw new UnreadableRequest('time must be a valid Date');
  }
  if (protocol !== undefined && protocol !== 'http' && protocol !== 'grpc' && protocol !== 'tls') {
    throw new UnreadableRequest('protocol must be http, grpc or tls');
  }
  if (headers !== undefined) checkLists(headers, 'headers', true);
  if (query !== undefined && typeof query !== 'string') checkLists(query, 'query', false);
}

function isTextOrList(value: unknown, singleAllowed: boolean): boolean {
  return typeof value === 'string' ? singleAllowed : isStringList(value);
}

function checkLists(record: unknown, where: string, singleAllowed: boolean): void {
  if (!isRecord(record)) throw new UnreadableRequest(`${where} must be an object of names to values`);
  for (const value of Object.values(record)) {
    if (isTextOrList(value, singleAllowed)) continue;
    const name = JSON.stringify(Object.keys(record).find((one) => !isTextOrList(record[one], singleAllowed)));
    throw new UnreadableRequest(`${where}[${name}] must be a ${singleAllowed ? 'string or ' : ''}list of strings`);
  }
}
