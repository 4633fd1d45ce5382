// app-call.ts: a program: an app that knows nothing of a sidecar: `node app-call.ts URL [BODY]` asks, and prints the answer
// as JSON. Certificates aren't looked at: those of the tests are signed by nobody.
import { request } from 'node:http';
import { request as secureRequest } from 'node:https';

const [url = '', body = ''] = process.argv.slice(2);
const options = { method: body === '' ? 'GET' : 'POST', rejectUnauthorized: false, agent: false as const };
const sent = (url.startsWith('https:') ? secureRequest : request)(url, options, (response) => {
  let text = '';
  response.on('data', (chunk) => {
    text += chunk;
  });
  response.on('end', () => process.stdout.write(JSON.stringify({ status: response.statusCode, text })));
});
sent.on('error', (error: NodeJS.ErrnoException) => process.stdout.write(JSON.stringify({ error: error.code })));
sent.end(body);
