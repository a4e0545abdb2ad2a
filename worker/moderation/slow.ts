import { eq } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { topics } from '../forum/schema.ts';
import { operation } from '../platform/operation.ts';
import { Slowing } from './input.ts';
import { topicToModerate } from './queries.ts';

/** Lets each person reply only so often in a topic, or as often as they like. Moderators write as they need to. */
export const slowTopic = operation({
  name: 'moderation.slow',
  input: Slowing,
  subject: ({ number }) => topicToModerate(number),
  may: moderators,
  decide({ db }, { number, minutes }, topic) {
    const slowSeconds = minutes * 60;
    if (slowSeconds === topic.slowSeconds) return { statements: [], events: [], result: { number } };
    return {
      statements: [db.update(topics).set({ slowSeconds }).where(eq(topics.id, topic.id))],
      events: [{ type: 'topic.slowed', subject: topic.id, revision: topic.revision + 1, data: { minutes } }],
      result: { number },
    };
  },
});
