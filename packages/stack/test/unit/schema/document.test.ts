// The JSON Schema and the TypeScript types say the same: one document that uses everything is held against both. The
// compiler wants every property of the types in it and no other; the schema allows no other; and the last test wants
// every property of the schema in it.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { StackDocument } from '../../../src/document.js';
import type {
  ListenerProtocol,
  PrincipalKind,
  TargetGroupType,
  TargetProtocol,
  TargetProtocolVersion,
} from '../../../src/model.js';
import { validateDocument } from '../../../src/schema/validate-document.js';
import { ids } from '../../support/minimal-stack.js';

type Plain = string | number | boolean;
type Full<T> = T extends Plain
  ? T
  : T extends readonly (infer U)[]
    ? Full<U>[]
    : { [K in keyof T]-?: Full<NonNullable<T[K]>> };

const arn = { id: ids.service(1), arn: 'any', account: 'shop', region: 'eu-west-1' };
const full: Full<StackDocument> = {
  $schema: 'stack.schema.json',
  version: 1,
  description: 'everything',
  partition: 'aws',
  region: 'eu-west-1',
  account: 'shop',
  now: '2026-01-01T00:00:00Z',
  accounts: {
    short: '111122223333',
    shop: {
      id: '444455556666',
      organization: { id: 'o-a1b2c3d4e5', paths: ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'], management: false },
      scps: [['scp.json']],
    },
  },
  vpcs: { a: { id: 'vpc-12345678', account: 'shop', cidrs: ['10.0.0.0/16'], tags: { a: 'b' } } },
  serviceNetworks: {
    net: {
      ...arn,
      id: ids.network(1),
      authType: 'AWS_IAM',
      authPolicy: 'network.json',
      tags: { a: 'b' },
      vpcs: ['a'],
      vpcEndpoints: ['a'],
      services: ['api'],
    },
  },
  services: {
    api: {
      ...arn,
      authType: 'NONE',
      authPolicy: { Version: '2012-10-17' },
      tags: { a: 'b' },
      customDomain: 'a.example.com',
      dnsName: 'b.example.com',
      idleTimeoutSeconds: 60,
      listeners: {
        http: {
          protocol: 'HTTP',
          port: 80,
          defaultAction: { forward: [{ targetGroup: 'web', weight: 1 }], fixedResponse: 500 },
          rules: {
            r: {
              priority: 1,
              match: {
                method: 'GET',
                path: { exact: '/a', prefix: '/b', caseSensitive: true },
                headers: [{ name: 'x-a', exact: 'a', prefix: 'b', contains: 'c', caseSensitive: false }],
              },
              action: { forward: [{ targetGroup: 'web', weight: 0 }], fixedResponse: 404 },
            },
          },
        },
      },
    },
  },
  targetGroups: {
    web: {
      ...arn,
      id: ids.group(1),
      type: 'IP',
      protocol: 'HTTP',
      protocolVersion: 'HTTP1',
      port: 80,
      vpc: 'a',
      lambdaEventVersion: 'V1',
      targets: [{ id: '10.0.0.1', port: 8080 }],
      tags: { a: 'b' },
    },
  },
  principals: {
    web: {
      arn: 'arn:aws:iam::111122223333:role/web',
      kind: 'role',
      uniqueId: 'AROAEXAMPLE',
      sessionName: 'abc',
      roleArn: 'any',
      federatedBy: 'any',
      organization: { id: 'o-a1b2c3d4e5', paths: [], management: true },
      tags: { a: 'b' },
      vpc: 'a',
      sourceIp: '10.0.0.1',
      policies: { identity: ['a.json'], permissionsBoundary: 'b.json', session: ['c.json'], scps: [['d.json']] },
    },
    free: {
      arn: 'lambda.amazonaws.com',
      kind: 'service',
      uniqueId: 'AIDAEXAMPLE:session',
      sessionName: 'abc',
      roleArn: 'any',
      federatedBy: 'any',
      organization: { id: 'o-a1b2c3d4e5', paths: [], management: true },
      tags: {},
      vpc: 'a',
      sourceIp: '::1',
      policies: 'assume-allowed',
    },
  },
  local: {
    vpcs: { a: { address: '127.0.1.1', port: 8101 } },
    vpcHeader: 'x-vpc',
    defaultVpc: 'a',
    credentials: { web: { accessKeyId: 'AKIALOCALEXAMPLE', secretAccessKey: 'secret' } },
    targetGroups: {
      web: {
        targets: [
          { url: 'http://127.0.0.1:8081' },
          { command: ['node', 'server.mjs'], runtime: 'http', port: 8082, cwd: 'web', env: { MODE: 'test' } },
          { lambda: 'function.mjs#handler' },
        ],
        healthCheck: {
          path: '/health',
          intervalMs: 1_000,
          timeoutMs: 500,
          healthyThreshold: 2,
          unhealthyThreshold: 2,
          matcher: '200-299',
        },
      },
    },
  },
};

test('the schema allows everything that the types have', () => {
  expect(validateDocument(full)).toEqual([]);
});

type Schema = Readonly<Record<string, unknown>>;
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;
const root = JSON.parse(
  readFileSync(new URL('../../../schema/stack.schema.json', import.meta.url), 'utf8'),
) as Schema & {
  definitions: Record<string, Schema>;
};

/** A schema with its reference followed. */
function resolved(schema: Schema): Schema {
  const all = Array.isArray(schema.allOf) ? schema.allOf.filter(isSchema) : [];
  const parts = [schema, ...all].map((part) => {
    const name = typeof part.$ref === 'string' ? part.$ref.replace('#/definitions/', '') : undefined;
    return name === undefined ? part : (root.definitions[name] ?? {});
  });
  return Object.assign({}, ...parts);
}

/** Properties of the schema that none of the values has. */
function unusedProperties(written: Schema, values: readonly unknown[], path: string): string[] {
  const schema = resolved(written);
  const objects = values.filter(isSchema);
  const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : [];
  const below = properties.flatMap(([name, inner]) => {
    const found = objects.map((value) => value[name]).filter((value) => value !== undefined);
    if (found.length === 0) return [`${path}/${name}`];
    return isSchema(inner) ? unusedProperties(inner, found, `${path}/${name}`) : [];
  });
  const others = isSchema(schema.additionalProperties) ? schema.additionalProperties : undefined;
  const items = isSchema(schema.items) ? schema.items : undefined;
  return [
    ...below,
    ...(others
      ? unusedProperties(
          others,
          objects.flatMap((value) => Object.values(value)),
          `${path}/*`,
        )
      : []),
    ...(items
      ? unusedProperties(
          items,
          values.flatMap((value) => (Array.isArray(value) ? value : [])),
          `${path}/0`,
        )
      : []),
  ];
}

test('the types have everything that the schema allows', () => {
  expect(unusedProperties(root, [full], '')).toEqual([]);
});

const words = {
  listener: { HTTP: 1, HTTPS: 1, TLS_PASSTHROUGH: 1 } satisfies Record<ListenerProtocol, 1>,
  principal: {
    role: 1,
    session: 1,
    user: 1,
    root: 1,
    federatedUser: 1,
    identityProvider: 1,
    service: 1,
  } satisfies Record<PrincipalKind, 1>,
  type: { IP: 1, INSTANCE: 1, ALB: 1, LAMBDA: 1 } satisfies Record<TargetGroupType, 1>,
  target: { HTTP: 1, HTTPS: 1, TCP: 1 } satisfies Record<TargetProtocol, 1>,
  version: { HTTP1: 1, HTTP2: 1, GRPC: 1 } satisfies Record<TargetProtocolVersion, 1>,
};

test.each([
  ['listener', 'protocol', words.listener],
  ['principal', 'kind', words.principal],
  ['targetGroup', 'type', words.type],
  ['targetGroup', 'protocol', words.target],
  ['targetGroup', 'protocolVersion', words.version],
])('%s.%s has the same words', (definition, property, allowed) => {
  const properties = root.definitions[definition]?.properties as Record<string, { enum: string[] }> | undefined;
  expect(properties?.[property]?.enum).toEqual(Object.keys(allowed));
});

test('every property says what it is', () => {
  const silent: string[] = [];
  const visit = (schema: Schema, path: string) => {
    for (const [name, inner] of Object.entries(isSchema(schema.properties) ? schema.properties : {})) {
      if (!isSchema(inner)) continue;
      if (resolved(inner).description === undefined) silent.push(`${path}/${name}`);
      visit(inner, `${path}/${name}`);
    }
    for (const key of ['items', 'additionalProperties']) {
      if (isSchema(schema[key])) visit(schema[key], `${path}/${key}`);
    }
  };
  visit(root, '');
  for (const [name, definition] of Object.entries(root.definitions)) visit(definition, name);
  expect(silent).toEqual([]);
});
