// logger.ts: what happens to the sidecar itself, as lines of JSON: starting, reloading, failing, stopping. Requests have a log
// of their own (access-log.ts). Every value passes the redactor.
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

const LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** A logger on an output. */
export function createLogger(config: LogConfig, output: LogOutput, redactor: Redactor): Logger {
  const threshold = LEVELS.indexOf(config.level);
  const at = (level: 'error' | 'warn' | 'info' | 'debug') => {
    if (LEVELS.indexOf(level) > threshold) return () => undefined;
    return (message: string, fields: LogFields = {}) => {
      const head = { log: 'sidecar', level, time: new Date().toISOString(), message: redactor.text(message) };
      output.write(`${JSON.stringify({ ...head, ...(redactor.value(fields) as object) })}\n`);
    };
  };
  return {
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    debugging: config.level === 'debug',
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
