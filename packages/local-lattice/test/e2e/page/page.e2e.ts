// The live page in a real browser, over a real data plane: what it shows, that it can be used without a mouse and at any
// width, and that nothing in a request becomes markup. The modules are those in dist.
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { loadStack } from '@lattice-auth/stack';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LocalLattice, startLocalLattice } from '../../../src/index.js';
import { hasChromium, launchChromium } from '../../support/page/chromium.js';

const STACK = fileURLToPath(new URL('../../../../../examples/eks-datastore/stack.yaml', import.meta.url));

let browser: Browser;
let lattice: LocalLattice;
let context: BrowserContext;
let page: Page;
let problems: string[];

interface View {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
  /** Only so that the accessibility checker can be brought in. */
  readonly bypassCSP?: boolean;
}

async function open({ width = 1280, colorScheme = 'light', bypassCSP = false }: View = {}): Promise<void> {
  context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP });
  page = await context.newPage();
  problems = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(lattice.controlUrl);
  await page.locator('#connection.live').waitFor();
  await page.locator('#picture svg').waitFor();
}

async function call(
  as: string,
  service: string,
  path: string,
  init: RequestInit & { vpc?: string } = {},
): Promise<void> {
  const { vpc, ...rest } = init;
  await (await lattice.fetchAs(as, { vpc })(lattice.urlOf(service) + path, rest)).arrayBuffer();
}

/** Straight onto the wire, to the one service that listens without TLS. */
function sendRaw(path: string, userAgent: string): Promise<void> {
  const headers = { host: new URL(lattice.urlOf('reports')).host, 'user-agent': userAgent };
  return new Promise((resolve, reject) => {
    request(lattice.httpUrl, { path, headers }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end();
  });
}

const row = (text: string) => page.locator('#rows tr:not(.detail)', { hasText: text });

describe.runIf(hasChromium)('the live page', () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    // Its targets are programs, which the page has no need of.
    const stack = await loadStack(STACK);
    lattice = await startLocalLattice({ ...stack, local: { ...stack.local, targetGroups: {} } });
  });
  afterEach(async () => {
    await context.close();
    await lattice.close();
  });

  test('draws the topology, as a picture and as a list', async () => {
    await open();
    expect(await page.locator('.node').count()).toBe(3 + 1 + 4 + 5);
    expect(await page.locator('.edge.forward').count()).toBe(6);
    expect(await page.locator('.badge.guarded').count()).toBe(4);
    await page.getByText('As a list', { exact: true }).click();
    await page.getByText('HTTPS :443, /summary*: 50% to datastore-v1, 50% to datastore-v2').waitFor();
    expect(problems).toEqual([]);
  });

  test('shows requests as they come, and why each was denied', async () => {
    await call('batch-worker', 'datastore', '/before');
    await open();
    await row('/before').waitFor();
    await call('anonymous', 'datastore', '/live', { vpc: 'vpc-a' });
    await row('/live').waitFor();
    expect(await row('/live').locator('.cell-decided').textContent()).toBe('service network: no Allow matches');
    const button = row('/before').getByRole('button');
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    const why = page.locator('.detail');
    await why.getByText('Denied by the service: no Allow matches').waitFor();
    await why.getByRole('heading', { name: 'What would have to differ' }).waitFor();
    expect(await why.locator('.misses').textContent()).toContain(
      'the caller is `arn:aws:sts::111122223333:assumed-role/batch-worker',
    );
    await page.keyboard.press('Enter');
    await why.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
  });

  test('shows what was wrong with a signature', async () => {
    await open();
    await call('anonymous', 'datastore', '/forged', {
      vpc: 'vpc-a',
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=x' },
    });
    await row('/forged').getByRole('button').click();
    await page.locator('.detail').getByText('The signature was refused').waitFor();
    expect(await row('/forged').locator('.cell-caller').textContent()).toBe('bad signature');
  });

  test('sends a request as any principal, and says why it was answered so', async () => {
    await open();
    await page.getByLabel('As', { exact: true }).selectOption('batch-worker');
    await page.getByLabel('To', { exact: true }).selectOption('ledger');
    await page.getByLabel('Method').selectOption('POST');
    await page.getByLabel('Path').fill('/month-end?a=b');
    await page.getByText('Headers and body').click();
    await page.getByLabel('Headers, one a line').fill('x-purpose: bookkeeping\nx-other: 1');
    await page.getByLabel('Body', { exact: true }).fill('{}');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: 'Why?' }).click();
    await page.locator('.detail h3').first().waitFor();
    const seen = lattice.seen.at(-1);
    expect(seen).toMatchObject({
      principal: 'batch-worker',
      service: 'ledger',
      method: 'POST',
      target: '/month-end?a=b',
    });
    expect(seen?.question?.headers).toMatchObject({ 'x-purpose': 'bookkeeping' });
    expect(problems).toEqual([]);
  });

  test('a form that cannot be sent says so', async () => {
    await open();
    await page.getByText('Headers and body').click();
    await page.getByLabel('Headers, one a line').fill('nonsense');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('#try-answer').getByText('a header is written').waitFor();
  });

  test('nothing that comes in a request becomes markup or script', async () => {
    await open();
    // As they stand: not every client encodes what a browser would.
    const hostile = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
    await sendRaw('/a"><svg/onload=document.title=`owned`>', hostile);
    await row('<svg/onload').waitFor();
    await page.getByLabel('Path').fill('/b');
    await page.getByText('Headers and body').click();
    await page.getByLabel('Headers, one a line').fill(`user-agent: ${hostile}\nx-purpose: ${hostile}`);
    await page.getByLabel('To', { exact: true }).selectOption('ledger');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: 'Why?' }).click();
    await page.locator('.detail').getByText('The request').click();
    await page.locator('.detail').getByText(hostile).first().waitFor();
    expect(await page.title()).toBe(
      'A frontend and a datastore on EKS, in VPCs with overlapping addresses – Local Lattice',
    );
    expect(await page.locator('img, .detail svg, .detail script, #rows svg').count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test('no page from elsewhere can send through it or read from it', async () => {
    await open();
    const server: Server = createServer((_, response) =>
      response.setHeader('content-type', 'text/html').end('<p>other</p>'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const other = await context.newPage();
    await other.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const body = JSON.stringify({
      principal: 'aws-sigv4-client',
      service: 'datastore',
      method: 'GET',
      path: '/stolen',
    });
    const outcomes = await other.evaluate(
      async ([url, text]) => {
        const attempt = (path: string, init: RequestInit) =>
          fetch(url + path, init).then(
            (response) => response.type,
            () => 'failed',
          );
        return [
          await attempt('/api/try', {
            method: 'POST',
            body: text ?? '',
            headers: { 'content-type': 'application/json' },
          }),
          await attempt('/api/try', { method: 'POST', body: text ?? '', mode: 'no-cors' }),
          await attempt('/api/requests', {}),
        ];
      },
      [lattice.controlUrl, body] as const,
    );
    server.close();
    server.closeAllConnections();
    // Same site, other origin: the browser lets it try, and keeps the answers from it.
    expect(outcomes).toEqual(['failed', 'failed', 'failed']);
    expect(lattice.seen).toEqual([]);
  });

  test('boxes are reached by keyboard, and narrow the table down', async () => {
    await call('batch-worker', 'datastore', '/one');
    await call('batch-worker', 'catalog', '/two');
    await open();
    await row('/two').waitFor();
    await page.getByRole('button', { name: /^service catalog/ }).focus();
    expect(await page.locator('.node.related').count()).toBe(1 + 1 + 2 + 1);
    await page.keyboard.press(' ');
    expect(await row('/one').isVisible()).toBe(false);
    expect(await row('/two').isVisible()).toBe(true);
    expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('catalog');
    await page.getByRole('button', { name: 'Only service catalog: show all' }).click();
    expect(await row('/one').isVisible()).toBe(true);
  });

  test('a pause holds the table still', async () => {
    await open();
    await page.getByRole('button', { name: 'Pause' }).click();
    await call('batch-worker', 'datastore', '/later');
    await page.getByRole('button', { name: 'Go on (1 new)' }).click();
    await row('/later').waitFor();
  });

  test('a reload draws anew, and a stack that can not be used is said', async () => {
    await open();
    await lattice.reload('nowhere/stack.yaml').catch(() => undefined);
    await page.getByRole('alert').getByText('The last good stack stays.').waitFor();
    await lattice.reload({
      account: '111122223333',
      region: 'eu-west-1',
      serviceNetworks: { net: { id: 'sn-0123456789abcdef0', services: ['only'] } },
      services: { only: { id: 'svc-0123456789abcdef0' } },
    });
    await page.getByRole('button', { name: /^service only/ }).waitFor();
    expect(await page.getByRole('alert').isVisible()).toBe(false);
  });

  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 360],
  ] as const) {
    test(`has no accessibility defect and fits, ${colorScheme}, ${width} px`, async () => {
      await call('batch-worker', 'datastore', `/${'long'.repeat(60)}`);
      await call('aws-sigv4-client', 'ledger', '/x', { headers: { authorization: 'AWS4-HMAC-SHA256 x' } });
      await open({ width, colorScheme, bypassCSP: true });
      for (const each of await page.locator('.time').all()) await each.click();
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('button', { name: 'Why?' }).waitFor();
      for (const each of await page.locator('summary:visible').all()) await each.click();
      // Colours move for a moment after something came by.
      await page.waitForTimeout(1_000);
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        const { violations } = await axe.run();
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
      expect(found).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }
});
