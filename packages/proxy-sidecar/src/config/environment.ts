// environment.ts: settings from environment variables that begin with LATTICE_AUTH_PROXY_. Kubernetes makes variables of
// its own for every Service; one called `lattice-auth-proxy` would give names with our prefix, so that a name we don't
// know is a warning, never an error.
import type { ConfigProblem } from './config-error.js';
import { SettingsLayer } from './config-layer.js';
import { ENVIRONMENT_PREFIX, parseSetting, SETTINGS, SettingValueError, variableOf } from './settings.js';
import { didYouMean, quote } from './wording.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the configuration file is, unless `--config` says. */
export const CONFIG_VARIABLE = `${ENVIRONMENT_PREFIX}CONFIG`;

const byVariable = new Map(SETTINGS.map((setting) => [variableOf(setting), setting]));
const FROM_KUBERNETES = /_(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT(?:_\d+_\w+)?)$/;

export interface EnvironmentSettings {
  readonly layer: SettingsLayer;
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly ConfigProblem[];
}

/** Everything that the environment says. An empty variable says nothing. */
export function readEnvironment(env: Environment): EnvironmentSettings {
  const layer = new SettingsLayer();
  const problems: ConfigProblem[] = [];
  const warnings: ConfigProblem[] = [];
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(ENVIRONMENT_PREFIX) || name === CONFIG_VARIABLE || !text) continue;
    const setting = byVariable.get(name);
    if (setting === undefined) {
      const hint = didYouMean(name, byVariable.keys());
      if (!FROM_KUBERNETES.test(name)) warnings.push({ where: name, message: `no setting has this name${hint}` });
      continue;
    }
    try {
      layer.set(setting.path, parseSetting(setting.kind, text), name);
    } catch (error) {
      if (!(error instanceof SettingValueError)) throw error;
      problems.push({ where: name, message: `${quote(setting.path.join('.'))} ${error.message}` });
    }
  }
  return { layer, problems, warnings };
}
