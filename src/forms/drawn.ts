import { MINUTE } from '../../worker/platform/time.ts';

/** Of the same rows, for readers of different kinds, languages and zones. */
const MOST = 4;

interface Drawn {
  html: string;
  at: number;
}

const kept = new WeakMap<object, Map<string, Drawn>>();

/** The HTML that was drawn of these rows within the last minute, as such a reader sees it. */
export function drawn(of: object, as: string, now = Date.now()): string | undefined {
  const found = kept.get(of)?.get(as);
  return found && now - found.at < MINUTE ? found.html : undefined;
}

/** Keeps HTML as long as somebody keeps the rows that it was drawn from. */
export function keepDrawn(of: object, as: string, html: string, now = Date.now()): string {
  const all = kept.get(of) ?? new Map<string, Drawn>();
  kept.set(of, all);
  all.delete(as);
  all.set(as, { html, at: now });
  if (all.size > MOST) all.delete(all.keys().next().value!);
  return html;
}
