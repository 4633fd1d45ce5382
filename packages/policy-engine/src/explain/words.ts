// An explanation's facts in sentences, for people; the tree itself holds facts only.
import { splitArn } from '../match/arn.js';
import { parseCallerArn } from '../match/caller.js';
import { compileGlob, matchesGlob } from '../match/wildcard.js';
import type { LayerName, LayerResult } from '../model.js';
import type { ElementExplanation } from './explanation.js';

const SUBJECTS: Readonly<Record<ElementExplanation['element'], string>> = {
  Principal: 'the caller',
  NotPrincipal: 'the caller',
  Action: 'the action',
  NotAction: 'the action',
  Resource: 'the resource',
  NotResource: 'the resource',
  Condition: 'the condition',
};

/** Layers as an explanation calls them. */
export const LAYER_NAMES: Readonly<Record<LayerName, string>> = {
  serviceNetwork: 'service network',
  service: 'service',
  identity: 'identity policies',
  permissionsBoundary: 'permissions boundary',
  session: 'session policies',
  scp: 'service control policies',
  rcp: 'resource control policies',
  resource: 'resource policy',
  vpcEndpoint: 'VPC endpoint policy',
};

/** What a layer said, or why it was not asked, as an explanation says it. */
export const LAYER_REASONS: Readonly<Record<LayerResult['reason'], string>> = {
  allowed: 'allows',
  explicitDeny: 'denies explicitly',
  implicitDeny: 'no Allow matches',
  noPolicy: 'auth type AWS_IAM without a policy denies everything',
  authTypeNone: 'not asked: auth type NONE',
  notApplicable: 'not asked: does not apply to this caller',
  notAttached: 'none attached',
  assumedAllowed: 'assumed to allow',
  rcpIgnoredService: 'not asked: RCPs do not cover VPC Lattice',
  rootUser: 'not asked: the root user needs none',
};

const VALUES_SHOWN = 5;

/** One sentence: what is there, and what would have to be. */
export function describeDifference(difference: ElementExplanation): string {
  const { element, key, actual } = difference;
  const found = actual === undefined ? 'is absent' : `is ${quoted([actual].flat())}`;
  return `${key ?? SUBJECTS[element]} ${found}, ${wish(difference)}`;
}

function wish(difference: ElementExplanation): string {
  const { element, operator = element, reason } = difference;
  const wanted = textsOf(difference);
  switch (reason) {
    case 'undecided':
      return `which can't be decided against ${operator} ${quoted(wanted)}`;
    case 'variable-unresolved':
      return `and ${operator} ${quoted(wanted)} has a variable without value`;
    case 'unparsable-value':
      return `which ${operator} can't read`;
    case 'multivalued-without-set-operator':
      return `several values, and ${operator} has no ForAnyValue: or ForAllValues:`;
    case 'unusable-key':
      return 'so that no condition can use it';
    default:
      if (operator === 'Null') return wanted.includes('true') ? 'but must be absent' : 'but must be present';
      return `but must ${operator.includes('Not') ? 'not ' : ''}match ${operator} ${quoted(wanted)}`;
  }
}

function textsOf({ wanted }: ElementExplanation): readonly string[] {
  return wanted.map((entry) => entry.resolved ?? entry.text);
}

function quoted(values: readonly string[]): string {
  if (values.length === 0) return 'nothing';
  const shown = values.slice(0, VALUES_SHOWN).map((value) => `\`${value}\``);
  const more = values.length > shown.length ? ` or ${values.length - shown.length} more` : '';
  return shown.join(' or ') + more;
}

/** A likely cause of a mismatch: mistakes that look right in the policy text. `undefined` when there is none to name. */
export function hintOf(element: ElementExplanation): string | undefined {
  if (element.outcome === 'true') return undefined;
  const texts = textsOf(element);
  switch (element.element) {
    case 'Condition':
      return conditionHint(element, texts);
    case 'Resource':
      return resourceHint(String(element.actual), texts);
    case 'Action':
      return texts.some((text) => text.toLowerCase().startsWith('vpc-lattice:'))
        ? '`vpc-lattice:` is the control plane; requests need `vpc-lattice-svcs:`'
        : undefined;
    case 'Principal':
      return principalHint(String(element.actual), texts);
    default:
      return undefined;
  }
}

function conditionHint(
  { actual, key = '', operator = '' }: ElementExplanation,
  texts: readonly string[],
): string | undefined {
  if (actual === undefined) {
    return key.toLowerCase() === 'aws:sourcevpc' ? 'Lattice has vpc-lattice-svcs:SourceVpc instead' : undefined;
  }
  if (typeof actual !== 'string') {
    return operator.startsWith('For') ? undefined : 'a multivalued key needs ForAnyValue: or ForAllValues:';
  }
  if (!/(?:^|:)string(?!not)/i.test(operator)) return undefined;
  const isLike = /like/i.test(operator);
  if (!isLike && texts.some((text) => text.includes('*') && matchesGlob(compileGlob(text), actual))) {
    return '`*` is literal in this operator; StringLike would match';
  }
  if (texts.some((text) => text.toLowerCase() === actual.toLowerCase())) return 'the texts differ in casing only';
  return texts.some((text) => text.trim() === actual.trim()) ? 'the texts differ in white space only' : undefined;
}

function resourceHint(actual: string, texts: readonly string[]): string | undefined {
  if (texts.some((text) => text.includes(':service/') && actual.startsWith(`${text}/`))) {
    return 'Invoke asks for the service ARN followed by the path: the entry needs `/*` at its end';
  }
  if (texts.some((text) => /^arn:[^:]*:vpc-lattice-svcs:/.test(text))) {
    return 'ARNs of Lattice say `vpc-lattice`, actions say `vpc-lattice-svcs`';
  }
  const isCasing = texts.some((text) => matchesGlob(compileGlob(text.toLowerCase()), actual.toLowerCase()));
  return isCasing ? 'the resource differs in casing only' : undefined;
}

function principalHint(actual: string, texts: readonly string[]): string | undefined {
  if (actual === 'anonymous') return 'the request is not signed';
  const caller = parseCallerArn(actual);
  if (caller === undefined) return undefined;
  for (const text of texts) {
    const [, partition, , , account, resource = ''] = splitArn(text) ?? [];
    const isSameName = resource.slice(resource.lastIndexOf('/') + 1) === caller.name;
    if (isSameName && account !== caller.account) {
      return `the same name in account ${account}; the caller is of account ${caller.account}`;
    }
    if (isSameName && partition !== caller.partition) return 'the partitions differ';
  }
  return undefined;
}
