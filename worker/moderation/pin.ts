import { eq } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { topics } from '../forum/schema.ts';
import { operation } from '../platform/operation.ts';
import { Pinning } from './input.ts';
import { topicToModerate } from './queries.ts';

/** Lets a topic stand first in its category, or no longer. */
export const pinTopic = operation({
  name: 'moderation.pin',
  input: Pinning,
  subject: ({ number }) => topicToModerate(number),
  may: moderators,
  decide({ db, now }, { number, pinned }, topic) {
    if (pinned === (topic.pinnedAt !== null)) return { statements: [], events: [], result: { number } };
    return {
      statements: [db.update(topics).set({ pinnedAt: pinned ? now : null }).where(eq(topics.id, topic.id))],
      events: [{ type: pinned ? 'topic.pinned' : 'topic.unpinned', subject: topic.id, revision: topic.revision + 1, data: {} }],
      result: { number },
    };
  },
});
