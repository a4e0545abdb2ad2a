/// <reference lib="dom" />

/** Bytes as WebAuthn's JSON spells them, and back: base64url. */
const bytesOf = (text: string) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const textOf = (bytes: ArrayBuffer | null) => bytes && btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** What of WebAuthn's JSON has to be turned into bytes. */
interface Json {
  challenge: string;
  user?: { id: string };
  excludeCredentials?: { id: string }[];
  allowCredentials?: { id: string }[];
}

const withBytes = (list: { id: string }[] = []) => list.map((one) => ({ ...one, id: bytesOf(one.id) }));

/** Where a browser cannot read WebAuthn's JSON by itself, as Safari before 18.4. */
const read = {
  create: (json: Json) => PublicKeyCredential.parseCreationOptionsFromJSON?.(json as never) ?? { ...json, challenge: bytesOf(json.challenge), user: { ...json.user, id: bytesOf(json.user!.id) }, excludeCredentials: withBytes(json.excludeCredentials) },
  get: (json: Json) => PublicKeyCredential.parseRequestOptionsFromJSON?.(json as never) ?? { ...json, challenge: bytesOf(json.challenge), allowCredentials: withBytes(json.allowCredentials) },
};

function written(credential: PublicKeyCredential): object {
  if (credential.toJSON) return credential.toJSON();
  const { id, type, response } = credential;
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'].map((name) => [name, textOf((response as never as Record<string, ArrayBuffer | null>)[name] ?? null) ?? undefined]);
  const transports = (response as AuthenticatorAttestationResponse).getTransports?.();
  return { id, rawId: id, type, response: { ...Object.fromEntries(parts), transports }, clientExtensionResults: {} };
}

/** `<stoa-passkey>`: its form is sent once a passkey has answered. */
class Passkey extends HTMLElement {
  connectedCallback() {
    this.querySelector('form')!.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#ask(event.target as HTMLFormElement).catch((error: Error) => this.#say(this.#wordsFor(error)));
    });
  }

  async #ask(form: HTMLFormElement) {
    this.#say('');
    const answer = await fetch(this.dataset['options']!, { method: 'POST' });
    if (answer.redirected) return location.assign(answer.url);
    const json = (await answer.json()) as Json;
    const isMaking = this.dataset['making'] !== undefined;
    const credential = isMaking ? await navigator.credentials.create({ publicKey: read.create(json) as never }) : await navigator.credentials.get({ publicKey: read.get(json) as never });
    form.querySelector<HTMLInputElement>('[name=credential]')!.value = JSON.stringify(written(credential as PublicKeyCredential));
    form.submit();
  }

  #wordsFor({ name }: Error) {
    if (name === 'SecurityError') return this.dataset['number']!;
    return name === 'InvalidStateError' ? this.dataset['known']! : this.dataset['failed']!;
  }

  #say(words: string) {
    const place = this.querySelector<HTMLElement>('[role=alert]')!;
    place.textContent = words;
    place.hidden = words === '';
  }
}

customElements.define('stoa-passkey', Passkey);
