// command.ts: the options of `lattice-auth test`.
import { type Command, Option } from 'commander';
import type { Session } from '../../program.js';

type ReporterName = 'spec' | 'json' | 'junit' | 'tap';

/** What was given on the command line. */
export interface TestFlags {
  readonly reporter: ReporterName;
  readonly filter?: string;
  readonly watch?: boolean;
  readonly table?: boolean;
  readonly assumptions?: boolean;
  readonly schema?: boolean;
}

const EXAMPLES = `
A case file says which stack it is about, and what is expected of requests:

  stack: ./stack.yaml
  defaults: { to: datastore, method: GET }
  cases:
    - name: the frontend reads
      request: { from: frontend, vpc: vpc-a, path: /popular }
      expect: allow
    - name: nobody reads unsigned
      request: { from: anonymous, vpc: vpc-a, path: /popular }
      expect: { deny: serviceNetwork, reason: implicitDeny }
  matrix:
    - name: who may write
      principals: [frontend, anonymous]
      vpcs: [vpc-a, vpc-b]
      methods: [GET, POST]
      paths: [/popular]
      expect:
        - { principal: frontend, method: GET, vpc: vpc-a, is: allow }
        - { is: deny }

expect: allow, deny, unreachable (no network leads there), or { deny: <layer>, reason, statement } with a layer of serviceNetwork,
service, identity, permissionsBoundary, session, scp; a reason of explicitDeny, implicitDeny, noPolicy; and the Sid or index
of a statement. In a matrix the first row that fits decides, and every combination needs one.

Exit codes: 0 all passed, 1 some failed, 2 bad input, or nothing to run.

Examples:
  $ lattice-auth test
  $ lattice-auth test examples/eks-datastore --table
  $ lattice-auth test --filter 'anonymous' --reporter junit > results.xml
  $ lattice-auth test --filter '/ (GET|HEAD) /' --watch
  $ lattice-auth test --schema > lattice-test.schema.json      for editors`;

/** Adds `test` to the program. */
export function addTest(program: Command, session: Session): void {
  const reporters: readonly ReporterName[] = ['spec', 'json', 'junit', 'tap'];
  program
    .command('test')
    .summary('run the cases of *.lattice-test.yaml files')
    .description('Decides the requests of case files, offline, and compares with what they expect.')
    .argument('[files...]', 'case files and folders (default: all *.lattice-test.{yaml,yml,json} below this folder)')
    .addOption(new Option('-r, --reporter <name>', 'how to print').choices(reporters).default('spec'))
    .option('-f, --filter <text>', 'only cases whose name holds this text, or fits /this pattern/ (RE2: linear time)')
    .option('-w, --watch', 'run again when a case, stack or policy file changes')
    .addOption(new Option('--table', 'also print who may call what, from where').conflicts('watch'))
    .option('--assumptions', 'say which undocumented behaviour each passing case rests on')
    .option('--schema', 'print the JSON Schema of case files and stop')
    .addHelpText('after', EXAMPLES)
    .action(async (files: string[], flags: TestFlags) => {
      const { runTest } = await import('./run-test.js');
      session.exitCode = await runTest(session.io, files, flags);
    });
}
