import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import { notifications } from '../notifications/schema.ts';
import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { counting } from '../trust/access.ts';
import { Reading } from './input.ts';
import { topicToRead } from './queries.ts';
import { reads } from './schema.ts';

/** Remembers how far somebody read a topic, never less than before, and that they saw what they were told of it so far. It is no event. */
export const readTopic = operation({
  name: 'following.read',
  input: Reading,
  subject: ({ number }) => topicToRead(number),
  may: signedIn,
  decide({ db, viewer, now }, { upTo }, topic) {
    const userId = viewer.id!;
    const lastRead = Math.min(upTo, topic.postsCount);
    return {
      statements: [
        ...counting(db, userId, topic.id, lastRead, now),
        db.insert(reads).values({ userId, topicId: topic.id, lastRead, readAt: now }).onConflictDoUpdate({ target: [reads.userId, reads.topicId], set: { lastRead: sql`max(last_read, ${lastRead})`, readAt: now } }),
        db.update(notifications).set({ seenAt: now }).where(and(eq(notifications.userId, userId), eq(notifications.topicId, topic.id), isNull(notifications.seenAt), lte(notifications.place, lastRead))),
      ],
      events: [],
      result: { lastRead },
    };
  },
});
