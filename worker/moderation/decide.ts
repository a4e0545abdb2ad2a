import { and, eq, isNull } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { posts } from '../forum/schema.ts';
import { operation, type Setting, type Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { lifted } from '../sanctions/lifting.ts';
import { Decision } from './input.ts';
import { reviewOf } from './records.ts';
import { flags, reviews, statementsOfReasons } from './schema.ts';
import { logged, stated } from './stating.ts';

/** Decides about a flagged post: agreeing hides it and says why, anything else shows it. What came of them weighs in people’s later flags. */
export const decideReview = operation({
  name: 'moderation.decide',
  input: Decision,
  subject: ({ post }) => reviewOf(post),
  may: moderators,
  decide(setting, { post, version, decision, words }, review) {
    const { db, viewer, now } = setting;
    if (review.revision !== version || review.status !== 'open') throw new Refusal('conflict', 'Someone changed this a moment ago. Look again, then decide.');
    const hides = decision === 'agree';
    const changed = hides === (review.hiddenAt === null);
    return {
      statements: [
        db.update(reviews).set({ status: decision, words, decidedBy: viewer.id, decidedAt: now }).where(eq(reviews.postId, post)),
        db.update(flags).set({ outcome: decision }).where(and(eq(flags.postId, post), isNull(flags.outcome))),
        ...(changed ? [db.update(posts).set({ hiddenAt: hides ? now : null }).where(eq(posts.id, post))] : []),
        ...(hides ? [stated(setting, { userId: review.authorId, action: 'hidden', postId: post, kinds: review.kinds, words })] : withdrawn(setting, review, words)),
        ...(changed ? [logged(setting, { action: hides ? 'hidden' : 'shown', rule: review.kinds[0], categoryId: review.categoryId })] : []),
      ],
      events: [{ type: 'post.reviewed', subject: post, revision: version + 1, data: { decision, words, changed } }],
      result: { post },
    };
  },
});

/** What was said against the post counts no longer; a rule that silenced its author for such posts is undone, and shows them again. */
const withdrawn = (setting: Setting, { postId, authorId, silence }: { postId: string; authorId: string; silence: string | null }, words: string): Writing[] => [
  setting.db.update(statementsOfReasons).set({ withdrawnAt: setting.now }).where(and(eq(statementsOfReasons.postId, postId), eq(statementsOfReasons.action, 'hidden'), isNull(statementsOfReasons.withdrawnAt))),
  ...(silence ? [...lifted(setting, { id: silence, userId: authorId, kind: 'silence' }, words), logged(setting, { action: 'lifted', rule: 'spam' })] : []),
];
