import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { authorOrModerator } from './access.ts';
import { Acceptance } from './input.ts';
import { postWithTopic } from './queries.ts';
import { posts } from './schema.ts';

/** Answers of one topic that may be accepted: more are a list, and no answer. */
const MOST = 5;

/** Says that an answer solved the topic, alone or with others, or, said again of the same answer, that it did not. */
export const acceptAnswer = operation({
  name: 'forum.accept',
  input: Acceptance,
  subject: ({ number, post }) => postWithTopic(number, post),
  may: authorOrModerator,
  decide({ db, now }, _input, post) {
    if (post.number === 1) throw new Refusal('invalid', 'The question itself cannot be its answer.');
    if (post.removed) throw new Refusal('conflict', 'This was removed already.');
    const isAccepted = post.acceptedAt === null;
    if (isAccepted && post.answers >= MOST) throw new Refusal('conflict', 'Five answers are accepted here. Take one back first.');
    return {
      statements: [db.update(posts).set({ acceptedAt: isAccepted ? now : null }).where(eq(posts.id, post.id))],
      events: [{ type: 'topic.answer_accepted', subject: post.topicId, revision: post.revision + 1, data: isAccepted ? { post: post.id } : { post: null, was: post.id } }],
      result: { number: post.topicNumber, place: post.number },
    };
  },
});
