import { and, eq, isNull } from 'drizzle-orm';
import { posts } from '../forum/schema.ts';
import type { Change, Setting, Writing } from '../platform/operation.ts';
import { lifted } from '../sanctions/lifting.ts';
import { flags, reviews, statementsOfReasons } from './schema.ts';
import { logged, stated } from './stating.ts';

interface Review {
  postId: string;
  authorId: string;
  categoryId: string;
  hiddenAt: Date | null;
  /** On what grounds the post was flagged. */
  kinds: string[];
  /** The silence that a rule gave its author for such posts, if it did. */
  silence: string | null;
  revision: number;
}

interface Said {
  decision: 'agree' | 'disagree' | 'ignore';
  words: string;
}

/** What deciding about a flagged post changes, and what the log tells of it. */
export function decided(setting: Setting, { decision, words }: Said, review: Review): Pick<Change<unknown>, 'statements' | 'events'> {
  const { db, viewer, now } = setting;
  const { postId, categoryId, kinds } = review;
  const hides = decision === 'agree';
  const changed = hides === (review.hiddenAt === null);
  return {
    statements: [
      db.update(reviews).set({ status: decision, words, decidedBy: viewer.id, decidedAt: now }).where(eq(reviews.postId, postId)),
      db.update(flags).set({ outcome: decision }).where(and(eq(flags.postId, postId), isNull(flags.outcome))),
      ...(changed ? [db.update(posts).set({ hiddenAt: hides ? now : null }).where(eq(posts.id, postId))] : []),
      ...(hides ? [stated(setting, { userId: review.authorId, action: 'hidden', postId, kinds, words })] : withdrawn(setting, review, words)),
      ...(changed ? [logged(setting, { action: hides ? 'hidden' : 'shown', rule: kinds[0], categoryId })] : []),
    ],
    events: [{ type: 'post.reviewed', subject: postId, revision: review.revision + 1, data: { decision, words, changed } }],
  };
}

/** What was said against the post counts no longer; a rule that silenced its author for such posts is undone, and shows them again. */
const withdrawn = (setting: Setting, { postId, authorId, silence }: Review, words: string): Writing[] => [
  setting.db.update(statementsOfReasons).set({ withdrawnAt: setting.now }).where(and(eq(statementsOfReasons.postId, postId), eq(statementsOfReasons.action, 'hidden'), isNull(statementsOfReasons.withdrawnAt))),
  ...(silence ? [...lifted(setting, { id: silence, userId: authorId, kind: 'silence' }, words), logged(setting, { action: 'lifted', rule: 'spam' })] : []),
];
