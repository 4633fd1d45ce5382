// app.ts: the whole sidecar in this process, on free loopback ports, with what it logs kept in memory.
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { type App, type AppPorts, createApp } from '../../src/app.js';
import { defaults, type SidecarConfig } from '../../src/config/sidecar-config.js';
import { CREDENTIALS, REGION } from './sidecar.js';

export interface RunningApp {
  readonly ports: AppPorts;
  /** All lines so far. */
  readonly lines: () => Record<string, unknown>[];
  readonly text: () => string;
  /** `/metrics`, the lines that begin so. */
  metrics(name: string): Promise<string[]>;
  ready(): Promise<number>;
  close(): void;
}

const free = { host: '127.0.0.1', port: 0 };

/** Starts the sidecar: what is given changes the defaults, one level deep in each listener. */
export async function startApp(config: {
  readonly outbound?: Partial<SidecarConfig['outbound']>;
  readonly inbound?: Partial<SidecarConfig['inbound']>;
  readonly extAuthz?: Partial<SidecarConfig['extAuthz']>;
  readonly policies?: Partial<SidecarConfig['policies']>;
  readonly log?: Partial<SidecarConfig['log']>;
}): Promise<RunningApp> {
  let text = '';
  const whole: SidecarConfig = {
    ...defaults,
    outbound: { ...defaults.outbound, listen: free, ...config.outbound },
    inbound: { ...defaults.inbound, listen: free, ...config.inbound },
    extAuthz: { ...defaults.extAuthz, listen: free, ...config.extAuthz },
    admin: { ...defaults.admin, listen: free },
    policies: { ...defaults.policies, ...config.policies },
    log: { ...defaults.log, ...config.log },
  };
  const env = {
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
    AWS_REGION: REGION,
  };
  const output = {
    write: (line: string) => {
      text += line;
    },
    dropped: 0,
    close: () => Promise.resolve(),
  };
  const app: App = createApp({ config: whole, env, output, onShutdown: () => undefined });
  const ports = await app.listen();
  const admin = (path: string) => ask(ports.admin ?? 0, 'GET', path);
  return {
    ports,
    text: () => text,
    lines: () =>
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    metrics: async (name) => {
      const { body } = await admin('/metrics');
      return body.split('\n').filter((line) => line.startsWith(`lattice_auth_proxy_${name}`));
    },
    ready: async () => (await admin('/ready')).status,
    close: () => app.close(),
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request on a connection of its own. */
export function ask(port: number, method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      response.on('error', reject);
    });
    request.on('error', reject).end();
  });
}
