// stack-texts.ts — texts near to stacks: real ones with characters, lines and values changed, so that every layer of
// reading is reached, from YAML errors to references.
import fc from 'fast-check';
import { ids, minimalStack } from '../support/minimal-stack.js';

const SEEDS = [
  minimalStack(),
  minimalStack(
    `accounts: { shop: { id: "444455556666", organization: { id: o-a1b2c3d4e5 }, scps: [[a.json]] } }
vpcs: { a: { id: vpc-12345678, account: shop, cidrs: [10.0.0.0/16] } }
targetGroups: { web: { type: IP, protocol: HTTP, vpc: a, targets: [{ id: 10.0.0.1 }] } }
principals:
  web: &web
    arn: arn:aws:iam::444455556666:role/web
    vpc: a
    policies: { identity: [a.json, { Statement: { Effect: Allow, Action: "*", Resource: "*" } }], session: [] }
`,
    `    authType: AWS_IAM
    authPolicy: |
      { "Statement": { "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" } }
    listeners:
      l:
        protocol: HTTP
        defaultAction: { forward: [{ targetGroup: web, weight: 1 }] }
        rules: { r: { priority: 1, match: { path: { prefix: /a } }, action: { fixedResponse: 404 } } }
`,
  ),
  minimalStack(`vpcs: { a: { id: vpc-12345678 } }
principals: { web: { arn: "arn:aws:iam::111122223333:role/web" } }
targetGroups: { web: { type: IP, protocol: HTTP }, fn: { type: LAMBDA } }
local:
  vpcs: { a: { address: 127.0.1.1, port: 8101 } }
  credentials: { web: { accessKeyId: AKIALOCALEXAMPLE, secretAccessKey: secret } }
  targetGroups:
    web:
      targets: [{ url: "http://127.0.0.1:8081" }, { command: [node, a.mjs], port: 8082, cwd: web, env: { A: b } }]
      healthCheck: { path: /health, matcher: "200-299,301" }
    fn: { targets: [{ lambda: "fn.mjs#handler" }] }
`),
  JSON.stringify(
    { region: 'eu-west-1', account: '111122223333', serviceNetworks: {}, services: { a: { id: ids.service(1) } } },
    null,
    2,
  ),
];

const PIECES = [
  '&a ',
  '*a',
  '*web',
  '!!str ',
  '!x ',
  '|\n',
  '>-\n',
  '- ',
  '? ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  "'",
  '#',
  '%YAML 1.1\n',
  '---\n',
  '\n',
  '  ',
  '\t',
  '\r\n',
  '\u0000',
  '\u2028',
  '\ud800',
  '😀',
  '__proto__',
  'constructor',
  '<<: *web',
  'null',
  '~',
  '1e999',
  '.nan',
  '0x1f',
  '012',
  'true',
  'anonymous',
  'a.json',
  '../a.json',
  '/etc/passwd',
  'vpcs:',
  'services:',
  'authPolicy: {}',
  'x-a: 1',
  'arn:aws:',
];

const edit = fc.record({
  at: fc.nat(4_000),
  cut: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(12)),
  put: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4, unit: 'binary' })),
});

/** A stack's text after a few edits. */
const nearStackText = fc.tuple(fc.constantFrom(...SEEDS), fc.array(edit, { maxLength: 5 })).map(([text, edits]) => {
  return edits.reduce((now, { at, cut, put }) => {
    const from = at % (now.length + 1);
    return now.slice(0, from) + put + now.slice(from + cut);
  }, text);
});

/** Any text: near a stack, made of YAML's pieces, or random. */
export const anyText = fc.oneof(
  { weight: 4, arbitrary: nearStackText },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join('')) },
  fc.string({ unit: 'binary', maxLength: 300 }),
);

/** What a policy file may hold. */
export const policyFileText = fc.oneof(
  fc.constant(undefined),
  fc.constant('{ "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }'),
  fc.json(),
  fc.string({ maxLength: 50 }),
);
