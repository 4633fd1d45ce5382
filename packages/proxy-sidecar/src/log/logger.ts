// logger.ts: what happens to the sidecar itself, as lines of JSON written by pino: starting, reloading, failing, stopping.
// Requests have a log of their own (access-log.ts). Every value passes the redactor.
import { type LoggerOptions, pino } from 'pino';
import type { LogConfig } from '../config/sidecar-config.js';
import type { LogOutput } from './log-output.js';
import type { Redactor } from './redact.js';

/** Further fields of a line. */
type LogFields = Readonly<Record<string, unknown>>;

/** Writes lines of a severity; `message` is constant, what changes goes into fields. */
export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  /** False: `debug` writes nothing, and its fields need not be made. */
  readonly debugging: boolean;
}

/** Deeper, or longer, values are cut. The redactor's own limit is lower. */
export const NESTING: Pick<LoggerOptions, 'depthLimit' | 'edgeLimit'> = { depthLimit: 16, edgeLimit: 1_000 };

/** A logger on an output. */
export function createLogger({ level }: LogConfig, output: LogOutput, redactor: Redactor): Logger {
  const lines = pino(
    {
      ...NESTING,
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ log: 'sidecar', level: name }) },
    },
    output,
  );
  const at = (severity: 'error' | 'warn' | 'info' | 'debug') => {
    if (!lines.isLevelEnabled(severity)) return () => undefined;
    return (message: string, fields?: LogFields) => lines[severity](redactor.value({ message, ...fields }));
  };
  return {
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    debugging: lines.isLevelEnabled('debug'),
  };
}

/** Writes nothing: for tests and for parts that are used on their own. */
export const silentLogger: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  debugging: false,
};
