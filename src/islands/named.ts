/// <reference lib="dom" />
interface Named {
  value: string;
  name: string;
}

const PAUSE = 150;

/**
 * `<stoa-named data-from data-name data-label data-count>`: offers names while the beginning of one is typed into the field within (combobox of the ARIA
 * practices). What is chosen goes along as the answer itself, in a field `data-name`; what is typed after that is looked for by the server, as without a script.
 */
class NamedField extends HTMLElement {
  #list = document.createElement('ul');
  #said = document.createElement('p');
  #chosen = document.createElement('input');
  #found: Named[] = [];
  #at = -1;
  #timer = 0;

  connectedCallback() {
    const field = this.querySelector('input')!;
    Object.assign(this.#list, { id: `${field.id}-names`, className: 'people-list', hidden: true, role: 'listbox', ariaLabel: this.dataset['label'] });
    Object.assign(this.#said, { className: 'hidden-label', role: 'status' });
    Object.assign(this.#chosen, { type: 'hidden', name: this.dataset['name'], disabled: true });
    field.after(this.#list, this.#said, this.#chosen);
    for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-controls', this.#list.id], ['aria-expanded', 'false']] as const) field.setAttribute(name, value);
    const name = field.name;
    field.addEventListener('input', () => {
      this.#chosen.disabled = true;
      field.name = name;
      this.#look(field);
    });
    field.addEventListener('keydown', (event) => this.#key(field, event));
    field.addEventListener('blur', () => this.#show(field, []));
    this.#list.onmousedown = (event) => event.preventDefault();
    this.#list.onclick = ({ target }) => this.#choose(field, [...this.#list.children].indexOf((target as Element).closest('li')!));
  }

  #look(field: HTMLInputElement) {
    clearTimeout(this.#timer);
    const typed = field.value.trim();
    if (typed.length < 2) return this.#show(field, []);
    this.#timer = window.setTimeout(async () => {
      const from = new URL(this.dataset['from']!, location.href);
      from.searchParams.set('q', typed);
      const answer = await fetch(from).catch(() => undefined);
      if (field.value.trim() === typed && document.activeElement === field) this.#show(field, answer?.ok ? ((await answer.json()) as { items: Named[] }).items : []);
    }, PAUSE);
  }

  #show(field: HTMLInputElement, found: Named[]) {
    this.#found = found;
    this.#list.hidden = found.length === 0;
    this.#list.replaceChildren(...found.map(({ name }, i) => Object.assign(document.createElement('li'), { id: `${this.#list.id}-${i}`, role: 'option', textContent: name })));
    this.#said.textContent = found.length > 0 ? this.dataset['count']!.replace('#', String(found.length)) : '';
    field.setAttribute('aria-expanded', String(found.length > 0));
    this.#mark(field, -1);
  }

  #mark(field: HTMLInputElement, at: number) {
    this.#at = at;
    [...this.#list.children].forEach((item, i) => void item.setAttribute('aria-selected', String(i === at)));
    if (at >= 0) field.setAttribute('aria-activedescendant', `${this.#list.id}-${at}`);
    else field.removeAttribute('aria-activedescendant');
  }

  #key(field: HTMLInputElement, event: KeyboardEvent) {
    const { length } = this.#found;
    if (length === 0) return;
    if (event.key === 'ArrowDown') this.#mark(field, (this.#at + 1) % length);
    else if (event.key === 'ArrowUp') this.#mark(field, (Math.max(this.#at, 0) + length - 1) % length);
    else if (event.key === 'Enter' && this.#at >= 0) this.#choose(field, this.#at);
    else if (event.key === 'Escape') this.#show(field, []);
    else return;
    event.preventDefault();
  }

  #choose(field: HTMLInputElement, at: number) {
    const one = this.#found[at];
    if (!one) return;
    Object.assign(this.#chosen, { value: one.value, disabled: false });
    field.name = '';
    field.value = one.name;
    this.#show(field, []);
  }
}

customElements.define('stoa-named', NamedField);
