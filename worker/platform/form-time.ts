import { randomBytes } from 'node:crypto';
import { keyFor, matches } from './signature.ts';

const macOf = (secret: string, text: string) => keyFor(secret, 'form', text).slice(0, 20);

/** A key that makes a form count once, and tells us, and nobody else can tell us, when it was drawn. */
export function formKey(secret: string, drawnAt: number): string {
  const text = `${drawnAt.toString(36)}-${randomBytes(6).toString('hex')}`;
  return `${text}-${macOf(secret, text)}`;
}

/** When the form with this key was drawn, in milliseconds since 1970; undefined where the key is none of ours. */
export function drawnAt(secret: string, key: string): number | undefined {
  const [, text, time, mac] = /^(([0-9a-z]{1,10})-[0-9a-f]{12})-(.{20})$/.exec(key) ?? [];
  return text && time && mac && matches(macOf(secret, text), mac) ? Number.parseInt(time, 36) : undefined;
}
