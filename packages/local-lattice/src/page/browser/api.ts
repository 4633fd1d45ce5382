// api.ts — the control port's API as the page uses it.
import type {
  PageExplanation,
  PageProblem,
  PageReloadEvent,
  PageRequest,
  PageRequestsEvent,
  PageTopology,
  TryAnswer,
  TryQuestion,
} from './protocol.js';

export const getTopology = (): Promise<PageTopology> => getJson('/api/topology');
export const getRequests = (): Promise<readonly PageRequest[]> => getJson('/api/requests');

export function getExplanation(id: string): Promise<PageExplanation> {
  return getJson(`/api/requests/${encodeURIComponent(id)}/explanation`);
}

export async function tryRequest(question: TryQuestion): Promise<TryAnswer> {
  const headers = { 'content-type': 'application/json' };
  return read(await fetch('/api/try', { method: 'POST', headers, body: JSON.stringify(question) }));
}

async function getJson<Kind>(path: string): Promise<Kind> {
  return read(await fetch(path));
}

async function read<Kind>(response: Response): Promise<Kind> {
  const value: unknown = await response.json();
  if (response.ok) return value as Kind;
  throw new Error((value as PageProblem).problem);
}

/** What a page that follows hears. */
export interface Listener {
  /** Connected: what was before has to be asked for. */
  onOpen(): void;
  onRequests(event: PageRequestsEvent): void;
  onReload(event: PageReloadEvent): void;
  /** The data plane is gone, for now or for good; the browser keeps trying. */
  onLost(): void;
}

export function follow(listener: Listener): void {
  const source = new EventSource('/api/events');
  source.addEventListener('open', () => listener.onOpen());
  source.addEventListener('error', () => {
    listener.onLost();
    // A refusal ends a browser's own attempts.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => follow(listener), 5_000);
  });
  const on = (name: string, take: (data: never) => void) =>
    source.addEventListener(name, (event: MessageEvent<string>) => take(JSON.parse(event.data) as never));
  on('requests', (event: PageRequestsEvent) => listener.onRequests(event));
  on('reload', (event: PageReloadEvent) => listener.onReload(event));
}
