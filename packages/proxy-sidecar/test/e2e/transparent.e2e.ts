// Transparent mode, in network namespaces, with the very script that the init container runs: an app calls a Lattice name
// as if there were no sidecar, and what arrives there is signed.
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHAIN, transparentRules, transparentScript } from '../../src/injector/transparent-rules.js';
import { CERTIFICATE, KEY } from '../support/certificate.js';
import { CREDENTIALS, HOST, REGION } from '../support/sidecar.js';
import {
  LATTICE_V4,
  LATTICE_V6,
  OTHER_V4,
  POD_V4,
  PodNetwork,
  type Running,
  whyNoNamespaces,
} from '../support/transparent/namespaces.js';

const program = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const SIDECAR = program('../../dist/container/main.js');
const FAKE_LATTICE = program('../support/transparent/fake-lattice.ts');
const APP = program('../support/transparent/app-call.ts');

/** As the injector has it in this mode. */
const SIDECAR_UID = 65_411;
const APP_UID = 1_000;
const RULES = { port: 8_080, uid: SIDECAR_UID };
const HOST_V6 = HOST.replace('orders', 'stock');
const OTHER_HOST = 'database.internal';

interface Arrived {
  readonly kind: string;
  readonly host: string;
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly bytes: number;
}

const reason = whyNoNamespaces();
if (reason !== undefined) console.warn(`NOTICE: transparent mode is not tested: ${reason}`);

describe.skipIf(reason !== undefined)('transparent mode', () => {
  let network: PodNetwork;
  let lattice: Running;
  let sidecar: Running | undefined;

  beforeAll(async () => {
    network = new PodNetwork({ [HOST]: LATTICE_V4, [HOST_V6]: LATTICE_V6, [OTHER_HOST]: OTHER_V4 });
    const places = [80, 443, 8_443].flatMap((port) => [`${port}:${LATTICE_V4}`, `${port}:${LATTICE_V6}`]);
    const keys = { ...CREDENTIALS, region: REGION, certificate: CERTIFICATE, key: KEY };
    const args = [FAKE_LATTICE, ...places, `80:${OTHER_V4}`, `5432:${OTHER_V4}`, JSON.stringify(keys)];
    lattice = network.start(network.lattice, 0, [process.execPath, ...args]);
    await lattice.said('listening');
    // Twice: the init container runs again when the pod's sandbox is kept.
    for (let i = 0; i < 2; i += 1) network.run(network.pod, 'sh', '-c', transparentScript(RULES));
  }, 30_000);
  afterEach(async () => {
    await sidecar?.stop();
    sidecar = undefined;
  });
  afterAll(async () => {
    await lattice?.stop();
    network?.close();
  });

  async function startSidecar(...flags: string[]): Promise<void> {
    const env = {
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
      AWS_REGION: REGION,
    };
    sidecar = network.start(network.pod, SIDECAR_UID, [process.execPath, SIDECAR, 'proxy', ...flags], env);
    await sidecar.said('"message":"listening"');
  }

  /** What the app is told, run as a user of the pod. */
  async function call(url: string, { body = '', uid = APP_UID }: { body?: string; uid?: number } = {}) {
    const app = network.start(network.pod, uid, [process.execPath, APP, url, ...(body === '' ? [] : [body])]);
    await app.said('}');
    const answer = JSON.parse(app.output()) as { status?: number; text?: string; error?: string };
    const isArrived = answer.text?.startsWith('{"kind"') === true;
    return { ...answer, arrived: isArrived ? (JSON.parse(answer.text ?? '') as Arrived) : undefined };
  }

  /** Packets that a rule has seen, by what it does. */
  function redirected(): number {
    const listing = network.run(network.pod, 'iptables', '-t', 'nat', '-L', CHAIN, '-v', '-x', '-n');
    return Number(/^\s*(\d+)\s+\d+\s+REDIRECT/m.exec(listing)?.[1]);
  }

  test('the script leaves exactly the rules of the list, however often it runs', () => {
    const expected = transparentRules(RULES).filter(
      ([command, ...rest]) => command === 'iptables' && rest.includes('-A'),
    );
    const actual = network.run(network.pod, 'iptables', '-t', 'nat', '-S').split('\n');
    expect(actual.filter((line) => line.startsWith('-A'))).toHaveLength(expected.length);
    expect(actual).toContain(`-A OUTPUT -d 169.254.171.0/24 -p tcp -j ${CHAIN}`);
  });

  test('plain http to a Lattice name arrives signed; what the sidecar itself sends is not redirected', async () => {
    await startSidecar('--upstream-url-scheme', 'http');
    const before = redirected();
    const answer = await call(`http://${HOST}/orders/7?status=open`, { body: 'x'.repeat(100_000) });
    expect(answer.arrived).toMatchObject({ kind: 'signed', host: HOST, bytes: 100_000 });
    // From the pod's own address, to where the name leads: not by another way round.
    expect(answer.arrived).toMatchObject({ from: POD_V4, to: LATTICE_V4, port: 80 });
    // One connection was redirected, the app's. A loop would have been redirected for ever.
    expect(redirected() - before).toBe(1);
  });

  test('http in, https out: the default, to port 443 of the same name', async () => {
    await startSidecar('--no-verify-ssl');
    const answer = await call(`http://${HOST}/`);
    expect(answer.arrived).toMatchObject({ kind: 'signed', host: HOST, to: LATTICE_V4, port: 443 });
  });

  test('a port that the app names is kept: it is in the Host header', async () => {
    await startSidecar('--upstream-url-scheme', 'http');
    const answer = await call(`http://${HOST}:8443/`);
    expect(answer.arrived).toMatchObject({ kind: 'signed', host: `${HOST}:8443`, port: 8_443 });
  });

  test('TLS that the app speaks itself passes untouched, and unsigned', async () => {
    await startSidecar('--no-verify-ssl');
    const before = redirected();
    const answer = await call(`https://${HOST}/`);
    expect(answer.arrived).toMatchObject({ kind: 'anonymous', from: POD_V4, port: 443 });
    expect(redirected()).toBe(before);
  });

  test('other destinations are not touched', async () => {
    await startSidecar('--upstream-url-scheme', 'http');
    const before = redirected();
    for (const url of [`http://${OTHER_HOST}/`, `http://${OTHER_HOST}:5432/`]) {
      expect((await call(url)).arrived).toMatchObject({ kind: 'anonymous', from: POD_V4, to: OTHER_V4 });
    }
    expect(redirected()).toBe(before);
  });

  test('a Lattice address without a Lattice name is refused: nothing is signed for it', async () => {
    await startSidecar('--upstream-url-scheme', 'http');
    const answer = await call(`http://${LATTICE_V4}/`);
    expect(answer).toMatchObject({ status: 403, arrived: undefined });
    expect(answer.text).toContain('ERR_SIDECAR_DESTINATION');
  });

  test('whoever has the sidecar’s user id passes by it, unsigned', async () => {
    await startSidecar('--upstream-url-scheme', 'http');
    const answer = await call(`http://${HOST}/`, { uid: SIDECAR_UID });
    expect(answer.arrived).toMatchObject({ kind: 'anonymous' });
  });

  test('without a sidecar nothing gets through: not even unsigned', async () => {
    expect(await call(`http://${HOST}/`)).toMatchObject({ error: 'ECONNREFUSED' });
  });

  test('IPv6 is redirected to ::1, where the sidecar of an IPv6 pod listens', async () => {
    await startSidecar('--upstream-url-scheme', 'http', '--outbound.listen.host', '::1');
    const answer = await call(`http://${HOST_V6}/`);
    expect(answer.arrived).toMatchObject({ kind: 'signed', host: HOST_V6, to: LATTICE_V6, port: 80 });
  });
});
