import { moderators } from '../forum/access.ts';
import { operation } from '../platform/operation.ts';
import { overtaken } from '../platform/refusal.ts';
import { decided } from './deciding.ts';
import { Decision } from './input.ts';
import { reviewOf } from './records.ts';

/** Decides about a flagged post: agreeing hides it and says why, anything else shows it. What came of them weighs in people’s later flags. */
export const decideReview = operation({
  name: 'moderation.decide',
  input: Decision,
  subject: ({ post }) => reviewOf(post),
  may: moderators,
  decide(setting, { version, ...said }, review) {
    if (review.revision !== version || review.status !== 'open') throw overtaken();
    return { ...decided(setting, said, review), result: { post: review.postId } };
  },
});
