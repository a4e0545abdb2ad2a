/// <reference lib="dom" />
import { fieldIn, put } from './typing.ts';

interface Item {
  id: string;
  name: string;
  url: string;
  width: number | null;
}

/** Sends a file, telling how much of it is gone, from 0 to 1. Rejects with a sentence. */
const sent = (to: string, file: File, failed: string, progress: (part: number) => void) =>
  new Promise<Item>((resolve, reject) => {
    const form = new FormData();
    form.append('attachments', file);
    form.append('once', crypto.randomUUID());
    const request = new XMLHttpRequest();
    request.responseType = 'json';
    request.open('POST', to);
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    request.onload = () => (request.status === 201 ? resolve(request.response.items[0]) : reject(new Error(request.response?.message ?? failed)));
    request.onerror = () => reject(new Error(failed));
    request.send(form);
  });

/** What in square brackets would end a name early. */
const tame = (name: string) => name.replace(/[[\]\\`*_<>!]/g, ' ').trim();

/** `<stoa-drop data-to data-sending data-done data-failed>`: files that are pasted or dropped into the text field within are kept at once, and named where the caret is. */
class Drop extends HTMLElement {
  #said = document.createElement('p');

  connectedCallback() {
    const field = fieldIn(this);
    Object.assign(this.#said, { className: 'quiet small', role: 'status' });
    field.after(this.#said);
    field.addEventListener('paste', (event) => this.#take(field, event, event.clipboardData));
    field.addEventListener('drop', (event) => this.#take(field, event, event.dataTransfer));
    field.addEventListener('dragover', (event) => event.dataTransfer?.types.includes('Files') && event.preventDefault());
  }

  async #take(field: HTMLTextAreaElement, event: Event, data: DataTransfer | null) {
    const files = [...(data?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    for (const file of files) await this.#send(field, file);
  }

  async #send(field: HTMLTextAreaElement, file: File) {
    const { to, sending, done, failed } = this.dataset as Record<string, string>;
    const place = `![${sending!.replace('#', tame(file.name))}]()`;
    put(field, field.selectionStart, field.selectionEnd, place);
    try {
      const item = await sent(to!, file, failed!, (part) => (this.#said.textContent = `${sending!.replace('#', file.name)} ${Math.round(part * 100)} %`));
      this.#replace(field, place, `${item.width ? '!' : ''}[${tame(item.name)}](${item.url.replace(/[()]/g, (c) => (c === '(' ? '%28' : '%29'))})`);
      field.form!.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'attachments', value: item.id }));
      this.#said.textContent = done!.replace('#', item.name);
    } catch (error) {
      this.#replace(field, place, '');
      this.#said.textContent = (error as Error).message;
    }
  }

  /** In the place of what stood for the file, wherever it is now; the caret stays with what is typed meanwhile. */
  #replace(field: HTMLTextAreaElement, place: string, text: string) {
    const at = field.value.indexOf(place);
    if (at < 0) return;
    const caret = field.selectionStart;
    const moved = caret >= at + place.length ? caret + text.length - place.length : caret;
    put(field, at, at + place.length, text);
    field.setSelectionRange(moved, moved);
  }
}

customElements.define('stoa-drop', Drop);
