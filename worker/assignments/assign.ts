import { eq } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { Assignment } from './input.ts';
import { topicToAssign } from './queries.ts';
import { reminderAt } from './remind.ts';
import { assignments } from './schema.ts';

const momentOf = (at: Date | null) => at?.getTime() ?? null;

/** Gives a topic, or one post of it, to somebody who works here or to a group of the team, to look after it; or to nobody. Whoever has it is told once. */
export const assignTopic = operation({
  name: 'assignments.assign',
  input: Assignment,
  subject: ({ number, assignee, post }) => topicToAssign(number, assignee, post ?? 0),
  may: moderators,
  decide({ db, viewer, now }, { number, assignee, post, status, ...wish }, topic) {
    const isKept = assignee !== '' && assignee === topic.groupId;
    const [userId, groupId] = [assignee === 'me' ? viewer.id : topic.personId, topic.group ?? (isKept ? topic.groupId : null)];
    const to = userId ?? groupId;
    if (assignee && to === null) throw invalid({ assignee: 'Choose someone from the list.' });
    if (to !== null && post !== undefined && topic.post === null) throw invalid({ post: 'Write the number of a post of this topic.' });
    const from = topic.userId ?? topic.groupId;
    const event = { subject: topic.id, revision: topic.revision + 1 };
    if (to === null) {
      const events = from === null ? [] : [{ type: 'topic.assigned' as const, ...event, data: { from, to } }];
      return { statements: from === null ? [] : [db.delete(assignments).where(eq(assignments.topicId, topic.id))], events, result: { number } };
    }
    const remindAt = status === 'done' ? null : reminderAt(wish, viewer.timeZone, now);
    const values = { userId, groupId: userId === null ? groupId : null, postId: post === undefined ? null : topic.post, status, remindAt };
    const isGiven = to !== from || values.postId !== topic.postId;
    const isMoved = status !== topic.status || momentOf(remindAt) !== momentOf(topic.remindAt);
    if (!isGiven && !isMoved) return { statements: [], events: [], result: { number } };
    return {
      statements: [db.insert(assignments).values({ topicId: topic.id, ...values, assignedAt: now }).onConflictDoUpdate({ target: assignments.topicId, set: { ...values, ...(isGiven ? { assignedAt: now } : {}) } })],
      events: [isGiven ? { type: 'topic.assigned', ...event, data: { from, to, post: values.postId } } : { type: 'topic.assignment_moved', ...event, data: { from: topic.status, to: status, remindAt: momentOf(remindAt) } }],
      result: { number },
    };
  },
});
