/// <reference lib="dom" />

/** Milliseconds between two attempts, first and at most. */
const [SOON, LATE] = [1_000, 300_000];
/** Milliseconds between two signs of life: nothing on the way takes the line for dead, and the other end looks whether we may still listen. */
const SIGN = 20_000;
/** What the line is ended with when we may not listen any more. */
const NO_MORE = 1008;
/** Milliseconds after which it is said again that something is being written: twelve times a minute at most. */
const AGAIN = 5_000;

interface News {
  count: number;
  first: number | string | null;
  /** What else is not as the page shows it, with what it is now where that can be told. */
  changed?: Record<string, string | null>;
  /** By id what became of what the page shows as on its way, with whom that is because of. */
  held?: Record<string, [became: 'sent' | 'back' | 'crossed', name: string | null]>;
  /** Names of the colleagues who have the page before them, too. */
  here?: string[];
  /** Those of them who write, and what. */
  writing?: [name: string, kind: 'reply' | 'note'][];
}

/** `<stoa-live>`: while its page is open it says, politely, how many came since, with a link to the first. Nothing moves. Where the page has a place for it (`data-here`, `data-writing`), it tells which colleagues are here, and who of them writes; then they are told the same of the reader. */
class Live extends HTMLElement {
  #line: WebSocket | undefined;
  #pause = SOON;
  #timer = 0;
  #sign = 0;
  #wrote = 0;
  readonly #writing = document.querySelector<HTMLElement>('[data-writing]');

  connectedCallback() {
    this.#listen();
    if (this.#writing) document.querySelector('#composer')?.addEventListener('input', ({ currentTarget }) => this.#write(new FormData(currentTarget as HTMLFormElement)));
    addEventListener('pagehide', () => this.#hangUp());
    addEventListener('pageshow', ({ persisted }) => persisted && this.#listen());
    addEventListener('online', () => this.#listen());
  }

  disconnectedCallback() {
    this.#hangUp();
  }

  #listen() {
    this.#hangUp();
    const line = new WebSocket(new URL(this.dataset['line']!, location.href.replace(/^http/, 'ws')));
    this.#line = line;
    line.onopen = () => {
      this.#pause = SOON;
      this.#sign = window.setInterval(() => line.send('?'), SIGN);
    };
    line.onmessage = ({ data }) => this.#say(JSON.parse(data as string) as News);
    line.onclose = ({ code }) => {
      if (line !== this.#line) return;
      clearInterval(this.#sign);
      if (code === NO_MORE) return;
      this.#timer = window.setTimeout(() => this.#listen(), this.#pause * (0.5 + Math.random()));
      this.#pause = Math.min(this.#pause * 2, LATE);
    };
  }

  #hangUp() {
    const line = this.#line;
    this.#line = undefined;
    clearTimeout(this.#timer);
    clearInterval(this.#sign);
    line?.close();
  }

  #write(typed: FormData) {
    const now = Date.now();
    if (String(typed.get('body')).trim() === '' || now - this.#wrote < AGAIN || this.#line?.readyState !== WebSocket.OPEN) return;
    this.#wrote = now;
    this.#line.send(typed.get('visibility') === 'internal' ? 'note' : 'reply');
  }

  #say({ count, first, changed = {}, held = {}, here = [], writing = [] }: News) {
    this.#name(here);
    for (const [id, [became, name]] of Object.entries(held)) this.#settle(id, became, name);
    if (this.#writing) put(this.#writing, writing.map(([name, kind]) => this.dataset[kind]!.replace('#', name)).join(' · '));
    const isNew = count > 0 && first !== null;
    const place = this.querySelector('p')!;
    const links = [...(isNew ? [linked(this.dataset['to']!.replace('{first}', String(first)), this.#counted(count))] : []), ...this.#different(changed, isNew || Object.values(held).some(([became]) => became === 'sent'))];
    if (place.textContent !== links.map(({ textContent }) => textContent).join('')) place.replaceChildren(...links);
  }

  /** Says in the place of what was on its way what became of it; what waits still keeps its buttons. */
  #settle(id: string, became: 'sent' | 'back' | 'crossed', name: string | null) {
    const [box, said] = [document.getElementById(id), document.querySelector<HTMLElement>(`[id="${id}"] [data-said]`)];
    if (!box || !said) return;
    put(said, box.dataset[became === 'back' && name ? 'unsent' : became]!.replace('#', name ?? ''));
    if (became === 'crossed' || !box.querySelector('form, .typed')) return;
    for (const part of box.querySelectorAll('form, .typed')) part.remove();
    box.append(linked(became === 'sent' ? this.dataset['to']!.replace('{first}', id) : location.pathname + location.search, box.dataset[became === 'sent' ? 'show' : 'draft']!));
  }

  #counted(count: number): string {
    const words = new Intl.PluralRules(document.documentElement.lang).select(count) === 'one' ? this.dataset['one'] : this.dataset['other'];
    return words!.replace('#', String(count));
  }

  /** What became different, but for a status that a message brought along. */
  #different(changed: Record<string, string | null>, isNew: boolean): HTMLAnchorElement[] {
    if (this.dataset['changed'] === undefined) return [];
    const words = JSON.parse(this.dataset['parts']!) as Record<string, string>;
    const parts = Object.entries(changed).filter(([name]) => !(isNew && name === 'status')).map(([name, now]) => words[name]!.replace('#', now ?? ''));
    return parts.length > 0 ? [linked(location.pathname + location.search, this.dataset['changed'].replace('#', parts.join(', ')))] : [];
  }

  #name(names: string[]) {
    const place = document.querySelector<HTMLElement>('[data-here]');
    if (!place || (place.textContent === '' && names.length === 0)) return;
    put(place, names.length > 0 ? place.dataset['here']!.replace('#', names.join(', ')) : '');
  }
}

/** Says something in a place, unless that is said there: what is said again is read out again. */
function put(place: HTMLElement, said: string) {
  if (place.textContent !== said) place.textContent = said;
}

function linked(to: string, words: string) {
  const link = document.createElement('a');
  link.href = to;
  link.textContent = words;
  return link;
}

customElements.define('stoa-live', Live);
