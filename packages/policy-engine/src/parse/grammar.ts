// What the parsers of elements share: the kind of policy, where problems go, and how nodes become places.
import type { Place, PolicyType } from '../model.js';
import type { JsonNode, JsonObject, JsonScalar } from './json-reader.js';
import type { Extent, Report } from './problems.js';

export interface Grammar {
  readonly type: PolicyType;
  /** Version 2012-10-17: `${…}` is a policy variable. */
  readonly variables: boolean;
  readonly report: Report;
  readonly placeOf: (extent: Extent) => Place;
}

/** The strings of an element that is one string or a list of them. What is of another type, the shape has reported. */
export function stringsOf(node: JsonNode | undefined): JsonScalar[] {
  const nodes = node?.kind === 'array' ? node.items : node === undefined ? [] : [node];
  return nodes.filter((item): item is JsonScalar => item.kind === 'string');
}

/** One of a pair such as Action and NotAction. */
export interface Element {
  readonly name: string;
  readonly negated: boolean;
  readonly key: JsonScalar;
  readonly value: JsonNode;
}

/** The element `name` or its Not form; both at once is a problem. */
export function elementOf(statement: JsonObject, name: string, { report }: Grammar): Element | undefined {
  const plain = statement.members.get(name);
  const negated = statement.members.get(`Not${name}`);
  if (plain && negated) {
    report(
      'UNSUPPORTED_ELEMENT_COMBINATION',
      negated.key,
      `\`Not${name}\` beside \`${name}\`: only one of them can be used`,
    );
  }
  const member = plain ?? negated;
  return member && { name: member.key.text, negated: member === negated, ...member };
}
