import { and, asc, between, desc, ne } from 'drizzle-orm';
import { visibleTopics } from '../forum/access.ts';
import { many, maybe } from '../platform/query.ts';
import { REMOVED } from '../platform/removed.ts';
import { written } from '../platform/statement.ts';

/** The number of the newest topic. */
export const newestTopicNumber = maybe(
  written(
    () => ({}),
    (db, viewer) => {
      const topic = visibleTopics(db, viewer);
      return db.select({ number: topic.number }).from(topic).orderBy(desc(topic.number)).limit(1);
    },
  ),
);

/** Where the topics with these numbers are, and when they last changed. */
export const topicsNumbered = many(
  written(
    (first: number, last: number) => ({ first, last }),
    (db, viewer, { first, last }) => {
      const topic = visibleTopics(db, viewer);
      return db
        .select({ number: topic.number, slug: topic.slug, lastPostAt: topic.lastPostAt })
        .from(topic)
        .where(and(between(topic.number, first, last), ne(topic.title, REMOVED.title)))
        .orderBy(asc(topic.number));
    },
  ),
);
