// command.ts: the options of `lattice-auth eval`.
import type { PolicyType } from '@lattice-auth/policy-engine';
import { type Command, Option } from 'commander';
import type { Session } from '../../program.js';
import { POLICY_TYPES } from '../policy-types.js';

/** What was given on the command line. */
export interface EvalFlags {
  readonly type?: PolicyType;
  readonly principal?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly context?: readonly string[];
  readonly json?: boolean;
}

const EXAMPLES = `
This is one policy on its own, of any AWS service. What VPC Lattice makes of several is \`explain\`'s to say.

A request file (YAML or JSON) has the fields of the options, which win over it:

  principal: arn:aws:iam::111122223333:role/app        # or anonymous, or a mapping: arn, tags, orgId, …
  action: vpc-lattice-svcs:Invoke
  resource: arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0/orders
  context: { "vpc-lattice-svcs:RequestMethod": GET }   # a list is a multivalued key

Exit codes: 0 allow, 1 deny (explicit or implicit), 2 the policy or the request cannot be read.

Examples:
  $ lattice-auth eval policy.json request.yaml
  $ lattice-auth eval policy.json --principal anonymous --action s3:GetObject --resource arn:aws:s3:::b/k
  $ aws vpc-lattice get-auth-policy --resource-identifier svc-… | jq -r .policy | lattice-auth eval - request.yaml`;

/** Adds `eval` to the program. */
export function addEval(program: Command, session: Session): void {
  program
    .command('eval')
    .summary('put one request to one policy document')
    .description('Says what one policy document makes of one request: allow, explicit deny or implicit deny.')
    .argument('<policy>', 'policy document (JSON), or - for stdin')
    .argument('[request]', 'request file (YAML or JSON), or - for stdin')
    .addOption(
      new Option('-t, --type <type>', 'type of the policy (default: told from its content, as lint does)').choices(
        POLICY_TYPES,
      ),
    )
    .option('--principal <arn>', "the caller's ARN, or anonymous")
    .option('--action <action>', 'action, e.g. vpc-lattice-svcs:Invoke')
    .option('--resource <arn>', 'resource')
    .option('-C, --context <key=value>', 'condition key; given twice it has two values', collect)
    .option('--json', 'print the evaluation as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (policy: string, request: string | undefined, flags: EvalFlags) => {
      const { runEval } = await import('./run-eval.js');
      session.exitCode = await runEval(session.io, policy, request, flags);
    });
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
