// load-config.ts: the configuration from defaults, file, environment and flags, in this order, later ones winning. All that
// is wrong is reported at once, each thing with where it was said.
import { completeConfig } from './complete-config.js';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { type ConfigLayer, mergeLayers, SettingsLayer, whereIs } from './config-layer.js';
import { contradictions, incompleteDestination } from './contradictions.js';
import { type Violation, violationsOf } from './describe-violation.js';
import { CONFIG_VARIABLE, type Environment, readEnvironment } from './environment.js';
import type { CommandNames, Flags } from './flags.js';
import type { SidecarConfig } from './sidecar-config.js';
import { warningsOf } from './warnings.js';

/** What was asked for: to run, to check, or to print a text. */
export type LoadedConfig =
  | { readonly kind: 'help'; readonly text: string }
  | {
      readonly kind: 'config';
      readonly config: SidecarConfig;
      /** `--check-config`: say that it is usable, and end. */
      readonly checkOnly: boolean;
      /** The file that was read. */
      readonly file: string | undefined;
      /** Lines for the log: what was ignored, and what is less safe than it could be. */
      readonly warnings: readonly string[];
    };

/**
 * Reads the configuration.
 *
 * @example
 * const loaded = await loadConfig(process.argv.slice(2), process.env, { command: 'lattice-auth-proxy', version: '1.0.0' });
 * @throws {ConfigError} `ERR_SIDECAR_CONFIG`; `problems` lists everything that is wrong
 */
export async function loadConfig(
  argv: readonly string[],
  env: Environment,
  names: CommandNames,
): Promise<LoadedConfig> {
  const flags = await flagsFrom(argv, names);
  if (flags.help !== undefined) return { kind: 'help', text: flags.help };
  const environment = readEnvironment(env);
  const file = flags.configFile ?? (env[CONFIG_VARIABLE] || undefined);
  const layers: ConfigLayer[] = [...(await layersFrom(file)), environment.layer, flags.layer];
  const document = mergeLayers(layers);
  const placed = ({ pointer, onKey, message }: Violation): ConfigProblem => ({
    where: whereIs(layers, pointer, onKey),
    message,
  });
  refuse([...environment.problems, ...violationsOf(document).map(placed)]);
  refuse(incompleteDestination(document).map(placed));
  const config = completeConfig(document, env);
  refuse(contradictions(config).map(placed));
  const ignored = environment.warnings.map(({ where, message }) => `${where}: ${message}`);
  return { kind: 'config', config, checkOnly: flags.checkOnly, file, warnings: [...ignored, ...warningsOf(config)] };
}

const NO_FLAGS: Flags = { layer: new SettingsLayer(), configFile: undefined, checkOnly: false, help: undefined };

// What reads flags and YAML is loaded only where there are any: a container often has neither.
async function flagsFrom(argv: readonly string[], names: CommandNames): Promise<Flags> {
  if (argv.length === 0) return NO_FLAGS;
  const { readFlags } = await import('./flags.js');
  return readFlags(argv, names);
}

async function layersFrom(file: string | undefined): Promise<ConfigLayer[]> {
  if (file === undefined) return [];
  const { readConfigFile } = await import('./config-file.js');
  return [readConfigFile(file)];
}

function refuse(problems: readonly ConfigProblem[]): void {
  const [first, ...rest] = problems;
  if (first !== undefined) throw new ConfigError([first, ...rest]);
}
