import { eq } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { topics } from '../forum/schema.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { Standing } from './input.ts';
import { topicToModerate } from './queries.ts';

/** Says of a problem whether it is known or fixed, or takes that back. One that is fixed waits for no answer any more. */
export const setProblem = operation({
  name: 'moderation.set-problem',
  input: Standing,
  subject: ({ number }) => topicToModerate(number),
  may: moderators,
  decide({ db }, { number, state }, topic) {
    if (topic.kind !== 'problem') throw new Refusal('conflict', 'Only problems are known or fixed.');
    if (state === topic.problemState) return { statements: [], events: [], result: { number } };
    return {
      statements: [db.update(topics).set({ problemState: state }).where(eq(topics.id, topic.id))],
      events: [{ type: 'topic.problem_set', subject: topic.id, revision: topic.revision + 1, data: { from: topic.problemState, to: state } }],
      result: { number },
    };
  },
});
