// Cases of rules about documents and statement names.
import type { LintCase } from '../lint-case.js';
import { INVOKE } from '../lint-case.js';

const many = (count: number, length: number) =>
  Array.from({ length: count }, (_, i) => `arn:${i}:${'x'.repeat(length)}*`);
const statement = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: INVOKE, Resource: '*' };

export const ELEMENT_CASES: readonly LintCase[] = [
  { code: 'MISSING_VERSION', bad: { document: { Statement: [statement] } }, pointer: '', good: {} },
  {
    code: 'VARIABLE_UNSUPPORTED_IN_VERSION',
    bad: { document: { Version: '2008-10-17', Statement: [{ ...statement, Resource: '▸*/${aws:username}' }] } },
    pointer: '/Statement/0/Resource',
    says: /Version `2008-10-17`/,
    good: { Resource: '*/${aws:username}' },
  },
  {
    code: 'VARIABLE_UNSUPPORTED_IN_VERSION',
    bad: {
      document: {
        Statement: { ...statement, Condition: { StringLike: { 'aws:userid': ['a', '▸${aws:username}*'] } } },
      },
    },
    pointer: '/Statement/Condition/StringLike/aws:userid/1',
    says: /without/,
    good: { document: { Statement: { ...statement, Condition: { StringLike: { 'aws:userid': '$*' } } } } },
  },
  {
    code: 'UNIQUE_SIDS_REQUIRED',
    type: 'identity',
    bad: [{ Sid: 'A' }, { '▸Sid': 'A', Resource: '*' }],
    pointer: '/Statement/1/Sid',
    good: [{ Sid: 'A' }, { Sid: 'a', Resource: '*' }],
  },
  {
    code: 'UNIQUE_SIDS_RECOMMENDED',
    bad: [{ Sid: 'A' }, { '▸Sid': 'A', Resource: '*/a' }],
    pointer: '/Statement/1/Sid',
    good: [{ Sid: '' }, { Sid: '', Resource: '*/a' }, {}],
  },
  {
    code: 'UNSUPPORTED_SID',
    type: 'identity',
    bad: { '▸Sid': 'a b' },
    pointer: '/Statement/0/Sid',
    good: { Sid: 'aB9' },
  },
  { code: 'LATTICE_SID_CHARACTERS', bad: { '▸Sid': 'a-b' }, pointer: '/Statement/0/Sid', good: { Sid: 'ab' } },
  { code: 'EMPTY_SID_VALUE', bad: { '▸Sid': '' }, pointer: '/Statement/0/Sid', good: { Sid: 'x' } },
  {
    code: 'EMPTY_OBJECT_CONDITION',
    bad: { '▸Condition': {} },
    pointer: '/Statement/0/Condition',
    good: { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } },
  },
  {
    code: 'EMPTY_OBJECT_CONDITION',
    bad: { Condition: { '▸StringEquals': {} } },
    pointer: '/Statement/0/Condition/StringEquals',
    good: {},
  },
  {
    code: 'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA',
    type: 'identity',
    bad: { Resource: many(70, 80) },
    pointer: '',
    good: { Resource: many(70, 70) },
  },
  {
    code: 'POLICY_SIZE_EXCEEDS_SESSION_POLICY_QUOTA',
    type: 'session',
    bad: { Resource: many(25, 80).map((arn) => `${arn}:a:b:c:d`) },
    pointer: '',
    good: { Resource: many(10, 70).map((arn) => `${arn}:a:b:c:d`) },
  },
  {
    code: 'POLICY_SIZE_EXCEEDS_SCP_QUOTA',
    type: 'scp',
    bad: { Resource: many(110, 85) },
    pointer: '',
    good: { Resource: many(90, 80) },
  },
  {
    code: 'POLICY_SIZE_EXCEEDS_RCP_QUOTA',
    type: 'rcp',
    bad: { Resource: many(60, 80).map((arn) => `${arn}:a:b:c:d`) },
    pointer: '',
    good: { Resource: many(20, 80).map((arn) => `${arn}:a:b:c:d`) },
  },
  // Characters of three bytes; indentation does not count.
  {
    code: 'LATTICE_POLICY_SIZE_QUOTA',
    bad: { Sid: '中'.repeat(3_400) },
    pointer: '',
    says: /bytes/,
    good: { Sid: '中'.repeat(3_300) },
  },
  {
    code: 'LATTICE_POLICY_SIZE_QUOTA',
    bad: { Resource: many(105, 90) },
    pointer: '',
    good: { Resource: many(85, 90) },
  },
  {
    code: 'LATTICE_POLICY_SIZE_LIMIT',
    bad: { Sid: 'x'.repeat(36_865) },
    pointer: '',
    good: { Sid: 'x'.repeat(36_000) },
  },
];
