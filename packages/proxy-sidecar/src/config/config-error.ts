// config-error.ts: the error of a configuration that cannot be used. It lists everything that is wrong, each thing with
// where it was said: `file:line:column`, an environment variable, or a flag.
import { SidecarError } from '../errors.js';

/** One thing that is wrong. */
export interface ConfigProblem {
  /** `sidecar.yaml:3:5`, `--port`, or `LATTICE_AUTH_PROXY_…`. */
  readonly where: string;
  readonly message: string;
}

/** Thrown when the configuration cannot be used; `code` is `ERR_SIDECAR_CONFIG`. */
export class ConfigError extends SidecarError {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly [ConfigProblem, ...ConfigProblem[]], options?: { cause?: unknown }) {
    super('ERR_SIDECAR_CONFIG', problems.map(describeConfigProblem).join('\n'), options);
    this.problems = problems;
  }
}

/** `where: message`, on one line. */
export function describeConfigProblem({ where, message }: ConfigProblem): string {
  return `${where}: ${message}`;
}
