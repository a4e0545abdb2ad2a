import { eq } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { topics } from '../forum/schema.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { Assignment } from './input.ts';
import { topicToModerate } from './queries.ts';

/** Gives a topic to somebody who works here, to look after it; or to nobody. */
export const assignTopic = operation({
  name: 'moderation.assign',
  input: Assignment,
  subject: ({ number, assignee }) => topicToModerate(number, assignee),
  may: moderators,
  decide({ db, viewer }, { number, assignee }, topic) {
    const chosen = assignee === 'me' ? viewer.id : topic.chosenId;
    if (assignee && chosen === null) throw new Refusal('invalid', 'Check the fields marked below.', { assignee: 'Choose someone from the list.' });
    if (chosen === topic.assigneeId) return { statements: [], events: [], result: { number } };
    return {
      statements: [db.update(topics).set({ assigneeId: chosen }).where(eq(topics.id, topic.id))],
      events: [{ type: 'topic.assigned', subject: topic.id, revision: topic.revision + 1, data: { from: topic.assigneeId, to: chosen } }],
      result: { number },
    };
  },
});
