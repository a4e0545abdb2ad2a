/// <reference lib="dom" />

/** Hashes that are on their way at once. */
const AT_ONCE = 256;

/** Zero bits that a hash begins with, up to 32. */
const zeros = (hash: ArrayBuffer) => Math.clz32(new DataView(hash).getUint32(0));

/** The least number whose SHA-256 after the stamp begins with so many zero bits. */
async function worked(stamp: string, bits: number): Promise<string> {
  const encoder = new TextEncoder();
  for (let from = 0; ; from += AT_ONCE) {
    const hashes = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => crypto.subtle.digest('SHA-256', encoder.encode(`${stamp}.${from + i}`))));
    const found = hashes.findIndex((hash) => zeros(hash) >= bits);
    if (found >= 0) return String(from + found);
  }
}

/** `<stoa-challenge>`: does the work that its form is asked for, and sends it; where the browser cannot hash, everything stays as it is. */
class Challenge extends HTMLElement {
  connectedCallback() {
    if (crypto.subtle) void this.#work();
  }

  async #work() {
    const status = this.querySelector<HTMLElement>('[role=status]')!;
    const ways = this.querySelector<HTMLElement>('[data-ways]')!;
    ways.hidden = true;
    status.textContent = status.dataset['busy']!;
    try {
      this.querySelector<HTMLInputElement>('[name=proofWork]')!.value = await worked(this.dataset['stamp']!, Number(this.dataset['bits']));
      status.textContent = status.dataset['done']!;
      this.closest('form')!.requestSubmit();
    } finally {
      ways.hidden = false;
    }
  }
}

customElements.define('stoa-challenge', Challenge);
