/// <reference lib="dom" />
import { storeFor, Words } from './words.ts';

/**
 * `<stoa-typed>`: what is typed in its form is there again after a way to another page and back, or by a link to what came meanwhile, until it was sent. Others than
 * guests find it in the next tab too; signing out ends that.
 */
class Typed extends HTMLElement {
  connectedCallback() {
    const { who, place, part, back } = this.dataset;
    const form = this.closest('form')!;
    const words = new Words(form, storeFor(this.hasAttribute('data-lasting')), who!, place!);
    words.arrived(part!, this.hasAttribute('data-waits'));
    if (words.back()) this.textContent = back!;
    form.addEventListener('input', () => words.keep());
    form.addEventListener('submit', ({ submitter }) => (submitter instanceof HTMLButtonElement && submitter.value === 'discard' ? words.forget() : words.sent()));
  }
}

customElements.define('stoa-typed', Typed);
