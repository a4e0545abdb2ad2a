import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { visiblePosts, visibleTopics } from '../forum/access.ts';
import { rule } from '../platform/rules.ts';
import { isStaff, type Viewer } from '../platform/viewer.ts';
import { movedPosts, whispers } from './schema.ts';

/** Whispers are for those who work here. */
export const visibleWhispers = (db: Database, viewer: Viewer) => db.select().from(whispers).where(isStaff(viewer) ? undefined : sql`0`).as('whispers');

/** Where posts were, and where they are now, of topics that the viewer sees. */
export const visibleMoves = (db: Database, viewer: Viewer) => {
  const [post, topic] = [visiblePosts(db, viewer), visibleTopics(db, viewer)];
  return db
    .select({ from: sql<number>`${movedPosts.number}`.as('from_number'), fromPlace: sql<number>`${movedPosts.place}`.as('from_place'), number: sql<number>`${topic.number}`.as('now_number'), slug: topic.slug, title: topic.title, place: sql<number>`${post.number}`.as('now_place') })
    .from(movedPosts)
    .innerJoin(post, eq(post.id, movedPosts.postId))
    .innerJoin(topic, eq(topic.id, post.topicId))
    .as('moves');
};

export const whisperers = rule<unknown>('those who work here', (viewer) => isStaff(viewer));
