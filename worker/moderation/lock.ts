import { eq } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { topics } from '../forum/schema.ts';
import { operation } from '../platform/operation.ts';
import { Locking } from './input.ts';
import { topicToModerate } from './queries.ts';

/** Locks a topic, so that only moderators write in it, or opens it again. */
export const lockTopic = operation({
  name: 'moderation.lock',
  input: Locking,
  subject: ({ number }) => topicToModerate(number, ''),
  may: moderators,
  decide({ db, now }, { number, locked }, topic) {
    if (locked === (topic.lockedAt !== null)) return { statements: [], events: [], result: { number } };
    return {
      statements: [db.update(topics).set({ lockedAt: locked ? now : null }).where(eq(topics.id, topic.id))],
      events: [{ type: locked ? 'topic.locked' : 'topic.unlocked', subject: topic.id, revision: topic.revision + 1, data: {} }],
      result: { number },
    };
  },
});
