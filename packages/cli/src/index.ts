// index.ts: the command as a function, for those who start it from a program. Exports only.
export { CliError, type CliErrorCode, type FilePlace, type Problem } from './errors.js';
export { type Io, type OutputStream, processIo } from './io.js';
export { run } from './run.js';
