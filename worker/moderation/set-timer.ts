import { and, eq } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { DAY } from '../platform/time.ts';
import { Timing } from './input.ts';
import { topicToModerate } from './queries.ts';
import { topicTimers } from './schema.ts';

/** Sets what the clock does to a topic: at a day, or when so many days have passed without a word. Said anew it stands instead; without a time it stands no longer. */
export const setTimer = operation({
  name: 'moderation.set-timer',
  input: Timing,
  subject: ({ number }) => topicToModerate(number),
  may: moderators,
  decide({ db, viewer, now }, { number, kind, on, days }, topic) {
    if (on && days) throw invalid({ days: 'Choose a day, or a number of days, not both.' });
    if (on && on.getTime() <= now.getTime()) throw invalid({ on: 'Choose a day to come.' });
    const dueAt = days ? new Date(topic.lastPostAt.getTime() + days * DAY) : on;
    const values = { dueAt: dueAt!, daysAfter: days ?? null, byId: viewer.id! };
    return {
      statements: [
        dueAt
          ? db.insert(topicTimers).values({ topicId: topic.id, kind, ...values }).onConflictDoUpdate({ target: [topicTimers.topicId, topicTimers.kind], set: values })
          : db.delete(topicTimers).where(and(eq(topicTimers.topicId, topic.id), eq(topicTimers.kind, kind))),
      ],
      events: [{ type: 'topic.timer_set', subject: topic.id, revision: topic.revision + 1, data: { kind, at: dueAt?.getTime() ?? null, days: days ?? null } }],
      result: { number },
    };
  },
});
