// The rules of transparent mode, as text; that they work is shown where network namespaces are allowed.
import { expect, test } from 'vitest';
import { CHAIN, transparentRules, transparentScript } from '../../../src/injector/transparent-rules.js';

const lines = (rules: string[][]) => rules.map((rule) => rule.join(' '));

test('the sidecar is excepted before anything is redirected, and traffic comes last', () => {
  const v4 = lines(transparentRules({ port: 8080, uid: 65532 })).filter((line) => line.startsWith('iptables'));
  expect(v4).toEqual([
    `iptables -w 5 -t nat -N ${CHAIN}`,
    `iptables -w 5 -t nat -A ${CHAIN} -m owner --uid-owner 65532 -j RETURN`,
    `iptables -w 5 -t nat -A ${CHAIN} -p tcp --dport 443 -j RETURN`,
    `iptables -w 5 -t nat -A ${CHAIN} -p tcp -j REDIRECT --to-ports 8080`,
    `iptables -w 5 -t nat -A OUTPUT -p tcp -d 169.254.171.0/24 -j ${CHAIN}`,
  ]);
});

test('each range goes to the command of its family', () => {
  const rules = lines(transparentRules({ port: 1, uid: 2, ranges: ['10.0.0.0/8', 'fd00::/8'], exceptPorts: [] }));
  expect(rules.filter((line) => line.includes('OUTPUT'))).toEqual([
    `iptables -w 5 -t nat -A OUTPUT -p tcp -d 10.0.0.0/8 -j ${CHAIN}`,
    `ip6tables -w 5 -t nat -A OUTPUT -p tcp -d fd00::/8 -j ${CHAIN}`,
  ]);
  expect(transparentRules({ port: 1, uid: 2, ranges: ['10.0.0.0/8'] }).flat()).not.toContain('ip6tables');
});

test('the script may run twice', () => {
  const script = transparentScript({ port: 8080, uid: 101 });
  expect(script).toContain(`-N ${CHAIN} 2>/dev/null || iptables -w 5 -t nat -F ${CHAIN}`);
  expect(script).toContain(
    `-C OUTPUT -p tcp -d 169.254.171.0/24 -j ${CHAIN} 2>/dev/null || iptables -w 5 -t nat -A OUTPUT`,
  );
  expect(script).toMatch(/if ip6tables .*; then\n {2}ip6tables/);
});
