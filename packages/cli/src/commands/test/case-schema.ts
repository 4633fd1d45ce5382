// case-schema.ts: the format of case files (`*.lattice-test.yaml`), as a JSON Schema and as types. `lattice-auth test
// --schema` prints it, for editors.

type LayerWord = 'serviceNetwork' | 'service' | 'identity' | 'permissionsBoundary' | 'session' | 'scp';
type ReasonWord = 'explicitDeny' | 'implicitDeny' | 'noPolicy';

/** One request, as people write it. What is left out is not known to Lattice. */
export interface RequestSpec {
  readonly from?: string;
  readonly to?: string;
  readonly serviceNetwork?: string;
  readonly vpc?: string;
  readonly protocol?: 'http' | 'grpc' | 'tls';
  readonly method?: string;
  readonly path?: string;
  readonly query?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly port?: number;
  readonly sourceIp?: string;
  readonly time?: string;
  readonly context?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

interface DenyExpectation {
  readonly deny: LayerWord;
  readonly reason?: ReasonWord;
  /** The Sid or the index of a statement that decided. */
  readonly statement?: string | number;
}

/** `unreachable`: no network leads there, so that no policy is asked. */
export type ExpectationSpec = 'allow' | 'deny' | 'unreachable' | DenyExpectation;

interface CaseSpec {
  readonly name: string;
  readonly request: RequestSpec;
  readonly expect: ExpectationSpec;
}

/** A row of a matrix: what it is about, and what is expected there. */
export interface MatrixRow {
  readonly principal?: string | readonly string[];
  readonly service?: string | readonly string[];
  readonly method?: string | readonly string[];
  readonly path?: string | readonly string[];
  readonly vpc?: string | readonly string[];
  readonly is: ExpectationSpec;
}

export interface MatrixSpec {
  readonly name: string;
  readonly request?: RequestSpec;
  readonly principals?: readonly string[];
  readonly services?: readonly string[];
  readonly methods?: readonly string[];
  readonly paths?: readonly string[];
  readonly vpcs?: readonly string[];
  readonly expect: readonly MatrixRow[];
}

export interface CaseFileSpec {
  /** Path of the stack file, relative to the case file. */
  readonly stack: string;
  readonly defaults?: RequestSpec;
  readonly cases?: readonly CaseSpec[];
  readonly matrix?: readonly MatrixSpec[];
}

const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', minItems: 1, items: text } as const;
const textOrTexts = {
  type: ['string', 'array'],
  minLength: 1,
  minItems: 1,
  items: text,
} as const;
const valueOrValues = { type: ['string', 'array'], items: { type: 'string' } } as const;

const request = {
  type: 'object',
  additionalProperties: false,
  properties: {
    from: { ...text, description: "a principal's name in the stack, an ARN, or `anonymous`" },
    to: { ...text, description: "a service's name in the stack" },
    serviceNetwork: { ...text, description: 'the network it comes through; needed when there are several' },
    vpc: { ...text, description: "a VPC's name in the stack" },
    protocol: { enum: ['http', 'grpc', 'tls'] },
    method: { ...text, pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", description: 'a method' },
    path: { ...text, pattern: '^/', description: 'a path that begins with `/`' },
    query: { type: ['string', 'object'], additionalProperties: valueOrValues },
    headers: { type: 'object', additionalProperties: valueOrValues },
    port: { type: 'integer', minimum: 1, maximum: 65_535 },
    sourceIp: text,
    time: { type: 'string', format: 'date-time' },
    context: {
      type: 'object',
      additionalProperties: { type: ['string', 'number', 'boolean', 'array'], items: { type: 'string' } },
    },
  },
} as const;

const expectation = {
  if: { type: 'object' },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's keyword
  then: {
    type: 'object',
    additionalProperties: false,
    required: ['deny'],
    properties: {
      deny: { enum: ['serviceNetwork', 'service', 'identity', 'permissionsBoundary', 'session', 'scp'] },
      reason: { enum: ['explicitDeny', 'implicitDeny', 'noPolicy'] },
      statement: { type: ['string', 'integer'], minimum: 0, description: 'a Sid, or the index of a statement' },
    },
  },
  else: { enum: ['allow', 'deny', 'unreachable'] },
} as const;

const row = {
  type: 'object',
  additionalProperties: false,
  required: ['is'],
  properties: {
    principal: textOrTexts,
    service: textOrTexts,
    method: textOrTexts,
    path: textOrTexts,
    vpc: textOrTexts,
    is: expectation,
  },
} as const;

/** JSON Schema of a case file. */
export const CASE_FILE_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'lattice-auth test cases',
  type: 'object',
  additionalProperties: false,
  required: ['stack'],
  properties: {
    stack: { ...text, description: 'path of the stack file, relative to this file' },
    defaults: { ...request, description: 'what the requests below leave out' },
    cases: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'request', 'expect'],
        properties: { name: text, request, expect: expectation },
      },
    },
    matrix: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'expect'],
        properties: {
          name: text,
          request: { ...request, description: 'what all requests of the matrix have in common' },
          principals: texts,
          services: texts,
          methods: texts,
          paths: texts,
          vpcs: texts,
          expect: { type: 'array', minItems: 1, items: row },
        },
      },
    },
  },
} as const;
