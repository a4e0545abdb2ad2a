import { eq } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { topics } from '../forum/schema.ts';
import { operation } from '../platform/operation.ts';
import { Restriction } from './input.ts';
import { topicToModerate } from './queries.ts';

/** Freezes the votes of a topic or leaves replies in it to the team and moderators, or no longer. What is not said stays. */
export const restrictTopic = operation({
  name: 'moderation.restrict',
  input: Restriction,
  subject: ({ number }) => topicToModerate(number),
  may: moderators,
  decide({ db, now }, { number, ...wished }, topic) {
    const is = { votesFrozen: topic.votesFrozenAt !== null, teamOnly: topic.teamOnlyAt !== null };
    const { votesFrozen, teamOnly } = { votesFrozen: wished.votesFrozen ?? is.votesFrozen, teamOnly: wished.teamOnly ?? is.teamOnly };
    const result = { number, votesFrozen, teamOnly };
    if (votesFrozen === is.votesFrozen && teamOnly === is.teamOnly) return { statements: [], events: [], result };
    const since = (isOn: boolean, before: Date | null) => (isOn ? (before ?? now) : null);
    return {
      statements: [db.update(topics).set({ votesFrozenAt: since(votesFrozen, topic.votesFrozenAt), teamOnlyAt: since(teamOnly, topic.teamOnlyAt) }).where(eq(topics.id, topic.id))],
      events: [{ type: 'topic.restricted', subject: topic.id, revision: topic.revision + 1, data: { from: is, to: { votesFrozen, teamOnly } } }],
      result,
    };
  },
});
