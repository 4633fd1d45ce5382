// command.ts: the options of `lattice-auth lint`.
import type { PolicyType } from '@lattice-auth/policy-engine';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Session } from '../../program.js';
import { POLICY_TYPES } from '../policy-types.js';

/** What was given on the command line. */
export interface LintFlags {
  readonly type?: PolicyType;
  readonly format: 'text' | 'json' | 'sarif';
  readonly maxWarnings?: number;
  readonly quiet?: boolean;
}

const EXAMPLES = `
A file with a \`Statement\` is a policy document, any other a stack file, of which all policies are checked. Without --type
a policy's type is told from what is in it: without principals it is an identity policy; with principals an auth policy if
its actions are VPC Lattice's (vpc-lattice-svcs:…, vpc-lattice:… or *), else a resource policy. Boundaries, session
policies, SCPs, RCPs and endpoint policies look like these and must be named.

Exit codes: 0, 1 for findings of severity error or security (or more warnings than --max-warnings), 2 for files that cannot be
read.

Examples:
  $ lattice-auth lint policies/*.json
  $ lattice-auth lint stack.yaml --max-warnings 0
  $ lattice-auth lint --type scp scp.json --format sarif > lint.sarif
  $ terraform show -json | jq -r '…policy' | lattice-auth lint -`;

/** Adds `lint` to the program. */
export function addLint(program: Command, session: Session): void {
  program
    .command('lint')
    .summary('find mistakes in policies and stack files')
    .description('Finds what is wrong, dangerous or useless in policy documents and stack files.')
    .argument('<files...>', 'policy documents (JSON) and stack files (YAML or JSON); - is stdin')
    .addOption(new Option('-t, --type <type>', 'type of the policy documents').choices(POLICY_TYPES))
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'sarif']).default('text'))
    .option('--max-warnings <n>', 'exit 1 when there are more warnings', whole)
    .option('-q, --quiet', 'leave out suggestions and warnings')
    .addHelpText('after', EXAMPLES)
    .action(async (files: string[], flags: LintFlags) => {
      const { runLint } = await import('./run-lint.js');
      session.exitCode = await runLint(session.io, files, flags);
    });
}

function whole(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && text.trim() !== '') return value;
  throw new InvalidArgumentError('It takes a whole number.');
}
