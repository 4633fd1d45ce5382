// Clients that others wrote, as they are: they get in when they sign right, and are refused in AWS's words when they don't.
// docs/local-clients.md says what each needs; its list is this one.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CARE, type Client, type Keys, type Sending } from '../support/clients.js';
import { JAVASCRIPT_CLIENTS } from '../support/clients-javascript.js';
import { botocoreClients, curlClient, curlVersion, sidecarClient } from '../support/clients-programs.js';
import { type ProofPlane, startProofPlane } from '../support/proof.js';
import { securityStack } from '../support/proof-security-stack.js';
import { type EchoTarget, startEchoTarget } from '../support/proof-targets.js';

const CLIENT_ARN = 'arn:aws:sts::111122223333:assumed-role/client/pod-1';
const HOUR_MS = 3_600_000;

const botocore = await botocoreClients();
const curl = curlVersion();
const programs = [...(curl === undefined ? [] : [curlClient(curl)]), ...(botocore?.clients ?? []), sidecarClient()];
const clients: readonly Client[] = [...JAVASCRIPT_CLIENTS, ...programs];
if (botocore === undefined) console.warn('python3-botocore is not installed: its signers are left out');
if (curl === undefined) console.warn('curl 7.88 or newer is not installed: it is left out');

let target: EchoTarget;
let plane: ProofPlane;
/** How far the data plane's clock is ahead. */
let aheadMs = 0;
beforeAll(async () => {
  target = await startEchoTarget();
  plane = await startProofPlane(securityStack(target.url), { now: () => new Date(Date.now() + aheadMs) });
});
afterAll(async () => {
  for (const program of programs) program.close();
  await plane.close();
  await target.close();
});

function sending(changes: Partial<Sending> = {}): Sending {
  return {
    ...{ port: plane.httpPort, host: plane.hostOf('paths'), method: 'GET', target: '/', body: undefined },
    ...{ keys: plane.keysOf('client'), region: 'eu-west-1', service: 'vpc-lattice-svcs', payload: 'unsigned' },
    date: undefined,
    ...changes,
  };
}

/** In, as the role, with what was sent. */
async function getsIn(client: Client, changes: Partial<Sending> = {}): Promise<void> {
  const asked = sending(changes);
  const answer = await client.send(asked);
  expect([answer.text.slice(0, 300), answer.status]).toEqual([expect.stringMatching(/^\{/), 200]);
  const { method, target: path, body } = JSON.parse(answer.text) as Record<string, string>;
  expect([method, body]).toEqual([asked.method, asked.body ?? '']);
  // Signers in the query add to it.
  const [bare, query] = asked.target.split('?');
  expect(path?.split('?')[0]).toBe(bare);
  for (const pair of query?.split('&') ?? []) expect(path?.split(/[?&]/)).toContain(pair);
  expect(plane.seen.at(-1)).toMatchObject({ principal: 'client', principalArn: CLIENT_ARN });
}

async function refused(client: Client, text: string | RegExp, changes: Partial<Sending>): Promise<void> {
  const before = target.delivered.length;
  const answer = await client.send(sending(changes));
  expect(answer.text).toEqual(expect.stringMatching(text));
  expect(answer.status).toBe(403);
  expect(target.delivered).toHaveLength(before);
}

const CARES = Object.keys(CARE) as (keyof typeof CARE)[];

describe.each(clients)('$name', (client) => {
  test('gets in', async () => {
    await getsIn(client);
    await getsIn(client, { target: '/orders?a=1&b=2' });
    await getsIn(client, { method: 'POST', target: '/orders', body: '{"item":7,"text":"ü"}' });
  });

  test.each(CARES.filter((care) => !client.cannot?.includes(care)))('gets in with %s', async (care) => {
    await getsIn(client, { target: CARE[care] });
  });

  test('gets in with the credentials of a session, and not without its token or with another', async () => {
    const session = await plane.sessionOf('client');
    await getsIn(client, { keys: session });
    const invalid = /^UnrecognizedClientException: The security token included in the request is invalid\.$/;
    await refused(client, invalid, { keys: { ...session, sessionToken: undefined } });
    await refused(client, invalid, { keys: { ...session, sessionToken: `${session.sessionToken}x` } });
    await refused(client, invalid, { keys: { ...plane.keysOf('client'), sessionToken: session.sessionToken } });
  });

  test('is refused with other keys', async () => {
    const keys = plane.keysOf('client');
    const mismatch =
      /^InvalidSignatureException: The request signature we calculated does not match the signature you provided\. Check your AWS Secret Access Key and signing method\. Consult the service documentation for details\.$/;
    await refused(client, mismatch, { keys: { ...keys, secretAccessKey: 'another' } });
    const unknown: Keys = { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: keys.secretAccessKey };
    await refused(client, /^UnrecognizedClientException: The security token included in the request is invalid\.$/, {
      keys: unknown,
    });
  });

  const wrongly: Partial<Record<Client['faults'][number], readonly [RegExp, () => Partial<Sending>]>> = {
    hashed: [/^InvalidSignatureException: Signed payloads are not supported$/, () => ({ payload: 'hashed' })],
    unsaid: [
      /^IncompleteSignatureException: Missing the 'x-amz-content-sha256' in canonical headers$/,
      () => ({ payload: 'unsaid' }),
    ],
    service: [
      /^InvalidSignatureException: Credential should be scoped to correct service: 'vpc-lattice-svcs'\.$/,
      () => ({ service: 'vpc-lattice' }),
    ],
    region: [
      /^InvalidSignatureException: Credential should be scoped to a valid Region, not 'us-east-1'\.$/,
      () => ({ region: 'us-east-1' }),
    ],
    date: [
      /^InvalidSignatureException: Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/,
      () => ({ date: new Date(Date.now() + 600_000) }),
    ],
    expired: [
      /^InvalidSignatureException: Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z$/,
      () => ({ date: new Date(Date.now() - 600_000) }),
    ],
  };

  test.each(client.faults.map((fault) => [fault] as const))('is refused when it signs wrongly: %s', async (fault) => {
    const [text, changes] = wrongly[fault] ?? [];
    if (text === undefined || changes === undefined) throw new Error(`no text for ${fault}`);
    await refused(client, text, changes());
    if (fault !== 'date' || client.faults.includes('expired')) return;
    const late = { date: new Date(Date.now() - 600_000) };
    await refused(
      client,
      /^InvalidSignatureException: Signature expired: \d{8}T\d{6}Z is now earlier than .* - 5 min\.\)$/,
      late,
    );
  });
});

// One at a time: the clock is the data plane's, for all.
test.each(clients.filter(({ faults }) => faults.includes('date')))(
  '$name: a session that has run out',
  async (client) => {
    const keys = await plane.sessionOf('client');
    try {
      aheadMs = 2 * HOUR_MS;
      await refused(client, /^ExpiredTokenException: The security token included in the request is expired$/, {
        ...{ keys, date: new Date(Date.now() + aheadMs) },
      });
    } finally {
      aheadMs = 0;
    }
  },
);

describe.skipIf(curl === undefined)('ways there, by curl', () => {
  const run = promisify(execFile);
  const scratch = mkdtempSync(join(tmpdir(), 'local-clients-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  const host = () => plane.hostOf('paths');
  const fetched = async (...flags: string[]) => {
    const keys = plane.keysOf('client');
    const signing = [
      '--user',
      `${keys.accessKeyId}:${keys.secretAccessKey}`,
      '--aws-sigv4',
      'aws:amz:eu-west-1:vpc-lattice-svcs',
    ];
    const header = ['--header', 'x-amz-content-sha256: UNSIGNED-PAYLOAD'];
    const { stdout } = await run('curl', [
      '--silent',
      '--show-error',
      '--max-time',
      '10',
      ...signing,
      ...header,
      ...flags,
    ]);
    return JSON.parse(stdout) as { target: string; rawHeaders: string[] };
  };

  test('--connect-to: the name and its port stay as they are', async () => {
    const answer = await fetched('--connect-to', `::127.0.0.1:${plane.httpPort}`, `http://${host()}/orders`);
    expect(answer.rawHeaders).toContain(host());
  });

  test('--resolve: the port is ours, and is signed', async () => {
    const url = `http://${host()}:${plane.httpPort}/orders`;
    const answer = await fetched('--resolve', `${host()}:${plane.httpPort}:127.0.0.1`, url);
    expect(answer.rawHeaders).toContain(`${host()}:${plane.httpPort}`);
  });

  test('as an HTTP proxy', async () => {
    const answer = await fetched('--proxy', plane.lattice.httpUrl, `http://${host()}/orders`);
    expect(answer.target).toBe('/orders');
  });

  test('--interface: from the address of a VPC', async () => {
    const flags = ['--interface', plane.addressOf('vpc-b'), '--connect-to', `::127.0.0.1:${plane.httpPort}`];
    const answer = await fetched(...flags, `http://${plane.hostOf('by-vpc')}/`);
    expect(answer.rawHeaders).toContain('vpc-0bbbbbbb');
  });

  test('over TLS, trusting the CA that the data plane made', async () => {
    const shape = securityStack(target.url);
    const services = shape.services as Record<string, { listeners: object }>;
    const https = { https: { protocol: 'HTTPS', defaultAction: { forward: 'open' } } };
    const secured = await startProofPlane({
      ...shape,
      services: { ...services, open: { ...services.open, listeners: https } },
    });
    try {
      const ca = join(scratch, 'ca.pem');
      writeFileSync(ca, secured.lattice.ca);
      const keys = secured.keysOf('client');
      const url = `https://${secured.hostOf('open')}/orders`;
      const port = new URL(secured.lattice.httpsUrl ?? '').port;
      for (const version of ['--http1.1', '--http2']) {
        const flags = [
          '--cacert',
          ca,
          version,
          '--connect-to',
          `::127.0.0.1:${port}`,
          '--user',
          `${keys.accessKeyId}:${keys.secretAccessKey}`,
        ];
        const answer = await fetched(...flags, url);
        expect(answer.rawHeaders).toContain('https');
      }
    } finally {
      await secured.close();
    }
  });
});

test('docs/local-clients.md lists exactly these', () => {
  const text = readFileSync(fileURLToPath(new URL('../../../../docs/local-clients.md', import.meta.url)), 'utf8');
  const [table = ''] = text.split('\n## ');
  const listed = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
  const left = ['curl --aws-sigv4', 'botocore, SigV4Auth', 'botocore, SigV4QueryAuth'];
  const tested = new Set([...clients.map(({ name }) => name), ...left]);
  expect(listed.toSorted()).toEqual([...tested].toSorted());
});
