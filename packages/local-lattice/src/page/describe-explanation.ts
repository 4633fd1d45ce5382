// describe-explanation.ts — why a request got the answer that it got: the engine's explanation as a tree that the page can
// draw without knowing policies, and the diagnosis of a signature that was refused.
import {
  ASSUMPTIONS,
  type AssumptionId,
  describeDifference,
  type ElementExplanation,
  type EntryExplanation,
  type Explanation,
  hintOf,
  LAYER_NAMES,
  LAYER_REASONS,
  type LayerExplanation,
  type Outcome,
  renderExplanation,
  type StatementExplanation,
  type StatementRef,
} from '@lattice-auth/policy-engine';
import { authorizerFor } from '@lattice-auth/stack';
import type { SeenRequest } from '../model.js';
import type {
  PageDecision,
  PageElement,
  PageExplanation,
  PageFact,
  PageLayer,
  PageMark,
  PageSignature,
  PageStatement,
} from './browser/protocol.js';
import { cut, describeRequest } from './describe-request.js';
import { STATEMENTS_MAX, TEXT_CHARS_MAX } from './limits.js';

export function describeExplanation(seen: SeenRequest): PageExplanation {
  const explanation = explain(seen);
  const decision = explanation && describeDecision(explanation);
  return {
    request: describeRequest(seen),
    facts: factsOf(seen),
    refusal: decision?.allowed === false || seen.refusal === undefined ? undefined : cut(seen.refusal),
    signature: signatureOf(seen),
    decision,
  };
}

/** The stack is that of the request: a reload since then changes nothing about why. */
function explain({ stack, service, serviceNetwork, question }: SeenRequest): Explanation | undefined {
  if (question === undefined || service === undefined || serviceNetwork === undefined) return undefined;
  return authorizerFor(stack, { service, serviceNetwork }).explain(question);
}

function factsOf(seen: SeenRequest): PageFact[] {
  const { tls } = seen;
  const facts: [string, string | undefined][] = [
    ['request id', seen.id],
    ['host', seen.host],
    ['caller', seen.principalArn ?? seen.principal],
    ['from', `${seen.sourceAddress}:${seen.sourcePort}`],
    ['service network', seen.serviceNetwork],
    ['listener', seen.listener],
    ['rule', seen.rule],
    ['target group', seen.targetGroup],
    ['target', seen.targetAddress],
    ['protocol', tls === undefined ? seen.protocol : `${seen.protocol}, ${tls.version}`],
    ['bytes', `${seen.bytesReceived} received, ${seen.bytesSent} sent`],
    ['user agent', seen.userAgent],
  ];
  return facts.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [{ name, value: cut(value) }]));
}

function signatureOf({ signature }: SeenRequest): PageSignature | undefined {
  if (signature?.verification.kind !== 'rejected') return undefined;
  const { message, diagnosis } = signature.verification;
  return {
    message: cut(message),
    reason: cut(diagnosis.reason),
    hints: diagnosis.hints.map((hint) => cut(hint.message)),
    canonicalRequest: diagnosis.canonicalRequest && cut(diagnosis.canonicalRequest),
    stringToSign: diagnosis.stringToSign && cut(diagnosis.stringToSign),
  };
}

function describeDecision(explanation: Explanation): PageDecision {
  const { decision, principal, action, resource, layers, nearMisses } = explanation;
  const allowed = decision.decision === 'allow';
  return {
    allowed,
    heading: headingOf(explanation),
    message: cut(decision.message),
    facts: [
      { name: 'caller', value: cut(principal) },
      { name: 'action', value: cut(action) },
      { name: 'resource', value: cut(resource) },
    ].filter(({ value }) => value !== ''),
    layers: layers.map(describeLayer),
    nearMisses: nearMisses.slice(0, STATEMENTS_MAX).map(({ statement, differences }) => ({
      layer: statement.layer === undefined ? '' : LAYER_NAMES[statement.layer],
      title: titleOf(statement),
      place: placeOf(statement),
      differences: differences.map((difference) => cut(describeDifference(difference))),
    })),
    assumptions: decision.assumptions.map((id) => `${id}: ${ASSUMPTIONS[id as AssumptionId] ?? ''}`),
    text: cut(renderExplanation(explanation), TEXT_CHARS_MAX * 10),
  };
}

function headingOf({ decision }: Explanation): string {
  if (decision.decision === 'allow') return 'Allowed';
  if (decision.deniedBy === undefined) return `Denied: ${decision.invalidRequest ?? 'the request could not be read'}`;
  return `Denied by the ${LAYER_NAMES[decision.deniedBy]}: ${LAYER_REASONS[decision.reason]}`;
}

function describeLayer({ layer, result, policies }: LayerExplanation): PageLayer {
  const { effect } = result;
  const decides = effect === 'explicitDeny' || effect === 'implicitDeny';
  const all = policies.flatMap(({ statements }) => statements);
  // Those that apply first, then those that came nearest: what is left out matters least.
  const sorted = [...all].sort((left, right) => distance(left) - distance(right));
  return {
    name: LAYER_NAMES[layer],
    verdict:
      decides && policies.length === 0 && result.reason === 'implicitDeny'
        ? 'no policy attached'
        : LAYER_REASONS[result.reason],
    mark: decides ? 'no' : effect === 'allow' ? 'yes' : 'none',
    decides,
    statements: sorted.slice(0, STATEMENTS_MAX).map(describeStatement),
    more: Math.max(0, all.length - STATEMENTS_MAX),
  };
}

function distance({ applies, elements }: StatementExplanation): number {
  return applies ? -1 : elements.filter(({ outcome }) => outcome !== 'true').length;
}

function describeStatement({ statement, applies, outcome, elements }: StatementExplanation): PageStatement {
  return {
    title: titleOf(statement),
    place: placeOf(statement),
    mark: applies ? (outcome === 'undecided' ? 'unsure' : 'yes') : 'no',
    verdict: applies ? (outcome === 'undecided' ? 'applies, undecided' : 'matches') : 'does not match',
    elements: elements.map(describeElement),
  };
}

function describeElement(element: ElementExplanation): PageElement {
  const { operator, key, outcome, line, column } = element;
  return {
    label: element.element === 'Condition' ? `${operator ?? ''} ${key ?? ''}` : element.element,
    mark: markOf(outcome),
    actual: cut(actualOf(element)),
    wanted: cut(wantedOf(element)),
    hint: hintOf(element),
    place: `${line}:${column}`,
  };
}

function actualOf({ actual }: ElementExplanation): string {
  if (actual === undefined) return '(absent)';
  if (typeof actual === 'string') return actual === '' ? '(the empty string)' : actual;
  return `[${actual.join(', ')}]`;
}

function wantedOf({ element, operator, wanted }: ElementExplanation): string {
  if (wanted.length === 0) return '(an empty list: nothing matches it)';
  const isNegated = element.startsWith('Not') || (operator ?? '').includes('Not');
  return (isNegated ? 'none of ' : '') + wanted.map(entryOf).join(isNegated ? ', ' : ' or ');
}

function entryOf({ text, resolved, variables }: EntryExplanation): string {
  if (variables.length === 0) return text;
  const values = variables.map(({ name, value }) => `${name} ${value === undefined ? 'has no value' : `= ${value}`}`);
  return `${text} (${resolved === undefined ? '' : `→ ${resolved}; `}${values.join(', ')})`;
}

function markOf(outcome: Outcome): PageMark {
  return { true: 'yes', false: 'no', undecided: 'unsure' }[outcome] as PageMark;
}

function titleOf({ effect, sid, index }: StatementRef): string {
  return `${effect} ${sid === undefined ? `#${index}` : `“${cut(sid, 200)}”`}`;
}

function placeOf({ policy, line, column }: StatementRef): string {
  return `${policy === undefined ? '' : `${policy}:`}${line}:${column}`;
}
