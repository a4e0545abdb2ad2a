import { and, desc, eq, gte, ne, type SQLWrapper, sql } from 'drizzle-orm';
import { visibleTopics } from '../forum/access.ts';
import { visibleIncidents } from '../incidents/access.ts';
import { visibleArticles } from '../kb/access.ts';
import { many, one } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { saidLately, visibleCounts } from './access.ts';

/** What is said to have solved it, by the id of an article or the number of a topic, as far as the viewer can read it; and whether they said so lately. */
export const helperToThank = one((db, viewer, kind: 'article' | 'topic', place: string, email: string | undefined, since: number) => {
  const [article, topic] = [visibleArticles(db, viewer), visibleTopics(db, viewer)];
  const lately = (id: SQLWrapper) => saidLately(viewer, email, kind, id, since).as('is_repeated');
  if (kind === 'article') return db.select({ id: sql<string>`${article.id}`.as('helper_id'), isRepeated: lately(article.id) }).from(article).where(eq(article.id, place));
  return db.select({ id: sql<string>`${topic.id}`.as('helper_id'), isRepeated: lately(topic.id) }).from(topic).where(eq(topic.number, Number(place)));
});

/** How many tickets reading spared by month, from a month on. Staff only. */
export const deflectionsByMonth = many(
  written(
    (from: string) => ({ from }),
    (db, viewer, { from }) => {
      const count = visibleCounts(db, viewer);
      return db.select({ month: count.month, deflected: count.deflected, takenBack: count.takenBack }).from(count).where(and(gte(count.month, from), ne(count.month, ''), eq(count.kind, ''), eq(count.refId, ''))).orderBy(count.month);
    },
  ),
);

/** What spared the most tickets, fifty at most. Staff only. */
export const helpersByCount = many(
  written(
    () => ({}),
    (db, viewer) => {
      const [count, article, topic, incident] = [visibleCounts(db, viewer), visibleArticles(db, viewer), visibleTopics(db, viewer), visibleIncidents(db, viewer)];
      return db
        .select({
          kind: count.kind, deflected: count.deflected, takenBack: count.takenBack, title: sql<string | null>`coalesce(${article.title}, ${topic.title}, ${incident.wordsEn})`.as('helper_title'),
          category: article.category, articleSlug: sql<string | null>`${article.slug}`.as('article_slug'), locale: article.locale, number: topic.number, ticket: sql<number | null>`(select t.number from tickets t where t.id = ${incident.ticketId})`.as('incident_number'), slug: sql<string | null>`${topic.slug}`.as('topic_slug'),
        })
        .from(count)
        .leftJoin(article, and(eq(count.kind, 'article'), eq(article.id, count.refId)))
        .leftJoin(incident, and(eq(count.kind, 'incident'), eq(incident.id, count.refId)))
        .leftJoin(topic, and(eq(count.kind, 'topic'), eq(topic.id, count.refId)))
        .where(eq(count.month, ''))
        .orderBy(desc(count.deflected), desc(count.kind), desc(count.refId))
        .limit(50);
    },
  ),
);
