import { and, eq, isNull } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { posts } from '../forum/schema.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { Decision } from './input.ts';
import { reviewOf } from './records.ts';
import { flags, reviews, statementsOfReasons } from './schema.ts';

/** Decides about a flagged post: agreeing hides it and says why, anything else shows it. What came of them weighs in people’s later flags. */
export const decideReview = operation({
  name: 'moderation.decide',
  input: Decision,
  subject: ({ post }) => reviewOf(post),
  may: moderators,
  decide({ db, viewer, now, newId }, { post, version, decision, words }, review) {
    if (review.revision !== version || review.status !== 'open') throw new Refusal('conflict', 'Someone changed this a moment ago. Look again, then decide.');
    const hides = decision === 'agree';
    const changed = hides === (review.hiddenAt === null);
    return {
      statements: [
        db.update(reviews).set({ status: decision, words, decidedBy: viewer.id, decidedAt: now }).where(eq(reviews.postId, post)),
        db.update(flags).set({ outcome: decision }).where(and(eq(flags.postId, post), isNull(flags.outcome))),
        ...(changed ? [db.update(posts).set({ hiddenAt: hides ? now : null }).where(eq(posts.id, post))] : []),
        ...(hides ? [db.insert(statementsOfReasons).values({ id: newId('sor'), postId: post, kinds: review.kinds, words, isAutomatic: false, createdAt: now })] : []),
      ],
      events: [{ type: 'post.reviewed', subject: post, revision: version + 1, data: { decision, words, changed } }],
      result: { post },
    };
  },
});
