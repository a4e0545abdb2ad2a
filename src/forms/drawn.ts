import { Hold } from '../../worker/platform/hold.ts';
import { MINUTE } from '../../worker/platform/time.ts';
import { can, isStaff, moderates, type Viewer } from '../../worker/platform/viewer.ts';

interface Drawn {
  html: string;
  at: number;
  size: number;
}

const kept = new Hold<Drawn>(8_000_000);

/** Rows by number: what was drawn of them does not keep them. */
const numbers = new WeakMap<object, number>();
let last = 0;

function numberOf(rows: object): number {
  const number = numbers.get(rows) ?? ++last;
  numbers.set(rows, number);
  return number;
}

const keyOf = (of: readonly object[], as: string) => `${of.map(numberOf)} ${as}`;

/** The HTML that was drawn of these rows within the last minute, as such a reader sees it. */
export function drawn(of: readonly object[], as: string, now = Date.now()): string | undefined {
  const found = kept.get(keyOf(of, as));
  return found && now - found.at < MINUTE ? found.html : undefined;
}

/** Keeps HTML that was drawn of these rows, for all such readers. */
export function keepDrawn(of: readonly object[], as: string, html: string, now = Date.now()): string {
  kept.set(keyOf(of, as), { html, at: now, size: html.length });
  return html;
}

/** What a page of a topic shows, as far as it can differ from one reader to the next. What was not asked for is undefined. */
export interface Shown {
  topic: { authorId: string | null; category: { id: string } };
  posts: readonly { author: { id: string | null }; hiddenAt: Date | null }[];
  /** What stands between posts. */
  moved: readonly unknown[];
  whispers: readonly unknown[] | undefined;
  /** What leads from posts to tickets, and whose customers wrote them. */
  handovers: readonly unknown[];
  speakers: readonly unknown[] | undefined;
  /** The posts that they voted on, and whom they ignore. */
  reading: { votes: { size: number }; ignored: readonly unknown[] } | undefined;
}

/** Whether somebody reads these posts as everybody of their kind does: nothing of theirs is among them, nothing is hidden or stands between, and they may do no more than others. */
export function readsLikeOthers(viewer: Viewer, { topic, posts, moved, whispers, handovers, speakers, reading }: Shown): boolean {
  const mayMore = isStaff(viewer) || moderates(viewer, topic.category.id) || can(viewer, 'tickets.answer');
  const isTheirs = (author: string | null) => author === viewer.id;
  const isPlain = [moved, whispers, handovers, speakers, reading?.ignored].every((one) => !one?.length) && !reading?.votes.size;
  return !mayMore && isPlain && !isTheirs(topic.authorId) && posts.every(({ author, hiddenAt }) => hiddenAt === null && !isTheirs(author.id));
}
