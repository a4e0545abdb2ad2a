/// <reference lib="dom" />
import { storeFor, Words } from './words.ts';

/** Milliseconds without a key before what was typed is kept, and those after which it is while somebody types on. */
const [REST, MOST] = [2_000, 5_000];

interface Answer {
  isOk: boolean;
  /** How often the draft was saved by now; undefined where the page does not say. */
  revision: string | undefined;
  /** Of a refusal: what another tab kept, or this one without seeing that it was. */
  there: string | undefined;
  refusal: string | undefined;
}

/**
 * `<stoa-draft>`: keeps what is typed in its form, as its button `draft` would, and says so: at each rest, every few seconds, and when its page is left. What the server
 * does not have yet is in the tab, too. Ctrl or ⌘ with Enter sends it.
 */
class Draft extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first key was struck that is not kept. */
  #since = 0;
  #isSending = false;
  /** What is on its way, and what ends it. */
  #way: AbortController | undefined;
  /** Counts what is sent, and what is answered: of two answers the one to what was sent later counts. */
  #turn = 0;
  #answered = 0;
  /** The texts that were sent last, while nobody saw whether they were kept. */
  #unanswered: readonly string[] = [];
  #words!: Words;

  connectedCallback() {
    const { who, place, part } = this.dataset;
    this.#words = new Words(this.#form, storeFor(false), who!, place!);
    this.#words.arrived(part!);
    this.#unanswered = this.#words.unanswered;
    if (this.#words.back()) this.#typed();
    this.addEventListener('input', () => this.#typed());
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      this.querySelector<HTMLButtonElement>('[value=reply]')!.click();
    });
    this.addEventListener('submit', ({ submitter }) => this.#send(submitter));
    // What asks for another page does so after the first of these; a page that is only hidden may never come back.
    addEventListener('beforeunload', () => this.#leave());
    addEventListener('pagehide', () => this.#leave());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.#leave());
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) [this.#isSending, this.#way] = [false, undefined];
    });
  }

  get #form() {
    return this.querySelector('form')!;
  }

  get #revision() {
    return this.#form.querySelector<HTMLInputElement>('[name=draft]')!;
  }

  get #text() {
    return this.#form.querySelector('textarea')!.value;
  }

  #typed() {
    this.#words.keep(this.#unanswered);
    this.#since ||= Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), Math.max(0, Math.min(REST, this.#since + MOST - Date.now())));
  }

  /** The form itself is sent: what was on its way to be kept would be a draft of what is no draft any more. */
  #send(submitter: HTMLElement | null) {
    this.#isSending = true;
    clearTimeout(this.#timer);
    this.#way?.abort();
    if (submitter instanceof HTMLButtonElement && submitter.value === 'discard') this.#words.forget();
    else this.#words.sent();
  }

  #leave() {
    if (this.#since > 0) void this.#keep(this.#way !== undefined);
  }

  /** Sends what is typed to be kept, one after the other; in a hurry beside what is on its way, as what comes after that. */
  async #keep(inHurry = false) {
    clearTimeout(this.#timer);
    const [text, body] = [this.#text, this.#draft(inHurry ? 1 : 0)];
    if (this.#isSending || text.trim() === '') return;
    if (this.#way && !inHurry) return void (this.#timer = setTimeout(() => void this.#keep(), REST));
    const [way, turn] = [new AbortController(), ++this.#turn];
    [this.#way, this.#since, this.#unanswered] = [way, 0, [...this.#unanswered, text]];
    this.#words.keep(this.#unanswered);
    const answer = await sent(body, way.signal);
    if (this.#way === way) this.#way = undefined;
    if (this.#isSending || turn < this.#answered) return;
    this.#answered = turn;
    if (answer) this.#kept(text, answer);
    else this.#failed();
  }

  #kept(text: string, { isOk, revision, there, refusal }: Answer) {
    if (revision === undefined) return this.#failed();
    const isOwn = !isOk && there !== undefined && this.#unanswered.includes(there);
    // Where another tab kept something else, both stay as they are.
    if (!isOk && !isOwn) return this.#say(refusal ?? this.dataset['failed']!);
    this.#revision.value = revision;
    this.#words.base = isOk ? text : there!;
    this.#unanswered = [];
    // It is what this tab sent before it could see an answer.
    if (isOwn) return this.#typed();
    if (this.#text === text) this.#words.forget();
    else this.#words.keep();
    this.#say(this.dataset['kept']!);
  }

  #failed() {
    this.#since ||= Date.now();
    this.#say(this.dataset['failed']!);
  }

  #say(words: string) {
    this.querySelector('.drafted [role=status]')!.textContent = words;
  }

  #draft(more: number): FormData {
    const body = new FormData(this.#form);
    body.set('action', 'draft');
    body.set('draft', String(Number(body.get('draft')) + more));
    body.delete('once');
    body.delete('macro-files');
    // Files that were only chosen are kept when the form is sent.
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    return body;
  }
}

/** Sends a form that goes on when its page is left, but for one that is too long for that; undefined where no answer came. */
async function sent(body: FormData, signal: AbortSignal): Promise<Answer | undefined> {
  const wish = { method: 'POST', body, signal };
  const answer = await fetch(location.href, { ...wish, keepalive: true }).catch(() => (signal.aborted ? undefined : fetch(location.href, wish).catch(() => undefined)));
  if (!answer) return undefined;
  const page = new DOMParser().parseFromString(await answer.text().catch(() => ''), 'text/html');
  return {
    isOk: answer.ok,
    revision: page.querySelector<HTMLInputElement>('stoa-draft [name=draft]')?.value,
    there: page.querySelector('stoa-draft .panel .typed')?.textContent ?? undefined,
    refusal: page.querySelector('#issues p')?.textContent ?? undefined,
  };
}

customElements.define('stoa-draft', Draft);
