// Near misses: for each Allow that failed, what would have to differ. Elements are joined by AND, so that the smallest
// set is exactly the failing ones; within an element any one entry is enough.
import type {
  Difference,
  ElementExplanation,
  LayerExplanation,
  NearMiss,
  StatementExplanation,
} from './explanation.js';

/** Failed Allows of the given layers, in the layers' order, fewest differences first. */
export function nearMisses(layers: readonly LayerExplanation[]): readonly NearMiss[] {
  return layers.flatMap((layer) =>
    layer.policies
      .flatMap((policy) => policy.statements)
      .filter((statement) => statement.statement.effect === 'Allow' && !statement.applies)
      .map(nearMiss)
      .sort((left, right) => left.differences.length - right.differences.length),
  );
}

function nearMiss(statement: StatementExplanation): NearMiss {
  return {
    statement: statement.statement,
    differences: statement.elements.filter((element) => element.outcome !== 'true').map(difference),
  };
}

function difference(element: ElementExplanation): Difference {
  const wanted = element.wanted.map((entry) => entry.resolved ?? entry.text);
  const negated = element.element.startsWith('Not') || /Not/.test(element.operator ?? '');
  return {
    element: element.element,
    reason: element.reason,
    key: element.key,
    operator: element.operator,
    actual: element.actual,
    wanted,
    negated,
    message: messageOf(element, wanted, negated),
    pointer: element.pointer,
    line: element.line,
    column: element.column,
  };
}

const SUBJECTS: Readonly<Record<string, string>> = {
  Principal: 'the caller',
  NotPrincipal: 'the caller',
  Action: 'the action',
  NotAction: 'the action',
  Resource: 'the resource',
  NotResource: 'the resource',
};

function messageOf(element: ElementExplanation, wanted: readonly string[], negated: boolean): string {
  const subject = element.key ?? SUBJECTS[element.element] ?? '';
  const actual = element.actual === undefined ? 'is absent' : `is ${quoted([element.actual].flat())}`;
  return `${subject} ${actual}, ${wish(element, wanted, negated)}`;
}

function wish(element: ElementExplanation, wanted: readonly string[], negated: boolean): string {
  const operator = element.operator ?? element.element;
  if (element.reason === 'undecided') return `which can't be decided against ${operator} ${quoted(wanted)}`;
  if (element.reason === 'variable-unresolved') return `and ${operator} ${quoted(wanted)} has a variable without value`;
  if (element.reason === 'unparsable-value') return `which ${operator} can't read`;
  if (element.reason === 'multivalued-without-set-operator')
    return `several values, and ${operator} has no ForAnyValue: or ForAllValues:`;
  if (operator === 'Null') return wanted.includes('true') ? 'but must be absent' : 'but must be present';
  return negated ? `but must not match ${operator} ${quoted(wanted)}` : `but must match ${operator} ${quoted(wanted)}`;
}

/** At most five, so that the sentence stays one. */
function quoted(values: readonly string[]): string {
  if (values.length === 0) return 'nothing';
  const shown = values.slice(0, 5).map((value) => `\`${value}\``);
  const more = values.length > shown.length ? ` or ${values.length - shown.length} more` : '';
  return shown.join(' or ') + more;
}
