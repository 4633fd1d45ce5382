// request-file.ts: the request of `eval`, from a file, from options, or from both.
import type { Principal, RequestContext } from '@lattice-auth/policy-engine';
import { cliError, type FilePlace } from '../../errors.js';
import { type Io, readInput } from '../../io.js';
import { checkShape } from '../../source/check-shape.js';
import { parseYaml } from '../../source/yaml-source.js';
import { gathered, parseKeyValue } from '../condition-keys.js';
import type { EvalFlags } from './command.js';

interface RequestFile {
  readonly principal?: string | Principal;
  readonly action?: string;
  readonly resource?: string;
  readonly context?: RequestContext['context'];
}

const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text } as const;
const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    principal: {
      if: { type: 'object' },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's keyword
      then: {
        type: 'object',
        additionalProperties: false,
        required: ['arn'],
        properties: {
          arn: text,
          uniqueId: text,
          orgId: text,
          orgPaths: texts,
          tags: { type: 'object', additionalProperties: { type: 'string' } },
          sessionName: text,
          roleArn: text,
          federatedBy: text,
          canonicalUserId: text,
          inManagementAccount: { type: 'boolean' },
        },
      },
      else: text,
    },
    action: text,
    resource: text,
    context: {
      type: 'object',
      additionalProperties: { type: ['string', 'number', 'boolean', 'array'], items: { type: 'string' } },
    },
  },
} as const;

/**
 * The request.
 *
 * @throws CliError for a file that is none, or when something is missing.
 */
export async function readRequest(io: Io, name: string | undefined, flags: EvalFlags): Promise<RequestContext> {
  const file = name === undefined ? {} : await readRequestFile(io, name);
  const place = name === undefined ? undefined : { file: name === '-' ? '<stdin>' : name };
  const principal = flags.principal ?? file.principal;
  return {
    principal: principalOf(required(principal, 'principal', place)),
    action: required(flags.action ?? file.action, 'action', place),
    resource: required(flags.resource ?? file.resource, 'resource', place),
    context: { ...file.context, ...gathered((flags.context ?? []).map(parseKeyValue)) },
  };
}

async function readRequestFile(io: Io, name: string): Promise<RequestFile> {
  const source = parseYaml(await readInput(io, name));
  checkShape(source, SCHEMA, 'ERR_CLI_REQUEST');
  return source.value as RequestFile;
}

function principalOf(principal: string | Principal): Principal | 'anonymous' {
  if (typeof principal !== 'string') return principal;
  return principal === 'anonymous' ? principal : { arn: principal };
}

function required<T>(value: T | undefined, name: string, place: FilePlace | undefined): T {
  if (value !== undefined) return value;
  throw cliError('ERR_CLI_REQUEST', `the request lacks \`${name}\``, { place, hint: `pass --${name}` });
}
