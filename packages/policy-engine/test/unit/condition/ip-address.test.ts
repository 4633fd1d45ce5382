// Addresses and ranges of IpAddress conditions (docs/evaluation.md, IP-1 to IP-4): read strictly, compared as numbers.
import { describe, expect, test } from 'vitest';
import { inIpRange, ipOperand, parseIpAddress, parseIpRange } from '../../../src/condition/ip-address.js';
import { MATCH, UNREADABLE } from '../../../src/condition/operand.js';

function contains(range: string, address: string): boolean {
  const [parsedRange, parsedAddress] = [parseIpRange(range), parseIpAddress(address)];
  if (parsedRange === undefined || parsedAddress === undefined) throw new Error(`unreadable: ${range} or ${address}`);
  return inIpRange(parsedAddress, parsedRange);
}

describe('parseIpAddress', () => {
  test.each([
    ['0.0.0.0', [0, 0]],
    ['255.255.255.255', [0xffff, 0xffff]],
    ['192.0.2.1', [0xc000, 0x0201]],
    ['1.20.255.0', [0x0114, 0xff00]],
    ['::', [0, 0, 0, 0, 0, 0, 0, 0]],
    ['::1', [0, 0, 0, 0, 0, 0, 0, 1]],
    ['1::', [1, 0, 0, 0, 0, 0, 0, 0]],
    ['2001:db8::1', [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]],
    ['2001:DB8:0::1', [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]],
    ['1:2:3:4:5:6:7:8', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['1:2:3:4:5:6:7::', [1, 2, 3, 4, 5, 6, 7, 0]],
    ['::2:3:4:5:6:7:8', [0, 2, 3, 4, 5, 6, 7, 8]],
    ['1:2::7:8', [1, 2, 0, 0, 0, 0, 7, 8]],
    ['::ffff:192.0.2.1', [0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201]],
    ['1:2:3:4:5:6:192.0.2.1', [1, 2, 3, 4, 5, 6, 0xc000, 0x0201]],
    ['64:ff9b::192.0.2.1', [0x64, 0xff9b, 0, 0, 0, 0, 0xc000, 0x0201]],
    ['ABCD:ef01::', [0xabcd, 0xef01, 0, 0, 0, 0, 0, 0]],
    ['ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255', [0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff]],
  ])('reads %s', (text, groups) => {
    expect(parseIpAddress(text)).toEqual(groups);
  });

  test.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.',
    '.1.2.3',
    '1..2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.300',
    '1.2.3.1000',
    '01.2.3.4',
    '1.2.3.00',
    '1.2.3.-4',
    '1.2.3.4 ',
    ' 1.2.3.4',
    '0x1.2.3.4',
    '1.2.3.a',
    '1.2.3./',
    '1.2.3.:',
    '16909060',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '::1:2:3:4:5:6:7:8',
    '1::2::3',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:',
    '12345::',
    'g::',
    '1.2.3.4::',
    '::1.2.3.4:1',
    '1:2:3:4:5:6:7:1.2.3.4',
    '::1.2.3',
    '::01.2.3.4',
    '[::1]',
    'fe80::1%eth0',
    '::1/128',
    '1.2.3.4/32',
    'localhost',
    `::${'0'.repeat(50)}`,
    '0000:0000:0000:0000:0000:0000:0000:0000:0000:0',
  ])('does not read %j', (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  });
});

describe('parseIpRange', () => {
  test.each([
    ['10.0.0.0/8', { address: [0x0a00, 0], prefix: 8, bareIpv6: false }],
    ['10.1.2.3', { address: [0x0a01, 0x0203], prefix: 32, bareIpv6: false }],
    ['10.1.2.3/32', { address: [0x0a01, 0x0203], prefix: 32, bareIpv6: false }],
    ['0.0.0.0/0', { address: [0, 0], prefix: 0, bareIpv6: false }],
    ['::1', { address: [0, 0, 0, 0, 0, 0, 0, 1], prefix: 128, bareIpv6: true }],
    ['::1/128', { address: [0, 0, 0, 0, 0, 0, 0, 1], prefix: 128, bareIpv6: false }],
    ['::/0', { address: [0, 0, 0, 0, 0, 0, 0, 0], prefix: 0, bareIpv6: false }],
  ])('reads %s', (text, range) => {
    expect(parseIpRange(text)).toEqual(range);
  });

  test.each([
    '',
    '/',
    '/8',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/+8',
    '10.0.0.0/08',
    '10.0.0.0/00',
    '10.0.0.0/8 ',
    '10.0.0.0/8/8',
    '10.0.0.0/8.0',
    '10.0.0.0/1000',
    '10.0.0.0/a',
    '10.0.0.0/255.0.0.0',
    '::/129',
    '::/1000',
    '10.0.0/8',
    'any',
  ])('does not read %j', (text) => {
    expect(parseIpRange(text)).toBeUndefined();
  });
});

describe('inIpRange', () => {
  test.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/8', '9.255.255.255', false],
    ['10.99.99.99/8', '10.0.0.1', true],
    ['0.0.0.0/0', '0.0.0.0', true],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['128.0.0.0/1', '128.0.0.0', true],
    ['128.0.0.0/1', '255.255.255.255', true],
    ['128.0.0.0/1', '127.255.255.255', false],
    ['172.16.0.0/12', '172.31.255.255', true],
    ['172.16.0.0/12', '172.32.0.0', false],
    ['192.168.0.0/16', '192.168.255.0', true],
    ['192.168.0.0/16', '192.169.0.0', false],
    ['192.168.128.0/17', '192.168.128.1', true],
    ['192.168.128.0/17', '192.168.127.255', false],
    ['192.0.2.128/25', '192.0.2.128', true],
    ['192.0.2.128/25', '192.0.2.127', false],
    ['192.0.2.0/31', '192.0.2.1', true],
    ['192.0.2.0/31', '192.0.2.2', false],
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['192.0.2.1', '192.1.2.1', false],
    ['2001:db8::/32', '2001:db8:ffff::', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['2001:db8::/33', '2001:db8:7fff::', true],
    ['2001:db8::/33', '2001:db8:8000::', false],
    ['2001:DB8:0::1', '2001:db8::1', true],
    ['2001:db8::1', '2001:db8::2', false],
    ['2001:db8::1/127', '2001:db8::', true],
    ['2001:db8::1/127', '2001:db8::2', false],
    ['::/0', 'ffff::', true],
    ['::/0', '1.2.3.4', false],
    ['0.0.0.0/0', '::', false],
    ['0.0.0.0/0', '::1.2.3.4', false],
    ['::1.2.3.4/128', '1.2.3.4', false],
    ['::ffff:1.2.3.4', '1.2.3.4', false],
  ])('%s holds %s: %s', (range, address, expected) => {
    expect(contains(range, address)).toBe(expected);
  });
});

describe('ipOperand', () => {
  test.each([
    ['::ffff:192.0.2.1', 'ip-mapped'],
    ['::FFFF:c000:201', 'ip-mapped'],
    ['0:0:0:0:0:ffff:0:0', 'ip-mapped'],
    ['fe80::1%eth0', 'ip-mapped'],
    ['192.0.2', 'value-unparsable'],
    ['nonsense', 'value-unparsable'],
    ['', 'value-unparsable'],
  ])('%j matches no range, for %s', (value, assumption) => {
    for (const range of ['0.0.0.0/0', '::/0']) {
      const state = { assumed: [] as string[] };
      expect(ipOperand(range)(value, state as never)).toBe(UNREADABLE);
      expect(state.assumed).toEqual([assumption]);
    }
  });

  test.each(['192.0.2.1', '255.255.0.0', '::192.0.2.1', '::fffe:192.0.2.1', '1::ffff:192.0.2.1', '0:0:0:0:1:ffff:0:0'])(
    '%s is an address like any other',
    (value) => {
      const range = value.includes(':') ? '::/0' : '0.0.0.0/0';
      expect(ipOperand(range)(value, { assumed: [] } as never)).toBe(MATCH);
    },
  );
});
