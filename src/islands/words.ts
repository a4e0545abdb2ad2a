/// <reference lib="dom" />

/** What the names begin with under which a browser keeps what was typed. */
const MARK = 'stoa-typed';

interface Entry {
  /** Fields of the form, by name. */
  fields: Record<string, string>;
  /** What the text was changed from. */
  base: string;
  /** Of a form that was sent: the part of the page where that was. */
  sentAt?: string;
  /** Texts that were sent to be kept, while nobody could see whether they were. */
  unanswered?: readonly string[];
}

/** What is typed in a form, kept in the browser by whose it is and where they write, until it is known to have arrived. */
export class Words {
  /** What the server has of the text. */
  base: string;
  readonly #field: HTMLTextAreaElement;
  readonly #form: HTMLFormElement;
  readonly #store: Storage | undefined;
  /** What the names of their own begin with. */
  readonly #whose: string;
  readonly #name: string;

  constructor(form: HTMLFormElement, store: Storage | undefined, who: string, place: string) {
    [this.#form, this.#store] = [form, store];
    this.#field = form.querySelector<HTMLTextAreaElement>('textarea[name=body]')!;
    this.base = this.#field.defaultValue;
    this.#whose = `${MARK} ${who} `;
    this.#name = this.#whose + place;
    // What somebody else typed in this browser is not kept on.
    for (const name of Object.keys(store ?? {})) if (name.startsWith(MARK) && !name.startsWith(this.#whose)) store!.removeItem(name);
  }

  keep(unanswered: readonly string[] = []) {
    const fields = Object.fromEntries([...new FormData(this.#form)].filter(([name, value]) => typeof value === 'string' && this.#shown(name)));
    if (this.#field.value.trim() === '') this.forget();
    else this.#write({ fields: fields as Record<string, string>, base: this.base, unanswered });
  }

  forget() {
    this.#store?.removeItem(this.#name);
  }

  /** The form is on its way. Whether it arrives is not known yet: the page that follows shows it, if it is one of the same kind. */
  sent() {
    const entry = this.#read(this.#name);
    if (entry) this.#write({ ...entry, sentAt: location.hash });
  }

  /** Ends what arrived: then the address leads to a part of a page that begins so, and to another than before. What waits to be looked at arrived, too. */
  arrived(part: string, isWaiting = false) {
    for (const name of Object.keys(this.#store ?? {}).filter((one) => one.startsWith(this.#whose))) {
      const sentAt = this.#read(name)?.sentAt;
      const isThere = location.hash !== sentAt && location.hash.startsWith(part);
      if (sentAt !== undefined && (isThere || (isWaiting && name === this.#name))) this.#store!.removeItem(name);
    }
  }

  /** Puts back what is kept and not there; whether there was such. */
  back(): boolean {
    const { fields = {}, base = '', unanswered } = this.#read(this.#name) ?? {};
    const typed = fields['body'] ?? '';
    if (typed === '' || this.#field.value.includes(typed)) return false;
    for (const [name, value] of Object.entries(fields)) this.#set(name, value);
    const there = this.base.startsWith(base) ? this.base.slice(base.length).trim() : this.base;
    this.#field.value = [typed, there].filter(Boolean).join('\n\n');
    this.keep(unanswered);
    return true;
  }

  get unanswered(): readonly string[] {
    return this.#read(this.#name)?.unanswered ?? [];
  }

  #shown(name: string): boolean {
    return this.#form.querySelector(`[name="${CSS.escape(name)}"]:is(textarea, select, input[type=radio])`) !== null;
  }

  #set(name: string, value: string) {
    const field = this.#form.elements.namedItem(name);
    if (field instanceof RadioNodeList || field instanceof HTMLSelectElement) field.value = value;
  }

  #read(name: string): Entry | undefined {
    try {
      return JSON.parse(this.#store?.getItem(name) ?? 'null') ?? undefined;
    } catch {
      return undefined;
    }
  }

  #write(entry: Entry) {
    try {
      this.#store?.setItem(this.#name, JSON.stringify(entry));
    } catch {
      // The store is full or shut: then nothing is kept, and the form works as without.
    }
  }
}

/** Where a browser keeps it: until the tab is shut, or beyond that. Undefined where it keeps nothing. */
export function storeFor(isLasting: boolean): Storage | undefined {
  try {
    return isLasting ? localStorage : sessionStorage;
  } catch {
    return undefined;
  }
}
