import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { one } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { visiblePosts, visibleTopics } from './access.ts';

/** How many posts of a topic came after a place, and where the first of them is; null when none did. Nothing of those that are hidden or were removed. */
export const newsOfTopic = one(
  written(
    (number: number, seen: number) => ({ number, seen }),
    (db, viewer, { number, seen }) => {
      const [topic, post] = [visibleTopics(db, viewer), visiblePosts(db, viewer)];
      return db
        .select({ count: sql<number>`count(${post.id})`.as('count'), first: sql<number | null>`min(${post.number})`.as('first') })
        .from(topic)
        .leftJoin(post, and(eq(post.topicId, topic.id), gt(post.number, seen), isNull(post.hiddenAt), isNull(post.removed)))
        .where(eq(topic.number, number))
        .groupBy(topic.id);
    },
  ),
);
