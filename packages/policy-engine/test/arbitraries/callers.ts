// Callers, and the principals of policies that are likely to name them.
import fc from 'fast-check';
import type { Caller } from '../reference/question.js';
import { ACCOUNTS, CALLER_ARNS, CANONICAL_ID, PRINCIPAL_ENTRIES, ROLE_ID, USER_ID } from './pools.js';
import { chance, weighted } from './runs.js';

const [HOME] = ACCOUNTS;
const TAGS = fc.dictionary(fc.constantFrom('team', 'Team', 'stage'), fc.constantFrom('red', 'blue', 'Red', '*', ''), {
  maxKeys: 2,
  noNullPrototype: true,
});

const identifiedCaller: fc.Arbitrary<Caller> = fc
  .record(
    {
      arn: fc.constantFrom(...CALLER_ARNS),
      uniqueId: fc.boolean(),
      withSession: chance(30),
      sessionName: fc.constantFrom('s1', 's2'),
      roleArn: fc.constantFrom(`arn:aws:iam::${HOME}:role/team/app`, `arn:aws:iam::${HOME}:role/app`),
      orgId: fc.constantFrom('o-a1b2c3d4e5', 'o-other'),
      orgPaths: fc.constantFrom<readonly string[]>(['o-a1b2c3d4e5/r-ab/ou-1/'], ['o-a1b2c3d4e5/r-ab/', 'x'], []),
      tags: TAGS,
      federatedBy: fc.constantFrom(`arn:aws:iam::${HOME}:user/alice`, `arn:aws:iam::${HOME}:user/team/alice`),
      canonicalUserId: fc.constant(CANONICAL_ID),
      inManagementAccount: chance(15),
    },
    { requiredKeys: ['arn', 'uniqueId', 'withSession'], noNullPrototype: true },
  )
  .map(({ uniqueId, withSession, sessionName, roleArn, federatedBy, canonicalUserId, ...rest }) => {
    const role = /role\//.test(rest.arn);
    const id = role ? ROLE_ID : /:user\//.test(rest.arn) ? USER_ID : undefined;
    return {
      ...rest,
      ...(canonicalUserId !== undefined && /:(user|root)/.test(rest.arn) ? { canonicalUserId } : {}),
      ...(uniqueId && id !== undefined ? { uniqueId: role && withSession ? `${id}:s1` : id } : {}),
      ...(withSession && sessionName !== undefined && /:role\//.test(rest.arn) ? { sessionName } : {}),
      ...(roleArn !== undefined && rest.arn.includes(`${HOME}:assumed-role/`) ? { roleArn } : {}),
      ...(federatedBy !== undefined && rest.arn.includes('federated-user') ? { federatedBy } : {}),
    };
  });

export const caller: fc.Arbitrary<Caller | 'anonymous'> = weighted<Caller | 'anonymous'>(
  [4, identifiedCaller],
  [1, fc.constant('anonymous' as const)],
);

type Entry = readonly [kind: string, text: string];

/** Entries that name the caller, in the ways that its ARN allows. */
function entriesFor(principal: Caller | 'anonymous'): readonly Entry[] {
  if (principal === 'anonymous') return [['AWS', '*']];
  const { arn, uniqueId } = principal;
  const [, partition, , , account = '', resource = ''] = arn.split(':');
  if (!arn.startsWith('arn:')) return [['Service', arn]];
  if (arn.includes('provider/')) return [['Federated', arn]];
  const role = resource.split('/').slice(0, 2).join('/').replace('assumed-role', 'role');
  return [
    ['AWS', '*'],
    ['AWS', arn],
    ['AWS', account],
    ['AWS', `arn:${partition}:iam::${account}:root`],
    ...(role.startsWith('role/') ? [['AWS', `arn:${partition}:iam::${account}:${role}`] as const] : []),
    ...(uniqueId === undefined ? [] : [['AWS', uniqueId.split(':')[0] ?? ''] as const]),
    ...(principal.federatedBy === undefined ? [] : [['AWS', principal.federatedBy] as const]),
  ];
}

/** The value of a Principal or NotPrincipal element. */
export function principalElement(principal: Caller | 'anonymous'): fc.Arbitrary<unknown> {
  const entry = weighted([5, fc.constantFrom(...entriesFor(principal))], [2, fc.constantFrom(...PRINCIPAL_ENTRIES)]);
  return weighted<unknown>(
    [4, fc.constant('*')],
    [2, fc.constant({ AWS: '*' })],
    [1, fc.constantFrom(...ACCOUNTS)],
    [8, fc.array(entry, { minLength: 1, maxLength: 3 }).map(keyed)],
  );
}

/** `{ AWS: […], Service: … }`: single values stand alone. */
function keyed(entries: readonly Entry[]): Record<string, unknown> {
  const kinds = [...new Set(entries.map(([kind]) => kind))];
  return Object.fromEntries(
    kinds.map((kind) => {
      const texts = entries.filter(([other]) => other === kind).map(([, text]) => text);
      return [kind, texts.length === 1 ? texts[0] : texts];
    }),
  );
}
