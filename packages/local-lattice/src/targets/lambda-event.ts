// lambda-event.ts — a request as the JSON that a function gets, in Lattice's two versions (docs/local-lattice.md, Lambda
// events). Pure. Where AWS's documentation and real events differ, the events count.
import type { DeliveredIdentity, DeliveryContext, Fields } from '../model.js';

export type LambdaEventVersion = 'V1' | 'V2';

/** Lattice's event V1, the default. */
export interface LambdaEventV1 {
  readonly raw_path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query_string_parameters: Readonly<Record<string, string>>;
  readonly body: string;
  readonly is_base64_encoded: boolean;
}

/** Lattice's event V2. */
export interface LambdaEventV2 {
  readonly version: '2.0';
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly queryStringParameters: Readonly<Record<string, readonly string[]>>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
  readonly requestContext: LambdaRequestContext;
}

interface LambdaRequestContext {
  readonly serviceNetworkArn: string;
  readonly serviceArn: string;
  readonly targetGroupArn: string;
  readonly identity: Readonly<Record<string, string>>;
  readonly region: string;
  /** Microseconds since 1970, as text. */
  readonly timeEpoch: string;
}

export type LambdaEvent = LambdaEventV1 | LambdaEventV2;

/** What an event is made from: a request whose body has been read. */
export interface EventRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly fields: Fields;
  readonly body: Uint8Array;
  readonly context: DeliveryContext;
}

/** The event of a request. */
export function lambdaEvent(request: EventRequest, version: LambdaEventVersion): LambdaEvent {
  const headers = multimap(request.fields.map(([name, value]) => [name.toLowerCase(), headerText(value)]));
  const parameters = multimap(queryPairs(request.target));
  const { text, encoded } = bodyText(request.body, headers);
  const { method, target } = request;
  // The query string stays on the path, in both versions (LAMBDA-1).
  if (version === 'V1') {
    return {
      raw_path: target,
      method,
      headers: Object.fromEntries(Array.from(headers, ([name, values]) => [name, values.join(',')])),
      query_string_parameters: Object.fromEntries(Array.from(parameters, ([name, [first = '']]) => [name, first])),
      body: text,
      is_base64_encoded: encoded,
    };
  }
  return {
    version: '2.0',
    path: target,
    method,
    headers: Object.fromEntries(Array.from(headers).filter(([name]) => !name.startsWith('x-amzn-lattice-'))),
    queryStringParameters: Object.fromEntries(parameters),
    ...(request.body.length > 0 && { body: text }),
    isBase64Encoded: encoded,
    requestContext: requestContext(request.context),
  };
}

// INVARIANT: names go into Maps and then into own properties, so that `__proto__` is a name like any other.
function multimap(pairs: readonly (readonly [name: string, value: string])[]): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = map.get(name);
    if (values === undefined) map.set(name, [value]);
    else values.push(value);
  }
  return map;
}

/** Names and values of a query, decoded as policies see them (docs/evaluation.md, LATTICE-QUERY). */
function queryPairs(target: string): (readonly [string, string])[] {
  const mark = target.indexOf('?');
  if (mark === -1) return [];
  const pairs = target
    .slice(mark + 1)
    .split('&')
    .filter(Boolean);
  return pairs.map((pair) => {
    const equals = pair.indexOf('=');
    return equals === -1
      ? [decodeQuery(pair), '']
      : [decodeQuery(pair.slice(0, equals)), decodeQuery(pair.slice(equals + 1))];
  });
}

function decodeQuery(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

const TEXT_TYPES: ReadonlySet<string> = new Set(['application/json', 'application/xml', 'application/javascript']);

/** As text when its type says that it is text and nothing has encoded it; else in Base64. */
function bodyText(body: Uint8Array, headers: ReadonlyMap<string, string[]>): { text: string; encoded: boolean } {
  if (body.length === 0) return { text: '', encoded: false };
  const type = (headers.get('content-type')?.[0] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isText = (type.startsWith('text/') || TEXT_TYPES.has(type)) && !headers.has('content-encoding');
  // What says that it is text and isn't UTF-8 would not survive in JSON (LAMBDA-5).
  const text = isText ? utf8Text(body) : undefined;
  if (text !== undefined) return { text, encoded: false };
  return { text: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64'), encoded: true };
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** A field's value holds one character for each byte; most values that are not ASCII are UTF-8. */
function headerText(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII
  if (/^[\x00-\x7f]*$/.test(value)) return value;
  return utf8Text(Buffer.from(value, 'latin1')) ?? value;
}

function requestContext(context: DeliveryContext): LambdaRequestContext {
  const { serviceNetworkArn, serviceArn, targetGroupArn, sourceVpcArn, identity, region, time } = context;
  return {
    serviceNetworkArn,
    serviceArn,
    targetGroupArn,
    identity: {
      ...(sourceVpcArn !== undefined && { sourceVpcArn }),
      ...(identity && identityFields(identity)),
    },
    region,
    timeEpoch: String(time.getTime() * 1000),
  };
}

/** IAM Roles Anywhere puts a certificate's names into these session tags. */
const X509_TAGS: readonly (readonly [tag: string, field: string])[] = [
  ['x509Issuer/OU', 'x509IssuerOu'],
  ['x509SAN/DNS', 'x509SanDns'],
  ['x509SAN/Name/CN', 'x509SanNameCn'],
  ['x509SAN/URI', 'x509SanUri'],
  ['x509Subject/CN', 'x509SubjectCn'],
];

function identityFields({ principal, principalOrgId, sessionName, tags }: DeliveredIdentity): Record<string, string> {
  const fields: Record<string, string> = { type: 'AWS_IAM', principal };
  if (principalOrgId !== undefined) fields.principalOrgID = principalOrgId;
  if (sessionName !== undefined) fields.sessionName = sessionName;
  for (const [tag, field] of X509_TAGS) {
    const value = Object.hasOwn(tags, tag) ? tags[tag] : undefined;
    if (value !== undefined) fields[field] = value;
  }
  return fields;
}
