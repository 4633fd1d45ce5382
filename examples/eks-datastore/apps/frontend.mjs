// frontend.mjs: the app that calls the datastore. It sends plain requests to the sidecar beside it, which signs them; it
// has no credentials and no AWS library.
import { createServer } from 'node:http';

export function frontend(sidecar) {
  return createServer(async (request, response) => {
    try {
      const { method, url } = request;
      const answer = await fetch(sidecar + url, { method, body: hasBody(method) ? await textOf(request) : null });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
      response.end(await answer.text());
    } catch (error) {
      response.writeHead(502).end(`the datastore does not answer: ${error.message}\n`);
    }
  });
}

const hasBody = (method) => method !== 'GET' && method !== 'HEAD';

async function textOf(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
