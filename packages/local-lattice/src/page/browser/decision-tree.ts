// decision-tree.ts — why a request got its answer: what would have to differ first, then every layer, statement and element.
import { type Child, disclosure, element, factList } from './dom.js';
import type {
  PageDecision,
  PageElement,
  PageExplanation,
  PageLayer,
  PageNearMiss,
  PageSignature,
  PageStatement,
} from './protocol.js';

const MARKS = { yes: '✓', no: '✗', unsure: '?', none: '–' } as const;
const MARK_WORDS = { yes: 'yes: ', no: 'no: ', unsure: 'undecided: ', none: 'not asked: ' } as const;

export function drawExplanation({ facts, refusal, signature, decision }: PageExplanation): HTMLElement {
  return element(
    'div',
    { class: 'explanation' },
    ...(signature === undefined ? [] : drawSignature(signature)),
    ...(decision === undefined ? [] : drawDecision(decision)),
    refusal === undefined || signature !== undefined ? undefined : drawRefusal(refusal, decision !== undefined),
    disclosure(['The request'], [factList(facts)]),
    decision === undefined ? undefined : disclosure(['As text'], [element('pre', {}, decision.text)]),
  );
}

function drawRefusal(refusal: string, wasAllowed: boolean): HTMLElement {
  const title = wasAllowed ? 'No answer of a target' : 'No policy was asked';
  return element('div', {}, element('h3', {}, title), element('p', {}, refusal));
}

function drawSignature({ message, reason, hints, canonicalRequest, stringToSign }: PageSignature): Child[] {
  const steps = [
    ['Canonical request, as it was verified', canonicalRequest],
    ['String to sign', stringToSign],
  ] as const;
  return [
    element('h3', { class: 'refused' }, 'The signature was refused'),
    element('p', {}, element('strong', {}, reason)),
    hints.length === 0 ? undefined : element('ul', {}, ...hints.map((hint) => element('li', {}, hint))),
    element('p', { class: 'quote' }, message),
    ...steps.map(([title, text]) => (text === undefined ? undefined : disclosure([title], [element('pre', {}, text)]))),
  ];
}

function drawDecision({ allowed, heading, message, facts, layers, nearMisses, assumptions }: PageDecision): Child[] {
  return [
    element('h3', { class: allowed ? 'allowed' : 'denied' }, heading),
    factList(facts),
    ...drawNearMisses(nearMisses),
    element('h4', {}, 'Who was asked'),
    element('ul', { class: 'tree' }, ...layers.map((layer) => element('li', {}, drawLayer(layer)))),
    message === '' ? undefined : disclosure(['What the caller is told'], [element('p', { class: 'quote' }, message)]),
    ...(assumptions.length === 0
      ? []
      : [
          element('h4', {}, 'Rests on what AWS does not document'),
          element('ul', {}, ...assumptions.map((text) => element('li', {}, text))),
        ]),
  ];
}

function drawNearMisses(nearMisses: readonly PageNearMiss[]): Child[] {
  if (nearMisses.length === 0) return [];
  const layers = [...new Set(nearMisses.map(({ layer }) => layer))];
  const drawn = layers.map((layer) => {
    const [nearest, ...others] = nearMisses.filter((miss) => miss.layer === layer).map(drawNearMiss);
    const more = others.length === 0 ? undefined : disclosure([`${others.length} more that are farther off`], others);
    return element('li', {}, element('b', {}, layer), nearest, more);
  });
  return [element('h4', {}, 'What would have to differ'), element('ul', { class: 'misses' }, ...drawn)];
}

function drawNearMiss({ title, place, differences }: PageNearMiss): HTMLElement {
  return element(
    'div',
    {},
    'for ',
    element('b', {}, title),
    ' to match ',
    element('span', { class: 'place' }, place),
    element('ul', {}, ...differences.map((text) => element('li', {}, text))),
  );
}

function drawLayer({ name, verdict, mark, decides, statements, more }: PageLayer): HTMLElement {
  const title = [markOf(mark), element('b', {}, name), ` ${verdict}`];
  if (statements.length === 0) return element('div', { class: 'leaf' }, ...title);
  const rest = more === 0 ? undefined : element('li', {}, `… and ${more} more`);
  const drawn = statements.map((statement, index) =>
    element('li', {}, drawStatement(statement, decides && (statement.mark !== 'no' || index === 0))),
  );
  return disclosure(title, [element('ul', {}, ...drawn, rest)], decides);
}

function drawStatement({ title, place, mark, verdict, elements }: PageStatement, open: boolean): HTMLElement {
  const summary = [markOf(mark), `${title} ${verdict} `, element('span', { class: 'place' }, place)];
  return disclosure(summary, [element('ul', {}, ...elements.map(drawElement))], open);
}

function drawElement({ label, mark, actual, wanted, hint, place }: PageElement): HTMLElement {
  if (mark === 'yes')
    return element('li', { class: 'leaf' }, markOf(mark), element('b', {}, label), ' ', value(actual));
  const facts = [
    { name: 'is', value: actual },
    { name: 'wanted', value: wanted },
    ...(hint === undefined ? [] : [{ name: 'hint', value: hint }]),
  ];
  const at = element('span', { class: 'place' }, place);
  return element('li', { class: 'leaf' }, markOf(mark), element('b', {}, label), ' ', at, factList(facts));
}

const value = (text: string): HTMLElement => element('span', { class: 'value' }, text);

function markOf(mark: keyof typeof MARKS): HTMLElement {
  const sign = element('span', { 'aria-hidden': 'true' }, `${MARKS[mark]} `);
  return element('span', { class: `mark ${mark}` }, sign, element('span', { class: 'unseen' }, MARK_WORDS[mark]));
}
