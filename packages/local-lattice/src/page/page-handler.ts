// page-handler.ts — the live page on the control port: its files, and the API that it lives on.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ControlHandler, DataPlaneView } from '../model.js';
import type { PageProblem } from './browser/protocol.js';
import { describeExplanation } from './describe-explanation.js';
import { describeRequest } from './describe-request.js';
import { describeTopology } from './describe-topology.js';
import { EventStreams } from './event-streams.js';
import { refusalOf, SECURITY_HEADERS } from './guard.js';
import { ROWS_MAX } from './limits.js';
import { createPageAssets } from './page-assets.js';
import { QuestionProblem, readQuestion } from './read-question.js';
import type { TryRequest } from './try-request.js';

const EXPLANATION = /^\/api\/requests\/([0-9A-Za-z-]{1,64})\/explanation$/;

/** Makes the handler. `tryRequest` sends what the page's form says. */
export function pageHandler(view: DataPlaneView, tryRequest: TryRequest): ControlHandler {
  const assets = createPageAssets();
  const streams = new EventStreams(view);
  const api = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>([
    ['GET /api/topology', (_, response) => json(response, 200, describeTopology(view))],
    ['GET /api/requests', (_, response) => json(response, 200, view.seen.slice(-ROWS_MAX).map(describeRequest))],
    ['GET /api/events', (_, response) => follow(streams, response)],
    ['POST /api/try', (request, response) => void answerTry(tryRequest, request, response)],
  ]);
  return (request, response, { pathname }) => {
    const asset = assets.get(pathname);
    if (asset === undefined && !pathname.startsWith('/api/')) return false;
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value ?? '');
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    // The page may be opened by a link from anywhere; what it asks for then, only it may ask for.
    const refusal = pathname === '/' && method === 'GET' ? undefined : refusalOf(method, request.headers);
    const handle = api.get(`${method} ${pathname}`);
    const explained = method === 'GET' ? EXPLANATION.exec(pathname)?.[1] : undefined;
    if (refusal !== undefined) problem(response, refusal.status, refusal.problem);
    else if (asset !== undefined && method === 'GET') answer(response, 200, asset().type, asset().text);
    else if (explained !== undefined) answerExplanation(view, explained, response);
    else if (handle !== undefined) handle(request, response);
    else problem(response, asset === undefined ? 404 : 405, 'there is nothing at this path for this method');
    return true;
  };
}

function answer(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function json(response: ServerResponse, status: number, value: unknown): void {
  answer(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

function problem(response: ServerResponse, status: number, text: string): void {
  const body: PageProblem = { problem: text };
  // Of a body that nobody reads no more is wanted.
  if (status >= 400) response.setHeader('connection', 'close');
  json(response, status, body);
}

function follow(streams: EventStreams, response: ServerResponse): void {
  if (!streams.add(response)) problem(response, 503, 'too many pages follow already');
}

function answerExplanation(view: DataPlaneView, id: string, response: ServerResponse): void {
  const seen = view.seen.findLast((each) => each.id === id);
  if (seen === undefined) problem(response, 404, 'this request is no longer remembered');
  else json(response, 200, describeExplanation(seen));
}

async function answerTry(tryRequest: TryRequest, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    json(response, 200, await tryRequest(await readQuestion(request)));
  } catch (error) {
    if (response.headersSent) response.destroy();
    else if (error instanceof QuestionProblem) problem(response, error.status, error.message);
    else problem(response, 500, 'an unexpected failure');
  }
}
