import { and, eq, isNull } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { topics } from '../forum/schema.ts';
import { operation } from '../platform/operation.ts';
import { Locking } from './input.ts';
import { topicToModerate } from './queries.ts';
import { statementsOfReasons } from './schema.ts';
import { logged, stated } from './stating.ts';

/** Locks a topic, so that only moderators write in it, and tells its author why; or opens it again. */
export const lockTopic = operation({
  name: 'moderation.lock',
  input: Locking,
  subject: ({ number }) => topicToModerate(number),
  may: moderators,
  decide(setting, { number, locked, code, words }, topic) {
    const { db, viewer, now } = setting;
    if (locked === (topic.lockedAt !== null)) return { statements: [], events: [], result: { number } };
    return {
      statements: [
        db.update(topics).set({ lockedAt: locked ? now : null }).where(eq(topics.id, topic.id)),
        ...(locked && topic.authorId !== viewer.id ? [stated(setting, { userId: topic.authorId, action: 'locked', topicId: topic.id, kinds: [code], words, mail: 'due' })] : []),
        ...(locked ? [] : [db.update(statementsOfReasons).set({ withdrawnAt: now }).where(and(eq(statementsOfReasons.topicId, topic.id), isNull(statementsOfReasons.withdrawnAt)))]),
        logged(setting, { action: locked ? 'locked' : 'unlocked', rule: locked ? code : null, categoryId: topic.categoryId }),
      ],
      events: [{ type: locked ? 'topic.locked' : 'topic.unlocked', subject: topic.id, revision: topic.revision + 1, data: {} }],
      result: { number },
    };
  },
});
