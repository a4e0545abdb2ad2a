import { eq } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { operation } from '../platform/operation.ts';
import { overtaken } from '../platform/refusal.ts';
import { Claim } from './input.ts';
import { reviewOf } from './records.ts';
import { reviews } from './schema.ts';

/** Takes something out of the queue to decide it oneself, or, when one has it, puts it back. */
export const claimReview = operation({
  name: 'moderation.claim',
  input: Claim,
  subject: ({ post }) => reviewOf(post),
  may: moderators,
  decide({ db, viewer }, { post, version }, review) {
    if (review.revision !== version || review.status !== 'open') throw overtaken();
    const claimedBy = review.claimedBy === viewer.id ? null : viewer.id;
    return {
      statements: [db.update(reviews).set({ claimedBy }).where(eq(reviews.postId, post))],
      events: [{ type: 'post.claimed', subject: post, revision: version + 1, data: { by: claimedBy } }],
      result: { post },
    };
  },
});
