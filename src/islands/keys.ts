/// <reference lib="dom" />

const OFF = 'stoa-keys-off';

/** Where somebody types, or chooses by letters, a letter is a letter. */
const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])'));

/** The key as a Latin keyboard has it where another writes letters of its own: the one in its place. */
const latin = ({ key, code, shiftKey }: KeyboardEvent) => (key.length === 1 && key > '~' && !shiftKey ? (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key) : key);

/** Whether the choices of a list are hidden, as far as the browser tells: Enter chooses among those that are shown. */
const isShut = (list: HTMLSelectElement) => CSS.supports('selector(:open)') && !list.matches(':open');

/** `<stoa-keys>`: single keys do what the page names with `aria-keyshortcuts`, `j` and `k` walk the page's list. They can be switched off (WCAG 2.1.4), and rest while somebody types, until Escape. */
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
    const key = latin(event);
    if (event.defaultPrevented || event.isComposing || event.altKey || this.#dialog.open) return;
    if (key === 'Enter') return void (this.#save(event) && event.preventDefault());
    if (event.ctrlKey || event.metaKey || localStorage.getItem(OFF) !== null) return;
    if (isTyping(event.target)) return void (key === 'Escape' && (event.target as HTMLElement).blur());
    const done = key === 'j' || key === 'k' ? this.#walk(key === 'j' ? 1 : -1) : key === 'o' ? this.#open() : this.#reach(key);
    if (done) event.preventDefault();
  }

  /** Sends the form whose button is named by Ctrl and Enter: by these from any of its fields, by Enter alone from a list. What is written goes by its own island, and never by Enter alone. */
  #save({ target, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (target instanceof Element && target.closest('stoa-draft')) return false;
    const isAsked = ctrlKey || metaKey || (target instanceof HTMLSelectElement && isShut(target));
    const button = isAsked && target instanceof HTMLElement && target.closest('form')?.querySelector<HTMLElement>('[aria-keyshortcuts="Control+Enter"]');
    if (button) button.click();
    return Boolean(button);
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

  /** Goes to a field, or to the first of what opens, or presses a button or link: that of the entry at which somebody is, of the part of the page, or the first. A way of writing leads on to what is written. */
  #reach(key: string): boolean {
    const named = `[aria-keyshortcuts="${CSS.escape(key)}"]`;
    const found = ['article', 'section', 'body'].flatMap((near) => document.activeElement?.closest(near)?.querySelector<HTMLElement>(named) ?? [])[0] ?? document.querySelector<HTMLElement>(named);
    if (!found || found.closest('fieldset:disabled')) return false;
    // On a phone the field of the rail is behind its button.
    if (!found.checkVisibility()) found.closest<HTMLElement>('[popover]')?.showPopover();
    const details = found.matches('summary') && found.closest('details');
    if (details) details.open = true;
    const field = details ? details.querySelector<HTMLElement>('select, textarea, input:not([type=hidden])') : found.matches('select, textarea, input:not([type=radio], [type=checkbox])') && found;
    if (field) field.focus();
    else found.click();
    if (found instanceof HTMLInputElement && found.type === 'search') found.select();
    if (found.matches('input[type=radio]')) found.closest('form')?.querySelector('textarea')?.focus();
    return true;
  }
}

customElements.define('stoa-keys', Keys);
