// datastore.mjs: the app behind Lattice: `node apps/datastore.mjs v1`. It knows nothing of signatures and policies; who
// calls is what the header says that the sidecar in front of it has checked.
import { createServer } from 'node:http';

export function datastore(version) {
  const popular = ['espresso', 'oat milk', 'filter paper'];
  return createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://datastore');
    const identity = request.headers['x-amzn-lattice-identity'] ?? '';
    const caller = /Principal=[^;]*\/([^;]+)/.exec(identity)?.[1] ?? 'nobody we know';
    const answers = { '/popular': { popular }, '/summary': { orders: 1_204, customers: 318 } };
    const found = Object.entries(answers).find(([path]) => pathname === path || pathname.startsWith(`${path}/`));
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
    response.end(`${JSON.stringify({ version, caller, ...found?.[1] })}\n`);
  });
}
