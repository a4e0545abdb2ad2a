import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { categoriesOfTopics, visibleTopics } from '../forum/access.ts';
import { authors } from '../people/access.ts';
import { maybe, onward, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { atDesk } from '../tickets/access.ts';

/** The same words as the index of questions that wait. */
const waits = ({ answerDueAt, answeredAt }: ReturnType<typeof visibleTopics>) => and(isNotNull(answerDueAt), isNull(answeredAt));

/** Questions in which nobody but their author wrote what is there to read, of categories that promise an answer, the one that is due first, first. For the desk. */
export const questionsWaiting = page(
  ({ dueAt, id }: { dueAt: Date | null; id: string }) => [dueAt?.getTime() ?? 0, id],
  written(onward as (slice: Slice) => ReturnType<typeof onward>, (db, viewer, { at, last, most }) => {
    const [topic, category, author] = [visibleTopics(db, viewer), categoriesOfTopics(db, viewer), authors(db)];
    return db
      .select({
        id: topic.id, number: topic.number, slug: topic.slug, title: topic.title, createdAt: topic.createdAt, dueAt: topic.answerDueAt, categoryName: category.name,
        author: { name: author.name, handle: author.handle },
      })
      .from(topic)
      .innerJoin(category, eq(category.id, topic.categoryId))
      .innerJoin(author, eq(author.id, topic.authorId))
      .where(and(atDesk(viewer), waits(topic), at && last && sql`(${topic.answerDueAt}, ${topic.id}) > (${at}, ${last})`))
      .orderBy(asc(topic.answerDueAt), asc(topic.id))
      .limit(most);
  }),
);

/** How many such questions there are, 100 at most. */
export const questionsCounted = maybe(
  written(
    () => ({}),
    (db, viewer) => {
      const topic = visibleTopics(db, viewer);
      const some = db.select({ one: sql`1` }).from(topic).where(and(atDesk(viewer), waits(topic))).limit(100);
      return db.select({ count: sql<number>`(select count(*) from ${some})`.as('count') }).from(sql`(select 1)`);
    },
  ),
);
