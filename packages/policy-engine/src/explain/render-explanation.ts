// Prints an explanation for a terminal: the decision, each layer on a line, and below a layer that denies the statements
// that came nearest, element by element. Whatever comes from a request or a policy is escaped first: a path must not be
// able to move the cursor.
import { ASSUMPTIONS, type AssumptionId } from '../assumptions.js';
import type { StatementRef } from '../model.js';
import type {
  ElementExplanation,
  EntryExplanation,
  Explanation,
  LayerExplanation,
  Outcome,
  StatementExplanation,
} from './explanation.js';
import { describeDifference, hintOf, LAYER_NAMES, LAYER_REASONS } from './words.js';

export interface RenderOptions {
  /** ANSI colours; default off. Whether the output is a terminal that wants them is the caller's to know. */
  readonly color?: boolean | undefined;
  /** Show every statement of every layer, not only those that matter. */
  readonly all?: boolean | undefined;
}

type Paint = (text: string) => string;
interface Style {
  readonly good: Paint;
  readonly bad: Paint;
  readonly unsure: Paint;
  readonly dim: Paint;
  readonly strong: Paint;
}

const STATEMENTS_SHOWN = 3;
const ENTRIES_SHOWN = 4;
const TEXT_SHOWN = 160;

const HIDDEN_REASONS: ReadonlySet<string> = new Set(['notAttached', 'notApplicable']);

/** The explanation as lines of text, ending with a line break. */
export function renderExplanation(explanation: Explanation, options: RenderOptions = {}): string {
  const style = styleOf(options.color === true);
  const all = options.all === true;
  const lines = [...heading(explanation, style)];
  for (const layer of explanation.layers) {
    if (all || !HIDDEN_REASONS.has(layer.result.reason)) lines.push(...layerLines(layer, style, all));
  }
  lines.push(...nearMissLines(explanation, style), ...assumptionLines(explanation, style));
  return `${lines.join('\n')}\n`;
}

function heading({ decision, principal, action, resource }: Explanation, style: Style): string[] {
  const isAllowed = decision.decision === 'allow';
  const verdict = isAllowed ? style.good('ALLOW') : style.bad('DENY');
  if (decision.invalidRequest !== undefined) return [`${verdict}  ${printable(decision.message)}`];
  const by =
    decision.deniedBy === undefined
      ? ''
      : `  by the ${LAYER_NAMES[decision.deniedBy]}: ${LAYER_REASONS[decision.reason]}`;
  const message = decision.message === '' ? [] : ['', style.dim(printable(decision.message, Number.POSITIVE_INFINITY))];
  return [
    style.strong(verdict) + by,
    `  caller    ${printable(principal)}`,
    `  action    ${printable(action)}`,
    `  resource  ${printable(resource)}`,
    ...message,
    '',
  ];
}

function layerLines({ layer, result, policies }: LayerExplanation, style: Style, all: boolean): string[] {
  const isDenying = result.effect === 'explicitDeny' || result.effect === 'implicitDeny';
  const mark = isDenying ? style.bad('✗') : result.effect === 'allow' ? style.good('✓') : style.dim('–');
  const lines = [`${mark} ${style.strong(LAYER_NAMES[layer])}  ${LAYER_REASONS[result.reason]}`];
  if (isDenying && result.reason === 'implicitDeny' && policies.length === 0) lines.push('    no policy attached');
  const statements = policies.flatMap((policy) => policy.statements);
  const shown = all ? statements : statementsThatMatter(statements, result.effect);
  for (const statement of shown) {
    lines.push(
      ...statementLines(
        statement,
        style,
        all || (isDenying && !(result.effect === 'explicitDeny' && !statement.applies)),
      ),
    );
  }
  const left = statements.length - shown.length;
  if (isDenying && left > 0)
    lines.push(
      style.dim(`    … and ${left} more that ${result.effect === 'explicitDeny' ? 'do not decide' : 'match less'}`),
    );
  return lines;
}

/** The statements that decided; where none matched, the Allows that came nearest. */
function statementsThatMatter(
  statements: readonly StatementExplanation[],
  effect: string,
): readonly StatementExplanation[] {
  const wanted = effect === 'explicitDeny' ? 'Deny' : 'Allow';
  const relevant = statements.filter(({ statement }) => statement.effect === wanted);
  if (effect !== 'implicitDeny') return relevant.filter(({ applies }) => applies).slice(0, STATEMENTS_SHOWN);
  return [...relevant].sort((left, right) => failures(left) - failures(right)).slice(0, STATEMENTS_SHOWN);
}

function failures({ elements }: StatementExplanation): number {
  return elements.filter(({ outcome }) => outcome !== 'true').length;
}

function statementLines(explained: StatementExplanation, style: Style, withElements: boolean): string[] {
  const { statement, applies, outcome, elements } = explained;
  const verb = applies ? (outcome === 'undecided' ? 'applies, undecided' : 'matches') : 'does not match';
  const line = `    ${statement.effect} ${nameOf(statement)} ${verb}  ${style.dim(placeOf(statement))}`;
  return withElements ? [line, ...elements.flatMap((element) => elementLines(element, style))] : [line];
}

function elementLines(element: ElementExplanation, style: Style): string[] {
  const { operator, key, outcome } = element;
  const hint = hintOf(element);
  const label =
    element.element === 'Condition' ? `${printable(operator ?? '')} ${printable(key ?? '')}` : element.element;
  const line = `      ${mark(outcome, style)} ${label}`;
  const position = style.dim(`${element.line}:${element.column}`);
  if (outcome === 'true') return [`${line}  ${style.dim(shownActual(element))}`];
  const lines = [
    `${line}  ${position}${element.reason === 'undecided' ? '  undecided' : ''}`,
    `          is      ${style.bad(shownActual(element))}`,
    `          wanted  ${wantedText(element)}`,
  ];
  if (hint !== undefined) lines.push(`          hint    ${style.unsure(printable(hint))}`);
  return lines;
}

function wantedText({ wanted, element, operator }: ElementExplanation): string {
  if (wanted.length === 0) return '(an empty list: nothing matches it)';
  const isNegated = element.startsWith('Not') || (operator ?? '').includes('Not');
  const shown = wanted.slice(0, ENTRIES_SHOWN).map(entryText);
  const more = wanted.length > shown.length ? `, or ${wanted.length - shown.length} more` : '';
  return (isNegated ? 'none of ' : '') + shown.join(isNegated ? ', ' : ' or ') + more;
}

function entryText({ text, resolved, variables }: EntryExplanation): string {
  if (variables.length === 0) return printable(text);
  const values = variables.map(
    ({ name, value }) => `${printable(name)} ${value === undefined ? 'has no value' : `= ${printable(value)}`}`,
  );
  return `${printable(text)} (${resolved === undefined ? '' : `→ ${printable(resolved)}; `}${values.join(', ')})`;
}

function shownActual({ actual, key }: ElementExplanation): string {
  if (actual === undefined) return '(absent)';
  if (typeof actual === 'string') return actual === '' && key !== undefined ? '(the empty string)' : printable(actual);
  return `[${actual.map((value) => printable(value)).join(', ')}]`;
}

/** For each layer that denies, the Allow that came nearest; a layer without Allows needs one. */
function nearMissLines({ decision, layers, nearMisses, action }: Explanation, style: Style): string[] {
  const denying = layers.filter(({ result }) => result.effect === 'implicitDeny');
  if (denying.length === 0 || decision.reason === 'explicitDeny') return [];
  const lines = ['', style.strong('What would have to differ')];
  for (const { layer } of denying) {
    const nearest = nearMisses.find(({ statement }) => statement.layer === layer);
    if (nearest === undefined) {
      lines.push(`  ${LAYER_NAMES[layer]}: a policy would have to allow ${printable(action)} on this resource`);
    } else {
      lines.push(
        `  ${LAYER_NAMES[layer]}: for Allow ${nameOf(nearest.statement)} (${placeOf(nearest.statement)}) to match`,
      );
      lines.push(...nearest.differences.map((difference) => `    • ${printable(describeDifference(difference), 400)}`));
    }
  }
  return lines;
}

function assumptionLines({ decision }: Explanation, style: Style): string[] {
  if (decision.assumptions.length === 0) return [];
  const lines = decision.assumptions.map((id) => `  ${id}: ${ASSUMPTIONS[id as AssumptionId] ?? ''}`);
  return ['', style.unsure('Rests on what AWS does not document (docs/evaluation.md):'), ...lines];
}

function nameOf({ sid, index }: StatementRef): string {
  return sid === undefined ? `#${index}` : `"${printable(sid)}"`;
}

function placeOf({ policy, line, column }: StatementRef): string {
  return `${policy === undefined ? '' : `${printable(policy)}:`}${line}:${column}`;
}

function mark(outcome: Outcome, style: Style): string {
  return outcome === 'true' ? style.good('✓') : outcome === 'false' ? style.bad('✗') : style.unsure('?');
}

/** Control, format and bidirectional characters as `\u{…}`; long text is cut in the middle. */
function printable(text: string, length: number = TEXT_SHOWN): string {
  const cut = text.length > length ? `${text.slice(0, length - 40)}…${text.slice(-39)}` : text;
  return cut.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

function styleOf(color: boolean): Style {
  const paint = (code: number): Paint => (color ? (text) => `\u001b[${code}m${text}\u001b[0m` : (text) => text);
  return { good: paint(32), bad: paint(31), unsure: paint(33), dim: paint(2), strong: paint(1) };
}
