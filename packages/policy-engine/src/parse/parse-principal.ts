// Principal and NotPrincipal: who a statement is about (docs/evaluation.md, PARSE-PRINCIPAL). Only resource-side policies have
// them. A principal that could never match anybody is an error here: in a Deny it would let everybody in.
import type { ElementList, PrincipalEntry, PrincipalKind } from '../model.js';
import { quote } from '../quote.js';
import { type Element, elementOf, type Grammar, stringsOf } from './grammar.js';
import type { JsonObject, JsonScalar } from './json-reader.js';

/** Policies of the caller's side say nothing about who: they are attached to the caller. */
const CALLER_SIDE: ReadonlySet<string> = new Set(['identity', 'permissionsBoundary', 'session', 'scp']);

const ACCOUNT = /^\d{12}$/;
const PROVIDER = /^arn:aws[\w-]*:iam::\d{12}:(?:oidc|saml)-provider\/[!-~]+$/;
const IAM_IDENTITY = /^arn:aws[\w-]*:iam::\d{12}:(?:root|(?:user|role)\/(?:[!-~]*\/)?[\w+=,.@-]+)$/;
const STS_SESSION = /^arn:aws[\w-]*:sts::\d{12}:(?:assumed-role\/[\w+=,.@-]+|federated-user)\/[\w+=,.@-]+$/;
// What CloudFront puts into the policies of S3 buckets; no caller of anything else is one.
const CLOUDFRONT = /^arn:aws[\w-]*:iam::cloudfront:user\/CloudFront Origin Access Identity \w+$/;
const DOMAIN_NAME = /^[\w-]+(?:\.[\w-]+)+$/;

/** What may stand under each key of the element; `*` is looked at before. */
const FORMS: Readonly<Record<PrincipalKind, readonly RegExp[]>> = {
  AWS: [ACCOUNT, /^A(?:ID|RO)A[A-Z0-9]+$/, IAM_IDENTITY, STS_SESSION, PROVIDER, CLOUDFRONT],
  Service: [DOMAIN_NAME],
  Federated: [PROVIDER, DOMAIN_NAME],
  CanonicalUser: [/^[\dA-Za-z]+$/],
};

const isKind = (key: string): key is PrincipalKind => Object.hasOwn(FORMS, key);

/** The Principal or NotPrincipal of a statement; problems are reported. */
export function parsePrincipal(statement: JsonObject, grammar: Grammar): ElementList<PrincipalEntry> | undefined {
  const { report, type } = grammar;
  const element = elementOf(statement, 'Principal', grammar);
  if (!CALLER_SIDE.has(type)) {
    if (!element) report('MISSING_PRINCIPAL', statement, 'statement without `Principal`');
    return element && parseElement(element, grammar);
  }
  if (element) report('UNSUPPORTED_PRINCIPAL', element.key, `\`${element.name}\` in a policy of type \`${type}\``);
  return undefined;
}

function parseElement(element: Element, grammar: Grammar): ElementList<PrincipalEntry> {
  const { report, type } = grammar;
  const { value, negated } = element;
  const entries = value.kind === 'object' ? keyedEntries(value, grammar) : bareEntry(value, grammar);
  if (type === 'rcp' && (negated || entries.some((entry) => entry.text !== '*'))) {
    report('UNSUPPORTED_PRINCIPAL', element.key, 'a resource control policy can only have the principal `*`');
  }
  // Nobody excepted would be everybody: never what was meant.
  if (negated && value.kind === 'object' && [...value.members.values()].every((member) => isEmptyArray(member.value))) {
    report('EMPTY_ARRAY_NOT_PRINCIPAL', value, '`NotPrincipal` without any principal');
  }
  return { ...grammar.placeOf(value), negated, entries };
}

const isEmptyArray = (node: Element['value']) => node.kind === 'array' && node.items.length === 0;

function keyedEntries(value: JsonObject, grammar: Grammar): PrincipalEntry[] {
  return [...value.members].flatMap(([kind, member]) => {
    if (!isKind(kind)) return [];
    return stringsOf(member.value).map((node) => {
      checkPrincipal(kind, node, grammar);
      return { ...grammar.placeOf(node), text: node.text, kind, bare: false };
    });
  });
}

/** `"Principal": "*"`; a bare account number is not in IAM's grammar, but in published Lattice policies. */
function bareEntry(value: Element['value'], { report, placeOf }: Grammar): PrincipalEntry[] {
  return stringsOf(value).map((node) => {
    if (node.text !== '*' && !ACCOUNT.test(node.text)) {
      const message = `${quote(node.text)} without a key; a principal other than \`*\` is written as \`{ "AWS": … }\``;
      report('INVALID_PRINCIPAL_FORMAT', node, message);
    }
    return { ...placeOf(node), text: node.text, kind: 'AWS', bare: true };
  });
}

function checkPrincipal(kind: PrincipalKind, node: JsonScalar, { report }: Grammar): void {
  const { text } = node;
  if (kind === 'AWS' && text === '*') return;
  if (/[*?]/.test(text)) {
    const message = `wildcard in the principal ${quote(text)}; only a lone \`*\` under \`AWS\` stands for everybody`;
    report('UNSUPPORTED_WILDCARD_IN_PRINCIPAL', node, message);
  } else if (!FORMS[kind].some((form) => form.test(text))) {
    const reason = /:group\//.test(text)
      ? 'a group is not a principal'
      : `not the form of a principal of type \`${kind}\``;
    report('INVALID_PRINCIPAL_FORMAT', node, `${quote(text)}: ${reason}`);
  }
}
