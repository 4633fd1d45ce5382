// Rules about a document as a whole and about statement names: Version, Sid, Condition blocks, size.
import { AUTH_POLICY_API_LENGTH_MAX, AUTH_POLICY_QUOTA_BYTES } from '../../limits.js';
import type { Policy, Statement } from '../../model.js';
import { quote } from '../../quote.js';
import {
  anyType,
  type Check,
  type Complaint,
  complaint,
  eachStatement,
  exceptTypes,
  type LintSubject,
  onlyTypes,
  type Rule,
  type Spot,
} from '../rule.js';
import { membersOf } from '../source-document.js';

const ROOT: Spot = { pointer: '', line: 1, column: 1 };

/** IAM proper checks statement names; for other services AWS only recommends. */
const IAM_TYPES = ['identity', 'permissionsBoundary', 'session'] as const;

function* missingVersion({ policy }: LintSubject): Iterable<Complaint> {
  if (policy.versionDeclared) return;
  const message =
    'no `Version`: the policy is read as `2008-10-17`, where policy variables are plain text; add `"Version": "2012-10-17"`';
  yield { at: ROOT, message };
}

function* variableInOldVersion({ policy }: LintSubject): Iterable<Complaint> {
  if (policy.version !== '2008-10-17') return;
  for (const statement of policy.statements) {
    const operands = statement.conditions.flatMap((condition) => condition.operands);
    for (const entry of [...(statement.resource?.entries ?? []), ...operands]) {
      if (!entry.text.includes('${')) continue;
      const why = policy.versionDeclared ? 'in Version `2008-10-17`' : 'without `"Version": "2012-10-17"`';
      yield complaint(entry, `\`\${…}\` in ${quote(entry.text)} is plain text ${why}`);
    }
  }
}

function sidSpot(statement: Statement, { document }: LintSubject): Spot {
  return document.spot(`${statement.pointer}/Sid`);
}

function* repeatedSids(subject: LintSubject): Iterable<Complaint> {
  const seen = new Set<string>();
  for (const statement of subject.policy.statements) {
    const { sid } = statement;
    if (sid === undefined || sid === '') continue;
    if (seen.has(sid)) yield { at: sidSpot(statement, subject), message: `\`Sid\` ${quote(sid)} is used before` };
    seen.add(sid);
  }
}

const emptySid: Check = eachStatement((statement, subject) =>
  statement.sid === ''
    ? { at: sidSpot(statement, subject), message: 'empty `Sid`; give it a value or leave it out' }
    : undefined,
);

const oddSid: Check = eachStatement((statement, subject) => {
  const { sid } = statement;
  if (sid === undefined || /^[A-Za-z0-9]*$/.test(sid)) return undefined;
  return {
    at: sidSpot(statement, subject),
    message: `\`Sid\` ${quote(sid)} has characters other than A-Z, a-z and 0-9`,
  };
});

const emptyCondition: Check = eachStatement((statement, { document }) => {
  const pointer = `${statement.pointer}/Condition`;
  const node = document.node(pointer);
  if (node === undefined) return undefined;
  const blocks: [string, typeof node][] = [[pointer, node], ...membersOf(node)];
  const empty = blocks.filter(([, block]) => block.kind === 'object' && block.members.size === 0);
  return empty.map(([at]) => ({
    at: document.spot(at),
    message: 'empty condition block: it is always true and can be left out',
  }));
});

/** A document without white space between its tokens: what Lattice keeps, and what IAM counts. */
function compactLength(policy: Policy, unit: 'bytes' | 'characters'): number {
  let length = 0;
  for (const token of policy.source.matchAll(/"(?:[^"\\]|\\.)*"|[^\s"]+/gs)) {
    length += unit === 'characters' ? token[0].length : utf8Length(token[0]);
  }
  return length;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function longerThan(limit: number, unit: 'bytes' | 'characters', what: string): Check {
  return function* ({ policy }) {
    // Most policies are short: count only when the limit can be passed.
    if (policy.source.length * 3 <= limit) return;
    const length = compactLength(policy, unit);
    if (length <= limit) return;
    yield { at: ROOT, message: `${length} ${unit} without white space; ${what} of ${limit}` };
  };
}

export const ELEMENT_RULES: readonly Rule[] = [
  { code: 'MISSING_VERSION', severity: 'warning', applies: anyType, check: missingVersion },
  { code: 'VARIABLE_UNSUPPORTED_IN_VERSION', severity: 'error', applies: anyType, check: variableInOldVersion },
  { code: 'UNIQUE_SIDS_REQUIRED', severity: 'error', applies: onlyTypes(...IAM_TYPES), check: repeatedSids },
  { code: 'UNIQUE_SIDS_RECOMMENDED', severity: 'warning', applies: exceptTypes(...IAM_TYPES), check: repeatedSids },
  { code: 'UNSUPPORTED_SID', severity: 'error', applies: onlyTypes(...IAM_TYPES), check: oddSid },
  { code: 'LATTICE_SID_CHARACTERS', severity: 'suggestion', applies: onlyTypes('auth'), check: oddSid },
  { code: 'EMPTY_SID_VALUE', severity: 'suggestion', applies: anyType, check: emptySid },
  { code: 'EMPTY_OBJECT_CONDITION', severity: 'suggestion', applies: anyType, check: emptyCondition },
  {
    code: 'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA',
    severity: 'warning',
    applies: onlyTypes('identity', 'permissionsBoundary'),
    check: longerThan(6_144, 'characters', 'managed policies have a quota'),
  },
  {
    code: 'POLICY_SIZE_EXCEEDS_SESSION_POLICY_QUOTA',
    severity: 'error',
    applies: onlyTypes('session'),
    check: longerThan(2_048, 'characters', 'session policies have a limit'),
  },
  {
    code: 'POLICY_SIZE_EXCEEDS_SCP_QUOTA',
    severity: 'error',
    applies: onlyTypes('scp'),
    check: longerThan(10_240, 'characters', 'service control policies have a quota'),
  },
  {
    code: 'POLICY_SIZE_EXCEEDS_RCP_QUOTA',
    severity: 'error',
    applies: onlyTypes('rcp'),
    check: longerThan(5_120, 'characters', 'resource control policies have a quota'),
  },
  {
    code: 'LATTICE_POLICY_SIZE_QUOTA',
    severity: 'warning',
    applies: onlyTypes('auth'),
    check: longerThan(AUTH_POLICY_QUOTA_BYTES, 'bytes', 'auth policies have a quota'),
  },
  {
    code: 'LATTICE_POLICY_SIZE_LIMIT',
    severity: 'error',
    applies: onlyTypes('auth'),
    check: longerThan(AUTH_POLICY_API_LENGTH_MAX, 'characters', "Lattice's API takes no more than a length"),
  },
];
