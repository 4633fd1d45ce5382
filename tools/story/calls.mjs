// calls.mjs: the story's requests: through the frontend and its sidecar, and by the fetch of @lattice-auth/sigv4-fetch as
// any principal from any VPC. What became of each is asked of the data plane, as its page does.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packages } from '../workspace.mjs';

const sigv4 = packages().find((one) => one.short === 'sigv4-fetch').dir;

/** The requests that the story makes, in order. `key: 'wrong'` signs with a secret that nobody has. */
const calls = [
  { who: 'frontend', how: 'sidecar signs', path: '/popular' },
  { who: 'frontend', how: 'sidecar signs', method: 'POST', path: '/popular' },
  { who: 'aws-sigv4-client', how: 'fetch signs', vpc: 'vpc-a', path: '/summary' },
  { who: 'aws-sigv4-client', how: 'fetch signs', vpc: 'vpc-b', path: '/popular' },
  { who: 'batch-worker', how: 'fetch signs', vpc: 'vpc-a', path: '/popular' },
  { who: 'client-without-policy', how: 'fetch signs', vpc: 'vpc-a', path: '/popular' },
  { who: 'aws-sigv4-client', how: 'wrong secret', vpc: 'vpc-a', path: '/popular', key: 'wrong' },
  { who: 'nobody', how: 'unsigned', vpc: 'vpc-a', path: '/popular', key: 'none' },
];

/** Makes all requests, one after another. */
export async function makeCalls(deployment) {
  const clients = await createClients(deployment);
  const made = [];
  try {
    for (const call of calls) made.push(await makeCall(call, deployment, clients));
  } finally {
    await clients.close();
  }
  return made;
}

async function makeCall(call, { frontendUrl, controlUrl, services }, clients) {
  const { who, method = 'GET', path } = call;
  const isFrontend = who === 'frontend';
  const base = isFrontend ? frontendUrl : services.find(({ name }) => name === 'datastore').url;
  const send = isFrontend ? fetch : clients.fetchFor(call);
  const response = await send(base + path, { method });
  const text = await response.text();
  const seen = (await (await fetch(`${controlUrl}/api/requests`)).json()).at(-1);
  return { ...call, method, vpc: call.vpc ?? seen.vpc, status: response.status, text, seen };
}

/** The client as an application has it, but for where names lead and which address it calls from. */
async function createClients({ httpsUrl, ca, vpcs, principals }) {
  const { createLatticeFetch } = await import(pathToFileURL(join(sigv4, 'dist', 'index.js')));
  const { Agent, buildConnector, fetch: send } = createRequire(join(sigv4, 'package.json'))('undici');
  const agents = [];
  const agentIn = (vpc) => {
    const { address: localAddress } = vpcs.find(({ name }) => name === vpc);
    const open = buildConnector({ ca });
    const { hostname, port } = new URL(httpsUrl);
    const agent = new Agent({
      connect: (wanted, done) => open({ ...wanted, hostname, port, servername: wanted.hostname, localAddress }, done),
    });
    agents.push(agent);
    return agent;
  };
  return {
    fetchFor({ who, vpc, key }) {
      const dispatcher = agentIn(vpc);
      if (key === 'none') return (url, init) => send(url, { ...init, dispatcher });
      const { accessKeyId, secretAccessKey } = principals.find(({ name }) => name === who);
      const credentials = { accessKeyId, secretAccessKey: key === 'wrong' ? 'not-the-secret' : secretAccessKey };
      const options = { credentials, region: 'us-west-2', hosts: ['datastore.lattice-test.io'], retry: false };
      return createLatticeFetch({ ...options, fetch: send, dispatcher });
    },
    close: () => Promise.all(agents.map((agent) => agent.destroy())),
  };
}

/** How often each version answers. */
export async function countVersions({ frontendUrl }, times) {
  const counts = {};
  for (let i = 0; i < times; i++) {
    const { version } = await (await fetch(`${frontendUrl}/summary`)).json();
    counts[version] = (counts[version] ?? 0) + 1;
  }
  return counts;
}
