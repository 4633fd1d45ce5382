// event-streams.ts — `GET /api/events`: requests as they come, and reloads, as server-sent events. However fast requests
// come and however slowly a page reads, memory is bounded: what can't be told is counted.
import type { ServerResponse } from 'node:http';
import type { DataPlaneView, SeenRequest } from '../model.js';
import type { PageReloadEvent, PageRequestsEvent } from './browser/protocol.js';
import { cut, describeRequest } from './describe-request.js';
import { STREAM_BATCH_MAX, STREAM_BYTES_MAX, STREAM_HEARTBEAT_MS, STREAM_INTERVAL_MS, STREAMS_MAX } from './limits.js';

/** All pages that follow. Listens to the data plane only while there is one. */
export class EventStreams {
  readonly #view: DataPlaneView;
  readonly #streams = new Set<EventStream>();

  constructor(view: DataPlaneView) {
    this.#view = view;
  }

  /** False: there are too many already. */
  add(response: ServerResponse): boolean {
    if (this.#streams.size >= STREAMS_MAX) return false;
    const stream = new EventStream(response);
    const stopSeen = this.#view.onSeen((seen) => stream.request(seen));
    const stopReload = this.#view.onReload((problem) => stream.reload(problem));
    this.#streams.add(stream);
    response.once('close', () => {
      stopSeen();
      stopReload();
      stream.end();
      this.#streams.delete(stream);
    });
    return true;
  }
}

class EventStream {
  readonly #response: ServerResponse;
  readonly #heartbeat: NodeJS.Timeout;
  #waiting: SeenRequest[] = [];
  #left = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    response.write('retry: 1000\n\n');
    this.#heartbeat = setInterval(() => this.#send(':\n\n'), STREAM_HEARTBEAT_MS).unref();
  }

  request(seen: SeenRequest): void {
    // The newest are what is looked at.
    if (this.#waiting.push(seen) > STREAM_BATCH_MAX) {
      this.#waiting.shift();
      this.#left += 1;
    }
    this.#timer ??= setTimeout(() => this.#flush(), STREAM_INTERVAL_MS).unref();
  }

  reload(problem: string | undefined): void {
    const event: PageReloadEvent = { problem: problem && cut(problem) };
    this.#send(eventText('reload', event));
  }

  end(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timer);
  }

  #flush(): void {
    this.#timer = undefined;
    const event: PageRequestsEvent = { requests: this.#waiting.map(describeRequest), left: this.#left };
    if (this.#send(eventText('requests', event))) {
      this.#left = 0;
    } else {
      this.#left += this.#waiting.length;
      this.#timer = setTimeout(() => this.#flush(), STREAM_INTERVAL_MS * 10).unref();
    }
    this.#waiting = [];
  }

  #send(text: string): boolean {
    if (this.#response.writableLength > STREAM_BYTES_MAX) return false;
    this.#response.write(text);
    return true;
  }
}

// JSON has no line breaks of its own, so that one `data` line holds it.
function eventText(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
