import { MINUTE } from '../../worker/platform/time.ts';

/** Of the same rows, for readers of different kinds, languages and zones. */
const MOST = 4;

/** Characters that are kept in all. */
const ROOM = 8_000_000;

interface Drawn {
  html: string;
  at: number;
  /** Where it is kept, and as what. */
  among: Map<string, Drawn>;
  as: string;
}

const kept = new WeakMap<object, Map<string, Drawn>>();

/** All that is kept, as it was drawn: what rows nobody has any more takes room for a minute yet. */
const all = new Set<Drawn>();
let held = 0;

function drop(one: Drawn): void {
  one.among.delete(one.as);
  if (all.delete(one)) held -= one.html.length;
}

/** The HTML that was drawn of these rows within the last minute, as such a reader sees it. */
export function drawn(of: object, as: string, now = Date.now()): string | undefined {
  const found = kept.get(of)?.get(as);
  return found && now - found.at < MINUTE ? found.html : undefined;
}

/** Keeps HTML for a minute, as long as somebody keeps the rows that it was drawn from and there is room. */
export function keepDrawn(of: object, as: string, html: string, now = Date.now()): string {
  const among = kept.get(of) ?? new Map<string, Drawn>();
  kept.set(of, among);
  const before = among.get(as);
  if (before) drop(before);
  const one = { html, at: now, among, as };
  among.set(as, one);
  all.add(one);
  held += html.length;
  if (among.size > MOST) drop(among.values().next().value!);
  for (const oldest of all) {
    if (held <= ROOM && now - oldest.at < MINUTE) break;
    drop(oldest);
  }
  return html;
}
