// questions.ts — what is asked, in the words of no contender: the adapters beside this file turn a question into a
// LatticeRequest, a call of cedar-wasm, or a simulation.
export const SERVICE_ACCOUNT = '111122223333';
export const SERVICE_ARN = `arn:aws:vpc-lattice:us-west-2:${SERVICE_ACCOUNT}:service/svc-0a1b2c3d4e5f60718`;
export const KNOWN_VPC = 'vpc-0f1e2d3c4b5a69788';

export interface Question {
  /** The role whose session calls; `undefined`: nobody signed. */
  readonly role: { readonly account: string; readonly name: string; readonly team?: string } | undefined;
  readonly orgId?: string;
  readonly method: string;
  readonly path: string;
  readonly sourceVpc: string;
  readonly vpcOwner: string;
  readonly sourceIp: string;
  readonly tenant?: string;
}

const ours = { orgId: 'o-a1b2c3d4e5' };
const reader = { role: { account: '222233334444', name: 'rates-reader', team: 'rates' }, ...ours };
const writer = { role: { account: '222233334444', name: 'rates-writer', team: 'rates' }, ...ours };
const platform = { role: { account: '222233334444', name: 'rates-reader', team: 'platform' }, ...ours };
const partner = { role: { account: '333344445555', name: 'partner-feed' } };
const stranger = { role: { account: '222233334444', name: 'billing', team: 'billing' }, ...ours };
const quarantined = { role: { account: '444455556666', name: 'rates-reader', team: 'rates' }, ...ours };
const anonymous = { role: undefined };

const home = { sourceVpc: KNOWN_VPC, vpcOwner: '222233334444' };
const places = [
  { ...home, sourceIp: '10.20.30.40' },
  { ...home, sourceIp: '10.1.2.3' },
  { ...home, sourceIp: 'fd00::1234' },
  { ...home, sourceIp: '192.0.2.7' },
  { sourceVpc: 'vpc-0ddddddddddddddd0', vpcOwner: '333344445555', sourceIp: '10.20.0.1' },
  { sourceVpc: KNOWN_VPC, vpcOwner: '999900001111', sourceIp: '10.20.0.1' },
];

/** Every caller from every place with every method on every path: what the contenders must agree on. */
export function typicalMatrix(): Question[] {
  const callers = [reader, writer, platform, partner, stranger, quarantined, anonymous];
  const asked = ['GET', 'PUT'].flatMap((method) =>
    ['/rates', '/rates/eur', '/admin/keys', '/public/list', '/other'].map((path) => ({ method, path })),
  );
  const tenants = [{}, { tenant: 'tenant-7' }, { tenant: 'nobody' }];
  return callers.flatMap((caller) =>
    places.flatMap((place) =>
      asked.flatMap((what) => tenants.map((tenant) => ({ ...caller, ...place, ...what, ...tenant }))),
    ),
  );
}

/** Requests of the typical case that get through: readers, writers and partners, on many paths. */
export function allowedQuestions(): Question[] {
  return numbered((n) => [
    { ...reader, ...home, sourceIp: `10.4.${n}.9`, method: 'GET', path: `/rates/pair-${n}`, tenant: 'tenant-1' },
    { ...reader, ...home, sourceIp: `10.4.${n}.9`, method: 'HEAD', path: '/rates', tenant: 'tenant-1' },
    { ...writer, ...home, sourceIp: `10.5.${n}.1`, method: 'PUT', path: `/rates/pair-${n}`, tenant: `tenant-${n}` },
    { ...partner, ...home, sourceIp: `10.20.${n}.8`, method: 'GET', path: `/public/feed-${n}`, tenant: 'tenant-2' },
  ]);
}

/** Requests of the typical case that don't, for a different reason each. */
export function deniedQuestions(): Question[] {
  return numbered((n) => [
    { ...reader, ...home, sourceIp: `10.4.${n}.9`, method: 'PUT', path: `/rates/pair-${n}`, tenant: 'tenant-1' },
    { ...reader, ...home, sourceIp: `192.0.2.${n}`, method: 'GET', path: `/rates/pair-${n}`, tenant: 'tenant-1' },
    { ...reader, ...home, sourceIp: '10.1.2.3', method: 'GET', path: `/admin/key-${n}`, tenant: 'tenant-1' },
    { ...stranger, ...home, sourceIp: `10.4.${n}.9`, method: 'GET', path: `/rates/pair-${n}`, tenant: 'tenant-1' },
  ]);
}

/** Sixteen times the kinds that `make` lists, so that no contender answers from a cache of one. */
function numbered(make: (n: number) => Question[]): Question[] {
  return Array.from({ length: 16 }, (_, n) => make(n)).flat();
}
