// flags.ts: the command line: ours, those of aws-sigv4-proxy, and one flag for each setting there is.
import { Command, CommanderError, Option } from 'commander';
import { COMPATIBLE_FLAGS, type CompatibleFlag, destinationOf } from './compatible-flags.js';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { SettingsLayer } from './config-layer.js';
import { ENVIRONMENT_PREFIX, flagOf, parseSetting, SETTINGS, type Setting, SettingValueError } from './settings.js';

/** What the command line says. `help` is text to print instead of running. */
export interface Flags {
  readonly layer: SettingsLayer;
  readonly configFile: string | undefined;
  readonly checkOnly: boolean;
  readonly help: string | undefined;
}

/** How the command is called in help texts: `lattice-auth-proxy`, or `lattice-auth proxy`. */
export interface CommandNames {
  readonly command: string;
  readonly version: string;
}

const AFTER = `
Everything can also be said in a file (--config; YAML or JSON) and by environment variables: --log.level is
${ENVIRONMENT_PREFIX}LOG_LEVEL. Flags win over variables, variables over the file.

Examples:
  $ lattice-auth-proxy                                  sign for any Lattice service, listening on 127.0.0.1:8080
  $ lattice-auth-proxy --host orders.example.com --region eu-west-1
  $ lattice-auth-proxy --stack stack.yaml --caller web --preflight shadow`;

/** Flags of ours that are shorter than the setting's own name; a list is given one at a time. */
const SHORT: readonly (readonly [flags: string, path: string, description: string])[] = [
  ['--allow <host>', 'outbound.allow', "host to sign for besides Lattice's own names; may be repeated"],
  ['--stack <file>', 'policies.stack', 'stack file for preflight and inbound'],
  ['--caller <principal>', 'policies.caller', 'who the app is, in preflight: a principal of the stack'],
  ['--preflight <mode>', 'outbound.preflight', '`off`, `shadow` or `enforce`'],
];

/** @throws {ConfigError} for a flag that does not exist or cannot have its value */
export function readFlags(argv: readonly string[], names: CommandNames): Flags {
  const reader = new FlagReader(names);
  return reader.read(argv);
}

class FlagReader {
  readonly #layer = new SettingsLayer();
  readonly #problems: ConfigProblem[] = [];
  readonly #program: Command;
  #printed = '';
  #usage = '';

  constructor({ command, version }: CommandNames) {
    this.#program = new Command(command)
      .description('Signs what an app sends to Amazon VPC Lattice, and authorizes what comes in.')
      .version(version, '-V, --version', 'print the version')
      .helpOption('-h, --help', 'print this help')
      .exitOverride()
      .configureOutput({
        writeOut: (text) => {
          this.#printed += text;
        },
        outputError: (text) => {
          this.#usage += text;
        },
      })
      .option('-c, --config <file>', `configuration file; default ${ENVIRONMENT_PREFIX}CONFIG`)
      .option('--check-config', 'say whether configuration and policies can be used, and end')
      .allowExcessArguments(false)
      .addHelpText('after', AFTER);
    for (const [flags, path, description] of SHORT) this.#addShort(flags, path, description);
    this.#program.optionsGroup('As in aws-sigv4-proxy:');
    this.#program
      .option('--host <host>', 'send everything there')
      .option('--sign-host <host>', '`Host` to send and sign');
    for (const each of COMPATIBLE_FLAGS) this.#addCompatible(each);
    this.#program.optionsGroup('Every setting:');
    for (const setting of SETTINGS) this.#addSetting(setting);
  }

  read(argv: readonly string[]): Flags {
    let help: string | undefined;
    try {
      this.#program.parse(argv, { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode !== 0) throw new ConfigError([usageProblem(this.#usage || error.message)]);
      help = this.#printed;
    }
    const opts = this.#program.opts<Record<string, string | boolean | undefined>>();
    const { config, checkConfig, host, signHost, verbose } = opts;
    this.#addDestination(host, signHost);
    // With aws-sigv4-proxy `--log-failed-requests` adds to the log: beside `-v` it takes nothing away.
    if (verbose === true && opts['log.access'] === undefined) this.#layer.set(['log', 'access'], 'all', '--verbose');
    const [first, ...rest] = this.#problems;
    if (first !== undefined && help === undefined) throw new ConfigError([first, ...rest]);
    const configFile = typeof config === 'string' ? config : undefined;
    return { layer: this.#layer, configFile, checkOnly: checkConfig === true, help };
  }

  #addSetting(setting: Setting): void {
    const option = new Option(`${flagOf(setting)} <${setting.kind === 'boolean' ? 'true|false' : setting.kind}>`);
    option.description = setting.choices
      ? `${setting.description} (${setting.choices.join(', ')})`
      : setting.description;
    this.#take(option, (text) => [[setting.path, parseSetting(setting.kind, text)]]);
  }

  #addShort(flags: string, dotted: string, description: string): void {
    const path = dotted.split('.');
    const kind = SETTINGS.find((setting) => setting.path.join('.') === dotted)?.kind;
    this.#take(new Option(flags, description), (text) => {
      const before = this.#layer.get(path);
      const value = kind === 'list' ? [...(Array.isArray(before) ? before : []), text] : text;
      return [[path, value]];
    });
  }

  #addCompatible(one: CompatibleFlag): void {
    const given: string[] = [];
    this.#take(new Option(one.flags, one.description), (text) => {
      given.push(text);
      return one.settings(one.repeats ? given.join('\n') : text);
    });
  }

  /** Adds an option whose values become settings as they are read, so that the last one given wins. */
  #take(option: Option, settings: (text: string) => ReturnType<CompatibleFlag['settings']>): void {
    this.#program.addOption(option);
    this.#program.on(`option:${option.name()}`, (text: string | null) => this.#set(option, settings, text ?? ''));
  }

  #set(option: Option, settings: (text: string) => ReturnType<CompatibleFlag['settings']>, text: string): void {
    const name = option.long ?? option.flags;
    try {
      for (const [path, value] of settings(text)) this.#layer.set(path, value, name);
    } catch (error) {
      if (!(error instanceof SettingValueError)) throw error;
      this.#problems.push({ where: name, message: error.message });
    }
  }

  #addDestination(host: string | boolean | undefined, signHost: string | boolean | undefined): void {
    const text = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined);
    const destination = destinationOf(text(host), text(signHost));
    if (destination === undefined) return;
    const name = text(host) === undefined ? '--sign-host' : '--host';
    for (const [key, value] of Object.entries(destination))
      this.#layer.set(['outbound', 'destination', key], value, name);
  }
}

// Commander says `error: unknown option '--prot'\n(Did you mean --port?)`; we say everything on one line, our way.
function usageProblem(text: string): ConfigProblem {
  const [first = '', ...rest] = text.trim().split('\n');
  const hint = rest.join(' ').replace(/^\(D(.*)\)$/, '; d$1');
  return {
    where: 'command line',
    message: `${first.replace(/^error: /, '').replaceAll("'", '`')}${hint || '; see --help'}`,
  };
}
