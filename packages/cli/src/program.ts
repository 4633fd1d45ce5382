// program.ts: the command line as Commander reads it: what commands there are and what all of them share. The options
// of each command stand in commands/<name>/; what a command does is loaded when it is called.
import { Command } from 'commander';
import { addCurl } from './commands/curl/command.js';
import { addDev } from './commands/dev/command.js';
import { addEval } from './commands/eval/command.js';
import { addExplain } from './commands/explain/command.js';
import { addLint } from './commands/lint/command.js';
import { addProxy } from './commands/proxy/command.js';
import { addSign } from './commands/sign/command.js';
import { addTest } from './commands/test/command.js';
import { formatProblem } from './errors.js';
import { colorsFor, type Io, wantsColor, widthOf } from './io.js';
import { ownVersion } from './version.js';

/** One run: the outside, and how it will end. */
export interface Session {
  io: Io;
  exitCode: number;
}

const HELP_COLUMNS_MAX = 110;

const ABOUT = `Know what IAM auth on Amazon VPC Lattice decides before it is deployed, and call services that use it.`;
const AFTER = `
Exit codes: 0 yes (tests pass, the request is allowed, no findings that count), 1 no, 2 the question could not be
understood. \`curl\` has curl's own, \`proxy\` its own. Colours: NO_COLOR and FORCE_COLOR are respected.

Examples:
  $ lattice-auth test                                    run every *.lattice-test.yaml below this folder
  $ lattice-auth explain --stack stack.yaml --from orders-role --to payments POST /charge
  $ lattice-auth lint policies/*.json
  $ lattice-auth dev --stack stack.yaml                  a Lattice on this machine
  $ lattice-auth curl https://payments-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws/charge`;

/** The whole command line, writing to the session's streams. */
export function createProgram(session: Session): Command {
  const { stdout, stderr, env } = session.io;
  const program = new Command('lattice-auth')
    .description(ABOUT)
    .version(ownVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .option('--no-color', 'no colours, as NO_COLOR=1')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(usageProblem(text)),
      getOutHelpWidth: () => Math.min(widthOf(stdout), HELP_COLUMNS_MAX),
      getErrHelpWidth: () => Math.min(widthOf(stderr), HELP_COLUMNS_MAX),
      getOutHasColors: () => wantsColor(stdout, env),
      getErrHasColors: () => wantsColor(stderr, env),
      stripColor: (text) => text,
    })
    .configureHelp({ styleTitle: (title) => colorsFor(stdout, env).bold(title) })
    .addHelpText('after', AFTER)
    .hook('preAction', (command) => {
      if (command.opts().color === false) session.io = { ...session.io, env: { ...session.io.env, NO_COLOR: '1' } };
    });
  addTest(program, session);
  addExplain(program, session);
  addLint(program, session);
  addEval(program, session);
  addCurl(program, session);
  addSign(program, session);
  addDev(program, session);
  addProxy(program);
  return program;
}

// Commander says `error: unknown option '--stak'\n(Did you mean --stack?)`; we say everything on one line, our way.
function usageProblem(text: string): string {
  const [first = '', ...rest] = text.trim().split('\n');
  const hint = rest.join(' ').replace(/^\((.*)\)$/, '$1');
  const message = first.replace(/^error: /, '').replaceAll("'", '`');
  const help = 'see --help';
  return `${formatProblem({ code: 'ERR_CLI_USAGE', message, hint: hint === '' ? help : `${hint[0]?.toLowerCase()}${hint.slice(1)}` })}\n`;
}
