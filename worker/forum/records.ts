import { eq, sql } from 'drizzle-orm';
import { one } from '../platform/query.ts';
import { visibleCategories, visibleTopics } from './access.ts';

/** A topic as somebody replies in it: with when they last did. */
export const topicToReply = one((db, viewer, number: number) => {
  const [topic, category] = [visibleTopics(db, viewer), visibleCategories(db, viewer)];
  return db
    .select({
      id: topic.id, number: topic.number, slug: topic.slug, title: topic.title, tags: topic.tags, lockedAt: topic.lockedAt, slowSeconds: topic.slowSeconds, category: { id: category.id, mayReply: category.mayReply },
      lastOwnAt: sql<number | null>`case when ${topic.slowSeconds} > 0 then (select created_at from posts where author_id = ${viewer.id ?? ''} and +topic_id = ${topic.id} and number > 1 order by created_at desc limit 1) end`.as('last_own_at'),
    })
    .from(topic)
    .innerJoin(category, eq(category.id, topic.categoryId))
    .where(eq(topic.number, number))
    .limit(1);
});
