// header-line.ts: `-H 'Name: value'`, the way curl reads it.
import { cliError } from '../errors.js';

/** `Name: value`; `Name:` is no header at all, `Name;` one without a value. */
export function parseHeader(line: string): [name: string, value: string | undefined] {
  const [, name, sign, rest = ''] = /^([!#$%&'*+.^_`|~\w-]+)\s*([:;])(.*)$/s.exec(line) ?? [];
  if (name === undefined || (sign === ';' && rest.trim() !== '')) {
    throw cliError('ERR_CLI_USAGE', `\`${line.slice(0, 40)}\` is not a header`, { hint: 'write `Name: value`' });
  }
  const value = rest.trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a header must not hold them
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) {
    throw cliError('ERR_CLI_USAGE', `the value of header \`${name}\` holds a control character`);
  }
  return [name, sign === ':' && value === '' ? undefined : value];
}
