// request-table.ts — requests as they come, the newest on top. Each opens to its explanation. No more are kept than a person
// looks through; a pause holds the table still.
import { getExplanation } from './api.js';
import { drawExplanation } from './decision-tree.js';
import { type Child, element } from './dom.js';
import type { PageRequest } from './protocol.js';

const ROWS_KEPT = 200;
const COLUMNS = ['Time', 'Caller', 'VPC', 'Service', 'Request', 'Status', 'Decided by'] as const;

/** What the table is narrowed down to. */
export interface RequestFilter {
  readonly key: 'service' | 'vpc';
  readonly value: string;
}

/** Parts of the page that the table fills. */
export interface TableParts {
  readonly body: HTMLElement;
  readonly empty: HTMLElement;
  readonly pause: HTMLButtonElement;
  /** Spoken, and so not too often. */
  readonly news: HTMLElement;
}

interface Row {
  readonly request: PageRequest;
  readonly row: HTMLTableRowElement;
  readonly button: HTMLButtonElement;
  detail: HTMLTableRowElement | undefined;
}

const NEWS_EVERY_MS = 4_000;

export class RequestTable {
  readonly #parts: TableParts;
  readonly #rows = new Map<string, Row>();
  #filter: RequestFilter | undefined;
  #waiting: PageRequest[] = [];
  #paused = false;
  #news: { readonly timer: number; count: number; last: PageRequest } | undefined;

  constructor(parts: TableParts) {
    this.#parts = parts;
    parts.pause.addEventListener('click', () => this.#setPaused(!this.#paused));
  }

  /** Takes requests in the order in which they ended; those that it has already stay as they are. */
  add(requests: readonly PageRequest[], isNews: boolean): void {
    const fresh = requests.filter(({ id }) => !this.#rows.has(id) && !this.#waiting.some((each) => each.id === id));
    const last = fresh.at(-1);
    if (last === undefined) return;
    if (isNews) this.#tell(fresh.length, last);
    if (this.#paused) {
      this.#waiting = [...this.#waiting, ...fresh].slice(-ROWS_KEPT);
      this.#showPause();
      return;
    }
    for (const request of fresh) this.#insert(request);
    this.#trim();
    this.#showEmpty();
  }

  narrow(filter: RequestFilter | undefined): void {
    this.#filter = filter;
    for (const each of this.#rows.values()) this.#applyFilter(each);
    this.#showEmpty();
  }

  /** Opens a request's explanation and goes there. */
  open(id: string): void {
    this.#setPaused(false);
    const found = this.#rows.get(id);
    if (found === undefined) return;
    if (found.detail === undefined) this.#toggle(found);
    found.row.hidden = false;
    found.button.focus();
    found.row.scrollIntoView({ block: 'start' });
  }

  #insert(request: PageRequest): void {
    const button = element('button', { type: 'button', class: 'time', 'aria-expanded': 'false' }, timeOf(request.time));
    const spoken = `Why: ${request.method} ${request.target}, ${request.caller ?? 'unknown caller'}, ${request.status ?? 'no answer'}`;
    button.append(element('span', { class: 'unseen' }, spoken));
    const row = element('tr', { role: 'row', class: request.outcome }, ...cellsOf(request, button));
    const made: Row = { request, row, button, detail: undefined };
    button.addEventListener('click', () => this.#toggle(made));
    this.#rows.set(request.id, made);
    this.#applyFilter(made);
    this.#parts.body.prepend(row);
  }

  #trim(): void {
    for (const [id, { row, detail }] of this.#rows) {
      if (this.#rows.size <= ROWS_KEPT) return;
      if (detail !== undefined || row.contains(document.activeElement)) continue;
      row.remove();
      this.#rows.delete(id);
    }
  }

  #toggle(made: Row): void {
    const { button, row, request } = made;
    const id = `why-${request.id}`;
    if (made.detail !== undefined) {
      made.detail.remove();
      made.detail = undefined;
      button.removeAttribute('aria-controls');
    } else {
      const cell = element('td', { role: 'cell', colspan: COLUMNS.length }, element('p', {}, 'Asking…'));
      made.detail = element('tr', { role: 'row', class: 'detail', id }, cell);
      row.after(made.detail);
      button.setAttribute('aria-controls', id);
      void fill(cell, request.id);
    }
    row.classList.toggle('open', made.detail !== undefined);
    button.setAttribute('aria-expanded', String(made.detail !== undefined));
  }

  #applyFilter({ request, row, detail }: Row): void {
    const hidden = this.#filter !== undefined && request[this.#filter.key] !== this.#filter.value;
    row.hidden = hidden;
    if (detail !== undefined) detail.hidden = hidden;
  }

  #showEmpty(): void {
    const { empty } = this.#parts;
    const shown = [...this.#rows.values()].some(({ row }) => !row.hidden);
    empty.hidden = shown;
    empty.textContent = this.#rows.size === 0 ? 'None yet. Try one, or point a client here.' : 'None of these yet.';
  }

  #setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#showPause();
    if (paused) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.add(waiting, false);
  }

  #showPause(): void {
    const { pause } = this.#parts;
    const held = this.#waiting.length === 0 ? '' : ` (${this.#waiting.length} new)`;
    pause.textContent = this.#paused ? `Go on${held}` : 'Pause';
  }

  #tell(count: number, last: PageRequest): void {
    if (this.#news !== undefined) {
      this.#news.count += count;
      this.#news.last = last;
      return;
    }
    const timer = setTimeout(() => this.#speak(), NEWS_EVERY_MS);
    this.#news = { timer, count, last };
  }

  #speak(): void {
    if (this.#news === undefined) return;
    const { count, last } = this.#news;
    this.#news = undefined;
    const what = `${last.method} ${last.service ?? last.host}: ${last.outcome}, ${last.status ?? 'no answer'}`;
    this.#parts.news.textContent = count === 1 ? what : `${count} requests, the last ${what}`;
  }
}

async function fill(cell: HTMLElement, id: string): Promise<void> {
  try {
    cell.replaceChildren(drawExplanation(await getExplanation(id)));
  } catch (error) {
    const text = error instanceof Error ? error.message : 'could not be asked';
    cell.replaceChildren(element('p', { role: 'alert' }, text));
  }
}

function cellsOf(request: PageRequest, button: HTMLButtonElement): HTMLElement[] {
  const { caller, vpc, service, host, method, target, status, decidedBy, outcome } = request;
  // Allowed, and yet an error: that is the target's word, or ours, and no policy's.
  const colour = outcome === 'allowed' && (status ?? 500) >= 400 ? 'stray' : outcome;
  const contents: readonly (readonly [name: string, ...content: readonly Child[]])[] = [
    ['time', button],
    ['caller', caller ?? (outcome === 'refused' ? 'bad signature' : '–')],
    ['vpc', vpc ?? '–'],
    ['service', service ?? host],
    [
      'request',
      element('div', { class: 'clamp' }, element('b', {}, method), ' ', element('span', { class: 'value' }, target)),
    ],
    ['status', element('span', { class: `status ${colour}` }, status === undefined ? 'none' : String(status))],
    ['decided', element('div', { class: 'clamp' }, decidedBy)],
  ];
  return contents.map(([name, ...content], index) => {
    return element('td', { role: 'cell', class: `cell-${name}`, 'data-label': COLUMNS[index] }, ...content);
  });
}

function timeOf(time: string): string {
  const date = new Date(time);
  const two = (value: number, length = 2) => String(value).padStart(length, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${two(date.getMilliseconds(), 3)}`;
}
