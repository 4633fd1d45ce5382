// A plain RequestContext: any service's action on any resource.
import { AssumptionLog } from '../assumption-log.js';
import type { ConditionKey } from '../condition/condition-key.js';
import type { Caller } from '../match/caller.js';
import type { KeyValue, OtherResource, RequestState } from '../request-state.js';
import { ContextValues, isRecord, UnreadableRequest } from './context-values.js';
import { principalKeyValue } from './principal-keys.js';
import type { CallerReader } from './read-principal.js';

const ACTION = /^[^\s:*?]+:[^\s:*?]+$/;

export class GenericRequest implements RequestState {
  readonly caller: Caller;
  readonly hasBoundary: boolean;
  readonly action: string;
  readonly actionKey: string;
  readonly resource: string;
  readonly resourceHead = '';
  readonly resourceTail: string;
  readonly otherResources: readonly OtherResource[] = [];
  readonly assumed = new AssumptionLog();
  readonly #context: ContextValues;

  /** @throws UnreadableRequest when `request` is not a RequestContext */
  constructor(request: unknown, callers: CallerReader, hasBoundary: boolean) {
    if (!isRecord(request)) throw new UnreadableRequest('the request must be an object');
    const { principal, action, resource, context } = request;
    this.caller = callers.read(principal);
    if (typeof action !== 'string' || !ACTION.test(action)) {
      throw new UnreadableRequest('action must be `service:Operation`');
    }
    if (typeof resource !== 'string' || resource === '') throw new UnreadableRequest('resource must be a string');
    this.hasBoundary = hasBoundary;
    this.action = action.toLowerCase();
    this.actionKey = this.action.slice(0, this.action.indexOf(':'));
    this.resource = resource;
    this.resourceTail = resource;
    this.#context = new ContextValues(context ?? {}, 'context');
  }

  read(key: ConditionKey): KeyValue {
    const given = this.#context.read(key, this.assumed);
    if (given !== undefined) return given;
    const derived = principalKeyValue(this.caller, key, this.assumed);
    if (derived !== undefined && !key.canonical) this.assumed.push('key-name-folding');
    return derived;
  }
}
