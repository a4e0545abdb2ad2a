/// <reference lib="dom" />

/**
 * `<stoa-questions>`: shows and hides the questions of its form that wait for an answer (`data-waits`, the name of a field, and `data-for`, its answer) as that
 * is given. What is hidden is kept with what was typed, and not sent. The button that asks the server for them goes.
 */
class Questions extends HTMLElement {
  /** What stands in a place while it is hidden. */
  readonly #parked = new Map<HTMLElement, DocumentFragment>();

  connectedCallback() {
    const form = this.closest('form');
    if (!form || this.closest('fieldset:disabled')) return;
    for (const template of form.querySelectorAll<HTMLTemplateElement>('[data-waits] > template')) {
      this.#parked.set(template.parentElement!, template.content);
      template.remove();
    }
    form.querySelector('[data-fit]')?.remove();
    form.addEventListener('change', () => this.#fit(form));
    addEventListener('pageshow', () => this.#fit(form));
    this.#fit(form);
  }

  /** In their order: what one shows may be what the next waits for. */
  #fit(form: HTMLFormElement) {
    for (const place of form.querySelectorAll<HTMLElement>('[data-waits]')) {
      const isAsked = new FormData(form).getAll(place.dataset['waits']!).includes(place.dataset['for']!);
      const parked = this.#parked.get(place);
      if (isAsked && parked) {
        this.#parked.delete(place);
        place.append(parked);
      } else if (!isAsked && !parked) {
        const fragment = document.createDocumentFragment();
        // First this: what has the focus says that it changed while it is taken away.
        this.#parked.set(place, fragment);
        fragment.append(...place.childNodes);
      }
    }
  }
}

customElements.define('stoa-questions', Questions);
