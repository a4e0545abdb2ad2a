/// <reference lib="dom" />

/** Milliseconds between two attempts, first and at most. */
const [SOON, LATE] = [1_000, 300_000];
/** Milliseconds between two signs of life: nothing on the way takes the line for dead, and the other end looks whether we may still listen. */
const SIGN = 20_000;
/** What the line is ended with when we may not listen any more. */
const NO_MORE = 1008;

interface News {
  count: number;
  first: number | string | null;
  /** Names of the colleagues who have the page before them, too. */
  here?: string[];
}

/** `<stoa-live>`: while its page is open it says, politely, how many came since, with a link to the first. Nothing moves. Where the page has a place for it (`data-here`), it tells which colleagues are here. */
class Live extends HTMLElement {
  #line: WebSocket | undefined;
  #pause = SOON;
  #timer = 0;
  #sign = 0;

  connectedCallback() {
    this.#listen();
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

  #say({ count, first, here = [] }: News) {
    this.#name(here);
    const place = this.querySelector('p')!;
    if (count === 0 || first === null) return place.replaceChildren();
    const words = new Intl.PluralRules(document.documentElement.lang).select(count) === 'one' ? this.dataset['one'] : this.dataset['other'];
    const link = document.createElement('a');
    link.href = this.dataset['to']!.replace('{first}', String(first));
    link.textContent = words!.replace('#', String(count));
    place.replaceChildren(link);
  }

  #name(names: string[]) {
    const place = document.querySelector<HTMLElement>('[data-here]');
    if (!place || (place.textContent === '' && names.length === 0)) return;
    const said = names.length > 0 ? place.dataset['here']!.replace('#', names.join(', ')) : '';
    if (place.textContent !== said) place.textContent = said;
  }
}

customElements.define('stoa-live', Live);
