import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import type { Viewer } from '../platform/viewer.ts';
import { follows, ignored, reads } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** Everyone sees what they follow themselves. */
export const ownFollows = (db: Database, viewer: Viewer) => slim(
  { target: follows.target, level: follows.level, byHand: follows.byHand, createdAt: follows.createdAt },
  (columns) => db.select(columns).from(follows).where(eq(follows.userId, viewer.id ?? '')).as('follows'),
);

/** Everyone sees how far they read themselves. */
export const ownReads = (db: Database, viewer: Viewer) => db.select({ topicId: reads.topicId, lastRead: reads.lastRead }).from(reads).where(eq(reads.userId, viewer.id ?? '')).as('reads');

/** Everyone sees whom they do not want to hear themselves. Those who work here are heard, whatever was said before. */
export const ownIgnored = (db: Database, viewer: Viewer) =>
  slim(
    { personId: ignored.personId, level: ignored.level, createdAt: ignored.createdAt, name: users.name, handle: users.handle },
    (columns) =>
      db
        .select(columns)
        .from(ignored)
        .innerJoin(users, and(eq(users.id, ignored.personId), inArray(users.role, ['customer', 'moderator'])))
        .where(eq(ignored.userId, viewer.id ?? ''))
        .as('ignored'),
  );
