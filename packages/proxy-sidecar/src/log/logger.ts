// logger.ts: what happens to the sidecar itself, as lines of JSON: starting, reloading, failing, stopping. Requests have a log
// of their own (access-log.ts). Every value passes the redactor.
import { pino } from 'pino';
import type { LogConfig } from '../config/sidecar-config.js';
import type { LogOutput } from './log-output.js';
import type { Redactor } from './redact.js';

/** Further fields of a line. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes lines of a severity; `message` is constant, what changes goes into fields. */
export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  /** False: `debug` writes nothing, and its fields need not be made. */
  readonly debugging: boolean;
}

/** A logger on an output. */
export function createLogger(config: LogConfig, output: LogOutput, redactor: Redactor): Logger {
  const inner = pino(
    {
      level: config.level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    output,
  );
  const at = (level: 'error' | 'warn' | 'info' | 'debug') => (message: string, fields?: LogFields) => {
    if (!inner.isLevelEnabled(level)) return;
    const clean = fields === undefined ? {} : redactor.value(fields);
    inner[level](clean, redactor.text(message));
  };
  return {
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    debugging: inner.isLevelEnabled('debug'),
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
