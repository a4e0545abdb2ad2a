import { Hold } from '../../worker/platform/hold.ts';
import { MINUTE } from '../../worker/platform/time.ts';

interface Drawn {
  html: string;
  at: number;
  size: number;
}

const kept = new Hold<Drawn>(8_000_000);

/** Rows by number: what was drawn of them does not keep them. */
const numbers = new WeakMap<object, number>();
let last = 0;

function keyOf(of: object, as: string): string {
  const number = numbers.get(of) ?? ++last;
  numbers.set(of, number);
  return `${number} ${as}`;
}

/** The HTML that was drawn of these rows within the last minute, as such a reader sees it. */
export function drawn(of: object, as: string, now = Date.now()): string | undefined {
  const found = kept.get(keyOf(of, as));
  return found && now - found.at < MINUTE ? found.html : undefined;
}

/** Keeps HTML that was drawn of these rows, for all such readers. */
export function keepDrawn(of: object, as: string, html: string, now = Date.now()): string {
  kept.set(keyOf(of, as), { html, at: now, size: html.length });
  return html;
}
