// How the reference evaluator compares one operand with one value (STRING to ARNOP): true, false, undecided, or neither
// the operator nor its negation.
import { isIP } from 'node:net';
import { expand, glob, ONE, STAR, splitArn, symbolsOf, type Variables } from './patterns.js';
import { UNDECIDED } from './question.js';

export type Comparison = boolean | 'neither' | typeof UNDECIDED;

export function compare(operator: string, operand: string, text: string, variables: Variables): Comparison {
  if (operator.startsWith('arn')) return compareArns(operand, text, variables);
  if (operator === 'bool' && !/^(true|false)$/i.test(text)) return 'neither';
  if (/^(string|bool)/.test(operator)) {
    const pattern = expand(symbolsOf(operand, variables), variables);
    if (pattern === UNDECIDED) return UNDECIDED;
    if (pattern === undefined) return false; // VAR-4
    if (operator === 'stringlike') return glob(pattern, [...text]);
    const literal = pattern.map((symbol) => (symbol === STAR ? '*' : symbol === ONE ? '?' : symbol)).join('');
    return operator === 'stringequals' ? literal === text : literal.toLowerCase() === text.toLowerCase();
  }
  if (operator === 'binaryequals') return BASE64.test(text) ? bytes(operand) === bytes(text) : 'neither';
  if (operator === 'ipaddress') return compareAddresses(operand, text);
  const read = operator.startsWith('date') ? seconds : scaled;
  const [wanted, actual] = [read(operand), read(text)];
  if (wanted === undefined || actual === undefined) return 'neither';
  if (operator.endsWith('lessthan')) return actual < wanted;
  if (operator.endsWith('lessthanequals')) return actual <= wanted;
  if (operator.endsWith('greaterthan')) return actual > wanted;
  return operator.endsWith('greaterthanequals') ? actual >= wanted : actual === wanted;
}

function compareArns(operand: string, text: string, variables: Variables): Comparison {
  const [wanted, actual] = [splitArn(operand, variables), splitArn(text, undefined)];
  if (wanted.length < 6 || actual.length < 6) return 'neither'; // ARNOP-2
  const patterns = wanted.map((part) => expand(part, variables));
  if (patterns.includes(undefined)) return false;
  if (patterns.includes(UNDECIDED)) return UNDECIDED;
  return patterns.every((pattern, index) => glob(pattern as string[], actual[index] ?? []));
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
const bytes = (base64: string) => Buffer.from(base64, 'base64').toString('hex');

/** NUMERIC-2: the number times 10^400, exactly. */
function scaled(text: string): bigint | undefined {
  const [, sign, whole, fraction = '', power = '0'] = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const size = BigInt(whole + fraction) * 10n ** BigInt(400 + Number(power) - fraction.length);
  return sign === '-' ? -size : size;
}

/** DATE-1 to DATE-4. A day that does not exist is one that Date.parse moves into the next month. */
function seconds(text: string): number | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text) && !/^\d{4}$/.test(text)) return Math.floor(Number(text));
  const form =
    /^(\d{4})(-\d\d(-\d\d(T(?:[01]\d|2[0-3]):\d\d(:\d\d(\.\d+)?)?(Z|[+-](?:[01]\d|2[0-3]):\d\d)?)?)?)?$/.exec(text);
  const day = text.slice(0, 10);
  if (form === null || Number.isNaN(Date.parse(text)) || !new Date(day).toISOString().startsWith(day)) return undefined;
  return Math.floor(Date.parse(form[4] !== undefined && form[7] === undefined ? `${text}Z` : text) / 1000);
}

function compareAddresses(range: string, text: string): Comparison {
  const [base = '', prefix] = range.split('/');
  const [wanted, actual] = [address(base), address(text)];
  if (wanted === undefined || actual === undefined || (actual.bits === 128n && actual.number >> 32n === 0xffffn))
    return 'neither';
  const rest = wanted.bits - (prefix === undefined ? wanted.bits : BigInt(prefix));
  return wanted.bits === actual.bits && wanted.number >> rest === actual.number >> rest;
}

/** A URL writes IPv6 addresses in one way, which leaves only `::` to fill up. */
function address(text: string): { bits: bigint; number: bigint } | undefined {
  if (isIP(text) === 4) {
    return { bits: 32n, number: text.split('.').reduce((sum, byte) => (sum << 8n) + BigInt(byte), 0n) };
  }
  if (isIP(text) !== 6 || text.includes('%')) return undefined;
  const [head = [], tail = []] = new URL(`http://[${text}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const groups = [...head, ...new Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return { bits: 128n, number: BigInt(`0x${groups.map((group) => group.padStart(4, '0')).join('')}`) };
}
