// try-form.ts — a request as any principal, really sent; the answer, and the way to its explanation.
import { tryRequest } from './api.js';
import { byId, disclosure, element } from './dom.js';
import type { PageTopology, TryAnswer, TryQuestion } from './protocol.js';

export class TryForm {
  readonly #form = byId('try-form', HTMLFormElement);
  readonly #principal = byId('try-principal', HTMLSelectElement);
  readonly #vpc = byId('try-vpc', HTMLSelectElement);
  readonly #service = byId('try-service', HTMLSelectElement);
  readonly #method = byId('try-method', HTMLSelectElement);
  readonly #path = byId('try-path', HTMLInputElement);
  readonly #headers = byId('try-headers', HTMLTextAreaElement);
  readonly #body = byId('try-body', HTMLTextAreaElement);
  readonly #send = byId('try-send', HTMLButtonElement);
  readonly #answer = byId('try-answer', HTMLElement);
  readonly #openExplanation: (id: string) => void;

  constructor(openExplanation: (id: string) => void) {
    this.#openExplanation = openExplanation;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  /** Fills the choices; what was chosen stays, if it is still there. */
  use({ principals, vpcs, services }: PageTopology): void {
    const names = principals.map(({ name, vpc }) => [name, vpc === undefined ? name : `${name} (${vpc})`] as const);
    choices(this.#principal, [...names, ['anonymous', 'anonymous (unsigned)']]);
    choices(this.#vpc, [['', 'the principal’s own'], ...vpcs.map(({ name }) => [name, name] as const)]);
    choices(
      this.#service,
      services.map(({ name }) => [name, name] as const),
    );
  }

  choose(part: 'service' | 'vpc', value: string): void {
    const select = part === 'service' ? this.#service : this.#vpc;
    select.value = value;
  }

  async #submit(): Promise<void> {
    this.#send.setAttribute('aria-disabled', 'true');
    this.#answer.setAttribute('aria-busy', 'true');
    try {
      this.#show(await tryRequest(this.#question()));
    } catch (error) {
      const text = error instanceof Error ? error.message : 'could not be sent';
      this.#answer.replaceChildren(element('p', { class: 'problem' }, text));
    } finally {
      this.#send.removeAttribute('aria-disabled');
      this.#answer.removeAttribute('aria-busy');
    }
  }

  #question(): TryQuestion {
    const path = this.#path.value.trim();
    const body = this.#body.value;
    return {
      principal: this.#principal.value,
      vpc: this.#vpc.value === '' ? undefined : this.#vpc.value,
      service: this.#service.value,
      method: this.#method.value,
      path: path.startsWith('/') ? path : `/${path}`,
      headers: readHeaders(this.#headers.value),
      body: body === '' ? undefined : body,
    };
  }

  #show({ id, status, headers, body, cut, durationMs }: TryAnswer): void {
    const lines = headers.map(([name, value]) => `${name}: ${value}`).join('\n');
    const why = element('button', { type: 'button' }, 'Why?');
    why.addEventListener('click', () => id !== undefined && this.#openExplanation(id));
    const kind = status === 403 ? 'denied' : status < 400 ? 'allowed' : 'stray';
    const summary = [element('span', { class: `status ${kind}` }, String(status)), ` in ${durationMs} ms `];
    this.#answer.replaceChildren(
      element('p', {}, ...summary, id === undefined ? undefined : why),
      element(
        'pre',
        { tabindex: 0, 'aria-label': 'Body of the answer' },
        body === '' ? '(no body)' : body + (cut ? '\n…' : ''),
      ),
      disclosure(
        [`${headers.length} headers`],
        [element('pre', { tabindex: 0, 'aria-label': 'Headers of the answer' }, lines)],
      ),
    );
  }
}

function choices(select: HTMLSelectElement, options: readonly (readonly [value: string, text: string])[]): void {
  const before = select.value;
  select.replaceChildren(...options.map(([value, text]) => element('option', { value }, text)));
  if (options.some(([value]) => value === before)) select.value = before;
}

function readHeaders(text: string): (readonly [string, string])[] {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf(':');
    if (line.trim() === '') return [];
    if (at < 1) throw new Error(`a header is written \`name: value\`, not \`${line.trim()}\``);
    return [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const];
  });
}
