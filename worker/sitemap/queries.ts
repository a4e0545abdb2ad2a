import { and, asc, between, desc, eq, ne } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { categoriesOfTopics, visibleTopics } from '../forum/access.ts';
import { many, maybe } from '../platform/query.ts';
import { REMOVED } from '../platform/removed.ts';
import { written } from '../platform/statement.ts';
import type { Viewer } from '../platform/viewer.ts';

/** Topics of the part with the newest words, at most: those that are hot are among them. */
const LATEST = 500;

/** Topics of categories that search engines may show. */
function listedTopics(db: Database, viewer: Viewer) {
  const [topic, category] = [visibleTopics(db, viewer), categoriesOfTopics(db, viewer)];
  const from = db.select({ number: topic.number, slug: topic.slug, lastPostAt: topic.lastPostAt }).from(topic).innerJoin(category, eq(category.id, topic.categoryId)).$dynamic();
  return { topic, from, where: and(eq(category.isListed, true), ne(topic.title, REMOVED.title)) };
}

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
      const { topic, from, where } = listedTopics(db, viewer);
      return from.where(and(between(topic.number, first, last), where)).orderBy(asc(topic.number));
    },
  ),
);

/** Where the topics with the newest words are, the newest first. */
export const topicsLatest = many(
  written(
    () => ({}),
    (db, viewer) => {
      const { topic, from, where } = listedTopics(db, viewer);
      return from.where(where).orderBy(desc(topic.lastPostAt), desc(topic.id)).limit(LATEST);
    },
  ),
);
