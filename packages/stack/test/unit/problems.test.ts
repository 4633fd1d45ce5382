// Every way in which a stack file can be wrong, with the code, the words, and the place. `▶` marks the place.
import { expect, test } from 'vitest';
import type { StackErrorCode } from '../../src/index.js';
import { ids, minimalStack, problemsOf, unmark } from '../support/minimal-stack.js';

interface Row {
  readonly name: string;
  readonly marked: string;
  readonly code: StackErrorCode;
  readonly message: string | RegExp;
  readonly pointer?: string;
  readonly policies?: Readonly<Record<string, string>>;
}

const services = (text: string) => minimalStack('', text);
const top = (text: string) => minimalStack(text);
const listener = (text: string) => services(`    customDomain: a.example.com\n    listeners:\n${text}`) + GROUPS;
const GROUPS = `targetGroups:
  web: { type: IP, protocol: HTTP }
  two: { type: IP, protocol: HTTP }
  tcp: { type: IP, protocol: TCP }
  fn: { type: LAMBDA }
`;

const syntax: Row[] = [
  { name: 'not YAML', marked: 'services: ▶}\n', code: 'ERR_STACK_SYNTAX', message: /unexpected/i },
  {
    name: 'two documents',
    marked: 'a: 1\n▶---\nb: 1\n',
    code: 'ERR_STACK_SYNTAX',
    message: 'more than one document in the file',
  },
  {
    name: 'YAML 1.1',
    marked: '▶%YAML 1.1\n---\na: 1\n',
    code: 'ERR_STACK_SYNTAX',
    message: 'only YAML 1.2 is read, not 1.1',
  },
  { name: 'a custom tag', marked: 'services: ▶!thing x\n', code: 'ERR_STACK_SYNTAX', message: /!thing/ },
  { name: 'a tag of YAML 1.1', marked: 'services: !!binary ▶aGk=\n', code: 'ERR_STACK_SYNTAX', message: /binary/ },
  {
    name: 'an unknown alias',
    marked: 'services: ▶*nothing\n',
    code: 'ERR_STACK_SYNTAX',
    message: 'no anchor `nothing` stands before this alias',
  },
  {
    name: 'an alias within its own anchor',
    marked: 'services: &a { b: ▶*a }\n',
    code: 'ERR_STACK_SYNTAX',
    message: 'no anchor `a` stands before this alias',
  },
  {
    name: 'a number as a key',
    marked: 'services:\n  ▶12: {}\n',
    code: 'ERR_STACK_SYNTAX',
    message: 'the key `12` is not text: put it in quotes',
  },
  {
    name: 'a list as a key',
    marked: 'services:\n  ? ▶[a]\n  : {}\n',
    code: 'ERR_STACK_SYNTAX',
    message: 'a key that is not plain text',
  },
  {
    name: 'a key twice',
    marked: 'services:\n  api: {}\n  ▶api: {}\n',
    code: 'ERR_STACK_DUPLICATE_KEY',
    message: '`api` stands here twice',
  },
  {
    name: 'a key twice in JSON',
    marked: '{"services": {"a": {}, ▶"a": {}}}',
    code: 'ERR_STACK_DUPLICATE_KEY',
    message: '`a` stands here twice',
  },
  {
    name: 'too deep',
    marked: `services:\n  ${'['.repeat(64)}▶[]${']'.repeat(64)}\n`,
    code: 'ERR_STACK_LIMIT',
    message: 'nested deeper than 64 levels',
  },
  {
    name: 'too long',
    marked: `▶#${' '.repeat(1_048_576)}`,
    code: 'ERR_STACK_LIMIT',
    message: 'the file is longer than 1048576 characters',
  },
];

const schema: Row[] = [
  {
    name: 'an empty file',
    marked: '▶',
    code: 'ERR_STACK_SCHEMA',
    message: 'must be a mapping, not empty',
    pointer: '',
  },
  { name: 'a list', marked: '▶- a\n', code: 'ERR_STACK_SCHEMA', message: 'must be a mapping, not a list' },
  {
    name: 'no services',
    marked: '▶serviceNetworks: {}\n',
    code: 'ERR_STACK_SCHEMA',
    message: '`services` is missing',
    pointer: '',
  },
  {
    name: 'an unknown section',
    marked: top('▶vpc: {}\n'),
    code: 'ERR_STACK_SCHEMA',
    message: 'unknown property `vpc`; did you mean `vpcs`?',
    pointer: '/vpc',
  },
  {
    name: 'an unknown property',
    marked: services('    ▶authTyp: NONE\n'),
    code: 'ERR_STACK_SCHEMA',
    message: 'unknown property `authTyp`; did you mean `authType`?',
    pointer: '/services/api/authTyp',
  },
  {
    name: 'a merge key',
    marked: services('    ▶<<: {}\n'),
    code: 'ERR_STACK_SCHEMA',
    message: 'unknown property `<<`; YAML 1.2 has no merge keys',
  },
  {
    name: 'a section of the wrong kind',
    marked: top('vpcs: ▶[a]\n'),
    code: 'ERR_STACK_SCHEMA',
    message: 'must be a mapping, not a list',
  },
  {
    name: 'an account id that YAML took for a number',
    marked: top('accounts: { one: ▶123456789012 }\n'),
    code: 'ERR_STACK_SCHEMA',
    message: 'must be text or a mapping, not a number: put it in quotes',
  },
  {
    name: 'a missing id',
    marked: top('vpcs:\n  ▶a: { cidrs: [] }\n'),
    code: 'ERR_STACK_SCHEMA',
    message: '`id` is missing',
    pointer: '/vpcs/a',
  },
  {
    name: 'a wrong word',
    marked: services('    authType: ▶IAM\n'),
    code: 'ERR_STACK_VALUE',
    message: '`authType` must be `NONE` or `AWS_IAM`, not `IAM`',
  },
  {
    name: 'another version',
    marked: top('version: ▶2\n'),
    code: 'ERR_STACK_VALUE',
    message: '`version` must be `1`, not `2`',
  },
  {
    name: 'a malformed name',
    marked: top('vpcs:\n  ▶-a: { id: vpc-12345678 }\n'),
    code: 'ERR_STACK_VALUE',
    message: /^`-a` is not a name/,
  },
  {
    name: 'a fraction for a port',
    marked: listener('      l: { protocol: HTTP, port: ▶80.5, defaultAction: { fixedResponse: 404 } }\n'),
    code: 'ERR_STACK_SCHEMA',
    message: 'must be a whole number, not a number',
  },
];

const values: Row[] = [
  {
    name: 'a service id',
    marked: minimalStack().replace(ids.service(1), '▶svc-1'),
    code: 'ERR_STACK_VALUE',
    message: '`svc-1` is not a service id: `svc-` and 17 digits or lower-case letters',
  },
  {
    name: 'a network id',
    marked: minimalStack().replace(ids.network(1), '▶sn-X'),
    code: 'ERR_STACK_VALUE',
    message: /is not a service network id/,
  },
  {
    name: 'a VPC id',
    marked: top('vpcs: { a: { id: ▶vpc-xyz } }\n'),
    code: 'ERR_STACK_VALUE',
    message: /is not a VPC id/,
  },
  {
    name: 'an account id',
    marked: top('accounts: { one: { id: ▶"1234" } }\n'),
    code: 'ERR_STACK_VALUE',
    message: '`1234` is not an account id: 12 digits, in quotes',
  },
  {
    name: 'an account id in short',
    marked: top('accounts: { one: ▶"1234" }\n'),
    code: 'ERR_STACK_VALUE',
    message: '`1234` is not an account id: 12 digits, in quotes',
  },
  {
    name: 'a region',
    marked: minimalStack().replace('eu-west-1', '▶europe'),
    code: 'ERR_STACK_VALUE',
    message: '`europe` is not a region such as `eu-west-1`',
  },
  { name: 'a time', marked: top('now: ▶yesterday\n'), code: 'ERR_STACK_VALUE', message: /is not a time with its zone/ },
  {
    name: 'a time without zone',
    marked: top('now: ▶2026-01-01T00:00:00\n'),
    code: 'ERR_STACK_VALUE',
    message: /is not a time with its zone/,
  },
  {
    name: 'a time that no calendar has',
    marked: top('now: ▶2026-13-01T00:00:00Z\n'),
    code: 'ERR_STACK_VALUE',
    message: /is not a time that a calendar has/,
  },
  {
    name: 'a CIDR',
    marked: top('vpcs: { a: { id: vpc-12345678, cidrs: [10.0.0.0/16, ▶10.0.0.0/33] } }\n'),
    code: 'ERR_STACK_VALUE',
    message: '`10.0.0.0/33` is not a CIDR such as `10.0.0.0/16`',
    pointer: '/vpcs/a/cidrs/1',
  },
  {
    name: 'an address where a range is due',
    marked: top('vpcs: { a: { id: vpc-12345678, cidrs: [▶10.0.0.1] } }\n'),
    code: 'ERR_STACK_VALUE',
    message: /is not a CIDR/,
  },
  {
    name: 'a service ARN',
    marked: minimalStack().replace(
      `id: ${ids.service(1)}`,
      `arn: ▶arn:aws:vpc-lattice:eu-west-1:111122223333:service/api`,
    ),
    code: 'ERR_STACK_VALUE',
    message: /is not the ARN of a service$/,
  },
  {
    name: "a network's ARN for a service",
    marked: minimalStack().replace(
      `id: ${ids.service(1)}`,
      `arn: ▶arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/${ids.network(1)}`,
    ),
    code: 'ERR_STACK_VALUE',
    message: /is not the ARN of a service$/,
  },
  {
    name: 'a custom domain',
    marked: services('    customDomain: ▶Not_A_Domain\n'),
    code: 'ERR_STACK_VALUE',
    message: '`Not_A_Domain` is not a domain name in lower case',
  },
  {
    name: "a caller's ARN",
    marked: top('principals: { web: { arn: ▶arn:aws:s3:::bucket } }\n'),
    code: 'ERR_STACK_VALUE',
    message: /is not the ARN of a role/,
  },
  {
    name: "a caller's address",
    marked: top('principals: { web: { arn: lambda.amazonaws.com, sourceIp: ▶10.0.0.256 } }\n'),
    code: 'ERR_STACK_VALUE',
    message: '`10.0.0.256` is not an IP address',
  },
  {
    name: 'the name of the unsigned',
    marked: top('principals: { ▶anonymous: { arn: lambda.amazonaws.com } }\n'),
    code: 'ERR_STACK_VALUE',
    message: '`anonymous` is every unsigned caller and can not be defined',
  },
  {
    name: 'an organization',
    marked: top('principals: { web: { arn: lambda.amazonaws.com, organization: { id: ▶o-1 } } }\n'),
    code: 'ERR_STACK_VALUE',
    message: /is not an organization id/,
  },
  {
    name: 'a port of 0',
    marked: listener('      l: { protocol: HTTP, port: ▶0, defaultAction: { fixedResponse: 404 } }\n'),
    code: 'ERR_STACK_VALUE',
    message: 'must be at least 1',
  },
  {
    name: 'a port too high',
    marked: listener('      l: { protocol: HTTP, port: ▶65536, defaultAction: { fixedResponse: 404 } }\n'),
    code: 'ERR_STACK_VALUE',
    message: 'must be at most 65535',
  },
  {
    name: 'a fixed response that Lattice has not',
    marked: listener('      l: { protocol: HTTP, defaultAction: { fixedResponse: ▶403 } }\n'),
    code: 'ERR_STACK_VALUE',
    message: '`fixedResponse` must be `404` or `500`, not `403`',
  },
  {
    name: 'a target address',
    marked: top('targetGroups: { web: { type: IP, protocol: HTTP, targets: [{ id: ▶web-1 }] } }\n'),
    code: 'ERR_STACK_VALUE',
    message: '`web-1` is not an IP address',
  },
];

const rule = (text: string) =>
  listener(`      l: { protocol: HTTP, defaultAction: { fixedResponse: 404 }, rules: { r: ${text} } }\n`);
const rules: Row[] = [
  {
    name: 'an idle timeout below the least',
    marked: services('    idleTimeoutSeconds: ▶59\n'),
    code: 'ERR_STACK_VALUE',
    message: 'must be at least 60',
  },
  {
    name: 'an idle timeout above the most',
    marked: services('    idleTimeoutSeconds: ▶601\n'),
    code: 'ERR_STACK_VALUE',
    message: 'must be at most 600',
  },
  {
    name: 'priority 0',
    marked: rule('{ priority: ▶0, match: { method: GET }, action: { fixedResponse: 404 } }'),
    code: 'ERR_STACK_VALUE',
    message: 'must be at least 1',
  },
  {
    name: 'priority 2001',
    marked: rule('{ priority: ▶2001, match: { method: GET }, action: { fixedResponse: 404 } }'),
    code: 'ERR_STACK_VALUE',
    message: 'must be at most 2000',
  },
  {
    name: 'a match of nothing',
    marked: rule('{ priority: 1, match: ▶{}, action: { fixedResponse: 404 } }'),
    code: 'ERR_STACK_SCHEMA',
    message: 'must hold at least one of `method`, `path` or `headers`',
  },
  {
    name: 'an action of nothing',
    marked: rule('{ priority: 1, match: { method: GET }, action: ▶{} }'),
    code: 'ERR_STACK_SCHEMA',
    message: 'must hold at least one of `forward` or `fixedResponse`',
  },
  {
    name: 'a path that is neither',
    marked: rule('{ priority: 1, match: { ▶path: { caseSensitive: true } }, action: { fixedResponse: 404 } }'),
    code: 'ERR_STACK_SCHEMA',
    message: 'needs `exact` or `prefix`',
  },
  {
    name: 'a path that is both',
    marked: rule('{ priority: 1, match: { path: { exact: /a, ▶prefix: /b } }, action: { fixedResponse: 404 } }'),
    code: 'ERR_STACK_COMBINATION',
    message: '`exact` and `prefix` exclude each other',
  },
  {
    name: 'a path with other characters',
    marked: rule('{ priority: 1, match: { path: { exact: ▶/a*b } }, action: { fixedResponse: 404 } }'),
    code: 'ERR_STACK_VALUE',
    message: /^`\/a\*b` is not a path/,
  },
  {
    name: 'a path of 201 characters',
    marked: rule(`{ priority: 1, match: { path: { exact: ▶/${'a'.repeat(200)} } }, action: { fixedResponse: 404 } }`),
    code: 'ERR_STACK_VALUE',
    message: 'must be at most 200 characters long',
  },
  {
    name: 'six headers',
    marked: rule(
      `{ priority: 1, match: { headers: ▶[${'{ name: a, exact: b }, '.repeat(6)}] }, action: { fixedResponse: 404 } }`,
    ),
    code: 'ERR_STACK_VALUE',
    message: 'must have at most 5 entries',
  },
  {
    name: 'a header without a value',
    marked: rule('{ priority: 1, match: { headers: [▶{ name: a }] }, action: { fixedResponse: 404 } }'),
    code: 'ERR_STACK_SCHEMA',
    message: 'needs `exact`, `prefix` or `contains`',
  },
  {
    name: 'two actions',
    marked: rule('{ priority: 1, match: { method: GET }, action: { forward: web, ▶fixedResponse: 404 } }'),
    code: 'ERR_STACK_COMBINATION',
    message: '`forward` and `fixedResponse` exclude each other',
  },
  {
    name: 'a weight over 999',
    marked: rule('{ priority: 1, match: { method: GET }, action: { forward: [{ targetGroup: web, weight: ▶1000 }] } }'),
    code: 'ERR_STACK_VALUE',
    message: 'must be at most 999',
  },
  {
    name: 'a weight below 0',
    marked: rule('{ priority: 1, match: { method: GET }, action: { forward: [{ targetGroup: web, weight: ▶-1 }] } }'),
    code: 'ERR_STACK_VALUE',
    message: 'must be at least 0',
  },
  {
    name: 'several groups without weights',
    marked: rule(
      '{ priority: 1, match: { method: GET }, action: { forward: [{ targetGroup: web, weight: 1 }, ▶{ targetGroup: two }] } }',
    ),
    code: 'ERR_STACK_SCHEMA',
    message: /^`weight` is missing/,
  },
  {
    name: 'no group',
    marked: rule('{ priority: 1, match: { method: GET }, action: { forward: ▶[] } }'),
    code: 'ERR_STACK_VALUE',
    message: 'must not be empty',
  },
  {
    name: 'a group twice',
    marked: rule(
      '{ priority: 1, match: { method: GET }, action: { forward: [{ targetGroup: web, weight: 1 }, { targetGroup: ▶web, weight: 1 }] } }',
    ),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the target group `web` stands twice, first in line \d+$/,
  },
];

const references: Row[] = [
  {
    name: 'a service',
    marked: minimalStack().replace('[api]', '[▶apy]'),
    code: 'ERR_STACK_REFERENCE',
    message: 'no service is named `apy`; did you mean `api`?',
    pointer: '/serviceNetworks/net/services/0',
  },
  {
    name: 'nothing near',
    marked: minimalStack().replace('[api]', '[api, ▶something-else]'),
    code: 'ERR_STACK_REFERENCE',
    message: 'no service is named `something-else`',
  },
  {
    name: 'a VPC',
    marked: minimalStack('vpcs: { vpc-a: { id: vpc-12345678 } }\n').replace('[api]', '[api], vpcs: [▶vpc-b]'),
    code: 'ERR_STACK_REFERENCE',
    message: 'no VPC is named `vpc-b`; did you mean `vpc-a`?',
  },
  {
    name: 'the VPC of an endpoint',
    marked: minimalStack().replace('[api]', '[api], vpcEndpoints: [▶v]'),
    code: 'ERR_STACK_REFERENCE',
    message: 'no VPC is named `v`',
  },
  {
    name: 'the VPC of a caller',
    marked: top('principals: { web: { arn: lambda.amazonaws.com, vpc: ▶v } }\n'),
    code: 'ERR_STACK_REFERENCE',
    message: 'no VPC is named `v`',
  },
  {
    name: 'the VPC of targets',
    marked: top('targetGroups: { web: { type: IP, protocol: HTTP, vpc: ▶v } }\n'),
    code: 'ERR_STACK_REFERENCE',
    message: 'no VPC is named `v`',
  },
  {
    name: 'an account',
    marked: top('accounts: { shop: "444455556666" }\nvpcs: { a: { id: vpc-12345678, account: ▶shpo } }\n'),
    code: 'ERR_STACK_REFERENCE',
    message: 'no account is named `shpo`; did you mean `shop`?',
  },
  {
    name: 'a target group',
    marked: rule('{ priority: 1, match: { method: GET }, action: { forward: ▶wob } }'),
    code: 'ERR_STACK_REFERENCE',
    message: 'no target group is named `wob`; did you mean `web`?',
  },
  {
    name: 'what every object inherits',
    marked: minimalStack().replace('[api]', '[▶constructor]'),
    code: 'ERR_STACK_REFERENCE',
    message: 'no service is named `constructor`',
  },
];

const duplicates: Row[] = [
  {
    name: 'a service id',
    marked: services(`  other:\n    id: ▶${ids.service(1)}\n`),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the service id `svc-\S+` stands twice, first in line 7$/,
  },
  {
    name: 'a service id in an ARN',
    marked: services(`  other:\n    arn: ▶arn:aws:vpc-lattice:eu-west-1:111122223333:service/${ids.service(1)}\n`),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the service id/,
  },
  {
    name: 'a network id',
    marked: minimalStack().replace('services:\n', `  other: { id: ▶${ids.network(1)} }\nservices:\n`),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the service network id/,
  },
  {
    name: 'a VPC id',
    marked: top('vpcs:\n  a: { id: vpc-12345678 }\n  b: { id: ▶vpc-12345678 }\n'),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the VPC id/,
  },
  {
    name: 'an account id',
    marked: top('accounts:\n  a: "444455556666"\n  b: { id: ▶"444455556666" }\n'),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the account id/,
  },
  {
    name: 'a target group id',
    marked: top(
      `targetGroups:\n  a: { type: LAMBDA, id: ${ids.group(1)} }\n  b: { type: LAMBDA, id: ▶${ids.group(1)} }\n`,
    ),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the target group id/,
  },
  {
    name: 'a DNS name',
    marked: services(`    dnsName: a.example.com\n  other: { id: ${ids.service(2)}, dnsName: ▶a.example.com }\n`),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the DNS name/,
  },
  {
    name: 'a custom domain in one network',
    marked: minimalStack(
      '',
      `    customDomain: a.example.com\n  other: { id: ${ids.service(2)}, customDomain: ▶a.example.com }\n`,
    ).replace('[api]', '[api, other]'),
    code: 'ERR_STACK_DUPLICATE',
    message: 'the custom domain `a.example.com` is also that of `api`, in the same network',
  },
  {
    name: 'an association',
    marked: minimalStack().replace('[api]', '[api, ▶api]'),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the service `api` stands twice/,
  },
  {
    name: 'a VPC association',
    marked: minimalStack('vpcs: { a: { id: vpc-12345678 } }\n').replace('[api]', '[api], vpcs: [a, ▶a]'),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the VPC `a` stands twice/,
  },
  {
    name: 'a port',
    marked: listener(
      '      a: { protocol: HTTP, port: 443, defaultAction: { fixedResponse: 404 } }\n      b: { protocol: HTTPS, port: ▶443, defaultAction: { fixedResponse: 404 } }\n',
    ),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the port `443` stands twice/,
  },
  {
    name: 'a port by default',
    marked: listener(
      '      a: { protocol: HTTP, defaultAction: { fixedResponse: 404 } }\n      b: ▶{ protocol: HTTP, defaultAction: { fixedResponse: 404 } }\n',
    ),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the port `80` stands twice/,
  },
  {
    name: 'a priority',
    marked: listener(
      '      l:\n        protocol: HTTP\n        defaultAction: { fixedResponse: 404 }\n        rules:\n          a: { priority: 7, match: { method: GET }, action: { fixedResponse: 404 } }\n          b: { priority: ▶7, match: { method: PUT }, action: { fixedResponse: 404 } }\n',
    ),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the priority `7` stands twice/,
  },
];

const combinations: Row[] = [
  {
    name: 'no id',
    marked: minimalStack()
      .replace(`    id: ${ids.service(1)}\n`, '    tags: {}\n')
      .replace('  api:', '  ▶api:'),
    code: 'ERR_STACK_SCHEMA',
    message: 'needs `arn`, or `id`',
  },
  {
    name: 'no region',
    marked: minimalStack()
      .replace('region: eu-west-1\n', '')
      .replace(
        '  api:',
        `  two: { arn: arn:aws:vpc-lattice:eu-west-1:111122223333:service/${ids.service(2)} }\n  ▶api:`,
      )
      .replace(`{ id: ${ids.network(1)}`, `{ region: eu-west-1, id: ${ids.network(1)}`),
    code: 'ERR_STACK_SCHEMA',
    message: 'needs `region`, here or at the top',
  },
  {
    name: 'an ARN and another id',
    marked: minimalStack().replace(
      `id: ${ids.service(1)}`,
      `arn: arn:aws:vpc-lattice:eu-west-1:111122223333:service/${ids.service(1)}\n    id: ▶${ids.service(2)}`,
    ),
    code: 'ERR_STACK_COMBINATION',
    message: /is not the id in the ARN/,
  },
  {
    name: 'an ARN and another account',
    marked: minimalStack().replace(
      `id: ${ids.service(1)}`,
      `arn: arn:aws:vpc-lattice:eu-west-1:111122223333:service/${ids.service(1)}\n    account: ▶"444455556666"`,
    ),
    code: 'ERR_STACK_COMBINATION',
    message: /is not the account in the ARN/,
  },
  {
    name: 'TCP behind HTTP',
    marked: listener('      l: { protocol: HTTP, defaultAction: { forward: ▶tcp } }\n'),
    code: 'ERR_STACK_COMBINATION',
    message: '`tcp` has protocol TCP, which only TLS_PASSTHROUGH listeners can forward to',
  },
  {
    name: 'HTTP behind TLS passthrough',
    marked: listener('      l: { protocol: TLS_PASSTHROUGH, defaultAction: { forward: ▶web } }\n'),
    code: 'ERR_STACK_COMBINATION',
    message: /^a TLS_PASSTHROUGH listener can only forward to target groups with protocol TCP/,
  },
  {
    name: 'a function behind TLS passthrough',
    marked: listener('      l: { protocol: TLS_PASSTHROUGH, defaultAction: { forward: ▶fn } }\n'),
    code: 'ERR_STACK_COMBINATION',
    message: /protocol TCP/,
  },
  {
    name: 'a fixed response behind TLS passthrough',
    marked: listener('      l: { protocol: TLS_PASSTHROUGH, defaultAction: { ▶fixedResponse: 404 } }\n'),
    code: 'ERR_STACK_COMBINATION',
    message: 'a TLS_PASSTHROUGH listener can only forward',
  },
  {
    name: 'rules behind TLS passthrough',
    marked: listener(
      '      l: { protocol: TLS_PASSTHROUGH, defaultAction: { forward: tcp }, ▶rules: { r: { priority: 1, match: { method: GET }, action: { forward: tcp } } } }\n',
    ),
    code: 'ERR_STACK_COMBINATION',
    message: /has no rules/,
  },
  {
    name: 'TLS passthrough without a domain',
    marked:
      services('    listeners:\n      ▶l: { protocol: TLS_PASSTHROUGH, defaultAction: { forward: tcp } }\n') + GROUPS,
    code: 'ERR_STACK_COMBINATION',
    message: /needs the service to have a `customDomain`/,
  },
  {
    name: 'a target group of two services',
    marked:
      services(
        `    listeners: { l: { protocol: HTTP, defaultAction: { forward: web } } }\n  other:\n    id: ${ids.service(2)}\n    listeners: { l: { protocol: HTTP, defaultAction: { forward: ▶web } } }\n`,
      ) + GROUPS,
    code: 'ERR_STACK_COMBINATION',
    message: 'the target group `web` already belongs to the service `api`',
  },
  {
    name: 'a function with a port',
    marked: top('targetGroups: { f: { type: LAMBDA, ▶port: 80 } }\n'),
    code: 'ERR_STACK_COMBINATION',
    message: 'a target group of type LAMBDA has no `port`',
  },
  {
    name: 'two functions',
    marked: top('targetGroups: { f: { type: LAMBDA, targets: [{ id: a }, ▶{ id: b }] } }\n'),
    code: 'ERR_STACK_COMBINATION',
    message: 'a target group of type LAMBDA has one target',
  },
  {
    name: 'a group without protocol',
    marked: top('targetGroups: { ▶g: { type: IP } }\n'),
    code: 'ERR_STACK_SCHEMA',
    message: 'a target group of type IP needs `protocol`',
  },
  {
    name: 'a version of TCP',
    marked: top('targetGroups: { g: { type: IP, protocol: TCP, ▶protocolVersion: HTTP2 } }\n'),
    code: 'ERR_STACK_COMBINATION',
    message: 'a TCP target group has no `protocolVersion`',
  },
  {
    name: 'events without a function',
    marked: top('targetGroups: { g: { type: IP, protocol: HTTP, ▶lambdaEventVersion: V2 } }\n'),
    code: 'ERR_STACK_COMBINATION',
    message: /only a target group of type LAMBDA/,
  },
  {
    name: 'another kind of caller',
    marked: top('principals: { w: { arn: "arn:aws:iam::111122223333:role/w", kind: ▶user } }\n'),
    code: 'ERR_STACK_COMBINATION',
    message: 'the ARN is that of a `role`, not of a `user`',
  },
  {
    name: 'the session of a user',
    marked: top('principals: { w: { arn: "arn:aws:iam::111122223333:user/w", ▶sessionName: abc } }\n'),
    code: 'ERR_STACK_COMBINATION',
    message: '`sessionName` is for roles',
  },
  {
    name: 'another session',
    marked: top('principals: { w: { arn: "arn:aws:sts::111122223333:assumed-role/w/abc", ▶sessionName: xyz } }\n'),
    code: 'ERR_STACK_COMBINATION',
    message: 'not the session name in the ARN',
  },
  {
    name: 'the role of a role',
    marked: top('principals: { w: { arn: "arn:aws:iam::111122223333:role/w", ▶roleArn: x } }\n'),
    code: 'ERR_STACK_COMBINATION',
    message: '`roleArn` is for sessions',
  },
  {
    name: 'the role of another session',
    marked: top(
      'principals: { w: { arn: "arn:aws:sts::111122223333:assumed-role/w/abc", ▶roleArn: "arn:aws:iam::111122223333:role/v" } }\n',
    ),
    code: 'ERR_STACK_COMBINATION',
    message: 'not the ARN of the role that the session is of',
  },
  {
    name: 'a federated role',
    marked: top('principals: { w: { arn: "arn:aws:iam::111122223333:role/w", ▶federatedBy: x } }\n'),
    code: 'ERR_STACK_COMBINATION',
    message: '`federatedBy` is for federated users',
  },
];

const files: Row[] = [
  {
    name: 'a policy file that is not there',
    marked: services('    authPolicy: ▶./none.json\n'),
    code: 'ERR_STACK_READ',
    message: 'there is no file `./none.json`',
    pointer: '/services/api/authPolicy',
  },
  {
    name: 'an absolute path',
    marked: services('    authPolicy: ▶/etc/policy.json\n'),
    code: 'ERR_STACK_PATH',
    message: /is not relative/,
  },
  {
    name: 'a URL',
    marked: services('    authPolicy: ▶https://example.com/policy.json\n'),
    code: 'ERR_STACK_PATH',
    message: /is not relative/,
  },
  {
    name: 'a drive',
    marked: services('    authPolicy: ▶C:/policy.json\n'),
    code: 'ERR_STACK_PATH',
    message: /is not relative/,
  },
  {
    name: 'backslashes',
    marked: services('    authPolicy: ▶policies\\a.json\n'),
    code: 'ERR_STACK_PATH',
    message: /has a backslash/,
  },
  {
    name: 'no path',
    marked: services('    authPolicy: ▶" "\n'),
    code: 'ERR_STACK_PATH',
    message: 'not the path of a file',
  },
  {
    name: 'a file too long',
    marked: services('    authPolicy: ▶long.json\n'),
    code: 'ERR_STACK_LIMIT',
    message: /`long.json` is longer than/,
    policies: { 'long.json': ' '.repeat(1_048_577) },
  },
];

const LOCAL = `vpcs: { a: { id: vpc-11111111 }, b: { id: vpc-22222222 } }
principals: { web: { arn: "arn:aws:iam::111122223333:role/web" }, job: { arn: "arn:aws:iam::111122223333:role/job" } }
${GROUPS}`;
const local = (text: string) => top(`${LOCAL}local:\n${text}`);
const standIn = (group: string, text: string) => local(`  targetGroups: { ${group}: ${text} }\n`);

const locals: Row[] = [
  {
    name: 'an unknown VPC',
    marked: local('  vpcs: { ▶c: { port: 8101 } }\n'),
    code: 'ERR_STACK_REFERENCE',
    message: 'no VPC is named `c`',
    pointer: '/local/vpcs/c',
  },
  {
    name: 'an unknown default VPC',
    marked: local('  defaultVpc: ▶c\n'),
    code: 'ERR_STACK_REFERENCE',
    message: 'no VPC is named `c`',
  },
  {
    name: 'keys of an unknown principal',
    marked: local('  credentials: { ▶wep: { accessKeyId: AKIALOCALEXAMPLE, secretAccessKey: x } }\n'),
    code: 'ERR_STACK_REFERENCE',
    message: 'no principal is named `wep`; did you mean `web`?',
  },
  {
    name: 'an unknown target group',
    marked: standIn('▶wep', '{ targets: [{ url: "http://127.0.0.1:1" }] }'),
    code: 'ERR_STACK_REFERENCE',
    message: 'no target group is named `wep`; did you mean `web`?',
  },
  {
    name: 'a VPC of nothing',
    marked: local('  vpcs: { a: ▶{} }\n'),
    code: 'ERR_STACK_SCHEMA',
    message: 'must hold at least one of `address` or `port`',
  },
  {
    name: 'an address that is not loopback',
    marked: local('  vpcs: { a: { address: ▶10.0.0.1 } }\n'),
    code: 'ERR_STACK_VALUE',
    message: '`10.0.0.1` is not an IPv4 loopback address such as `127.0.1.1`',
  },
  {
    name: 'the address of everybody',
    marked: local('  vpcs: { a: { address: ▶127.0.0.1 } }\n'),
    code: 'ERR_STACK_VALUE',
    message: '`127.0.0.1` is where all that choose no address come from',
  },
  {
    name: 'the address of a network',
    marked: local('  vpcs: { a: { address: ▶127.255.255.255 } }\n'),
    code: 'ERR_STACK_VALUE',
    message: /is a network's/,
  },
  {
    name: 'an address of two VPCs',
    marked: local('  vpcs:\n    a: { address: 127.0.1.1 }\n    b: { address: ▶127.0.1.1 }\n'),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the address `127.0.1.1` stands twice, first in line \d+$/,
  },
  {
    name: 'a port of two VPCs',
    marked: local('  vpcs: { a: { port: 8101 }, b: { port: ▶8101 } }\n'),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the port `8101` stands twice/,
  },
  {
    name: 'a port of a VPC and a command',
    marked: local(
      '  vpcs: { a: { port: 8101 } }\n  targetGroups: { web: { targets: [{ command: [x], port: ▶8101 }] } }\n',
    ),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the port `8101` stands twice/,
  },
  {
    name: 'a header that means something',
    marked: local('  vpcHeader: ▶Host\n'),
    code: 'ERR_STACK_VALUE',
    message: 'the header `Host` already means something',
  },
  {
    name: 'one key of two principals',
    marked: local(
      '  credentials:\n    web: { accessKeyId: AKIALOCALEXAMPLE, secretAccessKey: x }\n    job: { accessKeyId: ▶AKIALOCALEXAMPLE, secretAccessKey: y }\n',
    ),
    code: 'ERR_STACK_DUPLICATE',
    message: /^the access key id `AKIALOCALEXAMPLE` stands twice/,
  },
  {
    name: 'a key without its secret',
    marked: local('  credentials: { ▶web: { accessKeyId: AKIALOCALEXAMPLE } }\n'),
    code: 'ERR_STACK_SCHEMA',
    message: '`secretAccessKey` is missing',
  },
  {
    name: 'a target that is nothing',
    marked: standIn('web', '{ targets: [▶{}] }'),
    code: 'ERR_STACK_SCHEMA',
    message: 'must have exactly one of `url`, `command` or `lambda`',
  },
  {
    name: 'a target that is two things',
    marked: standIn('web', '{ targets: [▶{ url: "http://127.0.0.1:1", command: [x] }] }'),
    code: 'ERR_STACK_SCHEMA',
    message: 'must have exactly one of `url`, `command` or `lambda`',
  },
  {
    name: 'a folder without a command',
    marked: standIn('web', '{ targets: [{ url: "http://127.0.0.1:1", ▶cwd: x }] }'),
    code: 'ERR_STACK_SCHEMA',
    message: '`cwd` goes with `command` only',
    pointer: '/local/targetGroups/web/targets/0/cwd',
  },
  {
    name: 'a path in the URL of a target',
    marked: standIn('web', '{ targets: [{ url: ▶"http://127.0.0.1:1/a" }] }'),
    code: 'ERR_STACK_VALUE',
    message: /is not a URL such as/,
  },
  {
    name: 'a port that no URL has',
    marked: standIn('web', '{ targets: [{ url: ▶"http://127.0.0.1:99999" }] }'),
    code: 'ERR_STACK_VALUE',
    message: '`http://127.0.0.1:99999` is not a URL',
  },
  {
    name: 'a function for servers',
    marked: standIn('web', '{ targets: [▶{ lambda: f.mjs }] }'),
    code: 'ERR_STACK_COMBINATION',
    message: 'a Lambda function needs a target group of type LAMBDA',
  },
  {
    name: 'a runtime for servers',
    marked: standIn('tcp', '{ targets: [▶{ command: [x], runtime: lambda }] }'),
    code: 'ERR_STACK_COMBINATION',
    message: 'a Lambda function needs a target group of type LAMBDA',
  },
  {
    name: 'a server for a function',
    marked: standIn('fn', '{ targets: [▶{ command: [x] }] }'),
    code: 'ERR_STACK_COMBINATION',
    message: /^a target group of type LAMBDA needs a `lambda`/,
  },
  {
    name: 'two functions that stand in for one',
    marked: standIn('fn', '{ targets: [{ lambda: f.mjs }, ▶{ lambda: g.mjs }] }'),
    code: 'ERR_STACK_COMBINATION',
    message: 'a target group of type LAMBDA has one target',
  },
  {
    name: 'the health of a function',
    marked: standIn('fn', '{ targets: [{ lambda: f.mjs }], ▶healthCheck: {} }'),
    code: 'ERR_STACK_COMBINATION',
    message: 'a target group of type LAMBDA has no health check',
  },
  {
    name: 'a port of a runtime',
    marked: standIn('fn', '{ targets: [{ command: [x], runtime: lambda, ▶port: 8101 }] }'),
    code: 'ERR_STACK_COMBINATION',
    message: 'a command that asks for events listens on no `port`',
  },
  {
    name: 'an absolute module',
    marked: standIn('fn', '{ targets: [{ lambda: ▶"/srv/f.mjs#handler" }] }'),
    code: 'ERR_STACK_PATH',
    message: '`/srv/f.mjs` is not relative: modules are named from the folder of the stack file',
  },
  {
    name: 'a module that is not a file',
    marked: standIn('fn', '{ targets: [{ lambda: ▶"data:text/javascript,1" }] }'),
    code: 'ERR_STACK_PATH',
    message: /is not relative/,
  },
  {
    name: 'an absolute folder',
    marked: standIn('web', '{ targets: [{ command: [x], cwd: ▶/srv }] }'),
    code: 'ERR_STACK_PATH',
    message: /^`\/srv` is not relative: folders are named/,
  },
  {
    name: 'a variable that is none',
    marked: standIn('web', '{ targets: [{ command: [x], env: { ▶A-B: "1" } }] }'),
    code: 'ERR_STACK_VALUE',
    message: '`A-B` is not the name of a variable',
  },
  {
    name: 'status codes in the wrong order',
    marked: standIn('web', '{ targets: [{ command: [x] }], healthCheck: { matcher: ▶"200,299-201" } }'),
    code: 'ERR_STACK_VALUE',
    message: '`299-201` ends before it begins',
  },
];

const all = { syntax, schema, values, rules, references, duplicates, combinations, files, locals };
for (const [group, rows] of Object.entries(all)) {
  test.each(rows)(`${group}: $name`, ({ marked, code, message, pointer, policies }) => {
    const { text, line, column } = unmark(marked);
    const problems = problemsOf(text, policies);
    const found = problems.map((problem) => ({ code: problem.code, line: problem.line, column: problem.column }));
    expect(found, JSON.stringify(problems)).toContainEqual({ code, line, column });
    const problem = problems.find((each) => each.code === code && each.line === line && each.column === column);
    expect(problem?.message).toMatch(message);
    if (pointer !== undefined) expect(problem?.pointer).toBe(pointer);
    // One fault, one problem: nothing is reported twice or as a consequence.
    expect(problems).toHaveLength(1);
  });
}
