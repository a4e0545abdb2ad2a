/// <reference lib="dom" />

/** Milliseconds without a key before what was typed is kept. */
const REST = 2_000;

/** `<stoa-draft>`: keeps what is typed in its form, as its button `draft` would, and says so. Ctrl or ⌘ with Enter sends it. */
class Draft extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;

  connectedCallback() {
    this.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#keep(), REST);
    });
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      this.querySelector<HTMLButtonElement>('[value=reply]')!.click();
    });
    this.addEventListener('submit', () => {
      this.#sending = true;
      clearTimeout(this.#timer);
    });
  }

  async #keep() {
    const form = this.querySelector('form')!;
    const body = new FormData(form);
    body.set('action', 'draft');
    body.delete('once');
    body.delete('macro-files');
    // Files that were only chosen are kept when the form is sent.
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    if (this.#sending || String(body.get('body')).trim() === '') return;
    const answer = await fetch(location.href, { method: 'POST', body: new URLSearchParams(body as never) }).catch(() => undefined);
    const page = answer && new DOMParser().parseFromString(await answer.text(), 'text/html');
    const revision = page?.querySelector<HTMLInputElement>('stoa-draft [name=draft]')?.value;
    const isKept = answer?.ok === true && revision !== undefined;
    if (isKept) form.querySelector<HTMLInputElement>('[name=draft]')!.value = revision;
    this.querySelector('[role=status]')!.textContent = isKept ? this.dataset['kept']! : (page?.querySelector('#issues p')?.textContent ?? this.dataset['failed']!);
  }
}

customElements.define('stoa-draft', Draft);
