import { keyFor, matches } from './signature.ts';

const macOf = (secret: string, text: string) => keyFor(secret, 'form', text).slice(0, 20);

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A key that makes a form count once, and tells us, and nobody else can tell us, when it was drawn. */
export function formKey(secret: string, drawnAt: number): string {
  const text = `${drawnAt.toString(36)}-${hexOf(crypto.getRandomValues(new Uint8Array(6)))}`;
  return `${text}-${macOf(secret, text)}`;
}

/** When the form with this key was drawn, in milliseconds since 1970; undefined where the key is none of ours. */
export function drawnAt(secret: string, key: string): number | undefined {
  const [, text, time, mac] = /^(([0-9a-z]{1,10})-[0-9a-f]{12})-(.{20})$/.exec(key) ?? [];
  return text && time && mac && matches(macOf(secret, text), mac) ? Number.parseInt(time, 36) : undefined;
}
