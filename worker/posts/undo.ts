import { DAY } from '../platform/time.ts';

/** Milliseconds in which authors bring back what they removed themselves. */
export const UNDO = DAY;

/** Whether this person may still undo the removal of a post. */
export const mayUndo = (post: { removed: string | null; removedAt: Date | null; author: { id: string } }, who: string | null, now = Date.now()) =>
  post.removed === 'author' && post.author.id === who && now - (post.removedAt?.getTime() ?? 0) <= UNDO;
