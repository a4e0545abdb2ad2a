import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { holders } from './access.ts';
import { Advance } from './input.ts';
import { topicToAssign } from './queries.ts';
import { reminderAt } from './remind.ts';
import { assignments } from './schema.ts';

/** Says how far the care of a topic is, and when to be reminded of it. What is done reminds nobody. */
export const advanceAssignment = operation({
  name: 'assignments.advance',
  input: Advance,
  subject: ({ number }) => topicToAssign(number, '', 0),
  may: holders,
  decide({ db, viewer, now }, { number, status, ...wish }, topic) {
    if (topic.status === null) throw new Refusal('conflict', 'Nobody looks after this topic any more.');
    const remindAt = status === 'done' ? null : reminderAt(wish, viewer.timeZone, now);
    const at = remindAt?.getTime() ?? null;
    if (status === topic.status && at === (topic.remindAt?.getTime() ?? null)) return { statements: [], events: [], result: { number } };
    return {
      statements: [db.update(assignments).set({ status, remindAt }).where(eq(assignments.topicId, topic.id))],
      events: [{ type: 'topic.assignment_moved', subject: topic.id, revision: topic.revision + 1, data: { from: topic.status, to: status, remindAt: at } }],
      result: { number },
    };
  },
});
