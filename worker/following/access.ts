import { eq } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { Viewer } from '../platform/viewer.ts';
import { follows, reads } from './schema.ts';

/** Everyone sees what they follow themselves. */
export const ownFollows = (db: Database, viewer: Viewer) => db.select({ target: follows.target, level: follows.level, byHand: follows.byHand, createdAt: follows.createdAt }).from(follows).where(eq(follows.userId, viewer.id ?? '')).as('follows');

/** Everyone sees how far they read themselves. */
export const ownReads = (db: Database, viewer: Viewer) => db.select({ topicId: reads.topicId, lastRead: reads.lastRead }).from(reads).where(eq(reads.userId, viewer.id ?? '')).as('reads');
