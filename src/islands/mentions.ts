/// <reference lib="dom" />
import { fieldIn, put } from './typing.ts';

interface Person {
  handle: string;
  name: string;
}

/** What is typed of a name, before the caret. */
const TYPED = /(?:^|[^\p{L}\p{N}_@/.`-])@([\p{L}\p{N}-]{0,30})$/u;
const PAUSE = 150;

/** `<stoa-mentions data-from data-label data-count>`: after an `@` it offers people for the text field within (listbox of the ARIA practices, the field keeps the focus). */
class Mentions extends HTMLElement {
  #list = document.createElement('ul');
  #said = document.createElement('p');
  #people: Person[] = [];
  #at = 0;
  #timer = 0;

  connectedCallback() {
    const field = fieldIn(this);
    const id = `${field.id}-people`;
    Object.assign(this.#list, { id, className: 'people-list', hidden: true, role: 'listbox', ariaLabel: this.dataset['label'] });
    Object.assign(this.#said, { className: 'hidden-label', role: 'status' });
    field.after(this.#list, this.#said);
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-haspopup', 'listbox');
    field.addEventListener('input', () => this.#look(field));
    field.addEventListener('keydown', (event) => this.#key(field, event));
    field.addEventListener('blur', () => this.#show(field, []));
    this.#list.onmousedown = (event) => event.preventDefault();
    this.#list.onclick = ({ target }) => this.#choose(field, [...this.#list.children].indexOf((target as Element).closest('li')!));
  }

  #typed = (field: HTMLTextAreaElement) => TYPED.exec(field.value.slice(0, field.selectionStart))?.[1];

  #look(field: HTMLTextAreaElement) {
    clearTimeout(this.#timer);
    const typed = this.#typed(field);
    if (typed === undefined) return this.#show(field, []);
    this.#timer = window.setTimeout(async () => {
      const from = new URL(this.dataset['from']!, location.href);
      from.searchParams.set('q', typed);
      const answer = await fetch(from).catch(() => undefined);
      if (this.#typed(field) === typed) this.#show(field, answer?.ok ? ((await answer.json()) as { items: Person[] }).items : []);
    }, PAUSE);
  }

  #show(field: HTMLTextAreaElement, people: Person[]) {
    this.#people = people;
    this.#list.hidden = people.length === 0;
    this.#list.replaceChildren(
      ...people.map(({ name, handle }, i) => {
        const item = document.createElement('li');
        Object.assign(item, { id: `${this.#list.id}-${i}`, role: 'option', textContent: `${name} @${handle}` });
        return item;
      }),
    );
    this.#said.textContent = people.length > 0 ? this.dataset['count']!.replace('#', String(people.length)) : '';
    if (people.length > 0) field.setAttribute('aria-controls', this.#list.id);
    else field.removeAttribute('aria-controls');
    this.#mark(field, 0);
  }

  #mark(field: HTMLTextAreaElement, at: number) {
    this.#at = at;
    [...this.#list.children].forEach((item, i) => void item.setAttribute('aria-selected', String(i === at)));
    if (this.#people.length > 0) field.setAttribute('aria-activedescendant', `${this.#list.id}-${at}`);
    else field.removeAttribute('aria-activedescendant');
  }

  #key(field: HTMLTextAreaElement, event: KeyboardEvent) {
    const { length } = this.#people;
    if (length === 0) return;
    if (event.key === 'ArrowDown') this.#mark(field, (this.#at + 1) % length);
    else if (event.key === 'ArrowUp') this.#mark(field, (this.#at + length - 1) % length);
    else if (event.key === 'Enter' || event.key === 'Tab') this.#choose(field, this.#at);
    else if (event.key === 'Escape') this.#show(field, []);
    else return;
    event.preventDefault();
  }

  #choose(field: HTMLTextAreaElement, at: number) {
    const [person, typed] = [this.#people[at], this.#typed(field)];
    if (!person || typed === undefined) return;
    const to = field.selectionStart;
    this.#show(field, []);
    put(field, to - typed.length, to, `${person.handle} `);
  }
}

customElements.define('stoa-mentions', Mentions);
