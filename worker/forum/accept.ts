import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { authorOrModerator } from './access.ts';
import { Acceptance } from './input.ts';
import { postWithTopic } from './queries.ts';
import { topics } from './schema.ts';

/** Says that an answer solved the topic, or, said again of the same answer, that it did not. */
export const acceptAnswer = operation({
  name: 'forum.accept',
  input: Acceptance,
  subject: ({ number, post }) => postWithTopic(number, post),
  may: authorOrModerator,
  decide({ db }, _input, post) {
    if (post.number === 1) throw new Refusal('invalid', 'The question itself cannot be its answer.');
    const acceptedPostId = post.acceptedPostId === post.id ? null : post.id;
    return {
      statements: [db.update(topics).set({ acceptedPostId }).where(eq(topics.id, post.topicId))],
      events: [{ type: 'topic.answer_accepted', subject: post.topicId, revision: post.revision + 1, data: { post: acceptedPostId } }],
      result: { number: post.topicNumber, place: post.number },
    };
  },
});
