/// <reference lib="dom" />

const OFF = 'stoa-keys-off';

/** Where somebody types, or chooses by letters, a letter is a letter. */
const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])'));

/** `<stoa-keys>`: single keys do what the page names with `aria-keyshortcuts`, `j` and `k` walk the page's list. They can be switched off (WCAG 2.1.4), and rest while somebody types. */
class Keys extends HTMLElement {
  #at = -1;
  #stop = new AbortController();

  connectedCallback() {
    this.hidden = false;
    const [dialog, box] = [this.#dialog, this.querySelector<HTMLInputElement>('[data-switch]')!];
    box.checked = localStorage.getItem(OFF) === null;
    box.addEventListener('change', () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, '1')));
    this.querySelector('[data-open]')!.addEventListener('click', () => dialog.showModal());
    this.querySelector('[data-close]')!.addEventListener('click', () => dialog.close());
    document.addEventListener('keydown', (event) => this.#press(event), { signal: this.#stop.signal });
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  get #dialog() {
    return this.querySelector('dialog')!;
  }

  #press(event: KeyboardEvent) {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target) || this.#dialog.open || localStorage.getItem(OFF) !== null) return;
    const done = key === 'j' || key === 'k' ? this.#walk(key === 'j' ? 1 : -1) : key === 'o' ? this.#open() : this.#reach(key);
    if (done) event.preventDefault();
  }

  /** What the list of this page is made of: the tickets of a queue or those that were found, the messages of a ticket, or what a moderator decides about. */
  get #stops() {
    return [...document.querySelectorAll<HTMLElement>('.queue-row .title, .found .title, main .said .place, [data-stop]')];
  }

  #walk(step: number): boolean {
    const stops = this.#stops;
    const focused = stops.indexOf(document.activeElement as HTMLElement);
    this.#at = Math.max(0, Math.min(stops.length - 1, (focused < 0 ? this.#at : focused) + step));
    const stop = stops[this.#at];
    stop?.focus();
    stop?.scrollIntoView({ block: 'nearest' });
    return stop !== undefined;
  }

  #open(): boolean {
    const stop = document.activeElement?.closest('a[data-stop]') ?? document.activeElement?.closest('.queue-row, .found')?.querySelector('.title');
    if (!(stop instanceof HTMLElement)) return false;
    stop.click();
    return true;
  }

  /** Goes to a field, or presses a button or link: that of the entry at which somebody is, of the part of the page, or the first. A way of writing leads on to what is written. */
  #reach(key: string): boolean {
    const named = `[aria-keyshortcuts="${CSS.escape(key)}"]`;
    const found = ['article', 'section', 'body'].flatMap((near) => document.activeElement?.closest(near)?.querySelector<HTMLElement>(named) ?? [])[0] ?? document.querySelector<HTMLElement>(named);
    if (!found || found.closest('fieldset:disabled')) return false;
    // On a phone the field of the rail is behind its button.
    if (!found.checkVisibility()) found.closest<HTMLElement>('[popover]')?.showPopover();
    if (found.matches('select, textarea, input[type=search]')) found.focus();
    else found.click();
    if (found instanceof HTMLInputElement && found.type === 'search') found.select();
    if (found.matches('input[type=radio]')) found.closest('form')?.querySelector('textarea')?.focus();
    return true;
  }
}

customElements.define('stoa-keys', Keys);
