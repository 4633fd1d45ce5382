// statement-text.ts: a statement in words, with the place where it stands.
import type { StatementRef } from '@lattice-auth/policy-engine';

/** `statement \`Sid\` of policies/service.json:12:5`. */
export function statementText({ sid, index, policy, line, column }: StatementRef): string {
  const name = sid === undefined ? `statement ${index}` : `statement \`${sid}\``;
  return policy === undefined ? name : `${name} of ${policy}:${line}:${column}`;
}
