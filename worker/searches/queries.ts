import { and, desc, eq, gt, gte, sql } from 'drizzle-orm';
import { many } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { visibleDays, visibleSearches } from './access.ts';

/** Searches of one list, at most. */
const MOST = 25;

export const searchLists = ['often', 'empty', 'unfollowed'] as const;
export type SearchList = (typeof searchLists)[number];

/** What was searched for most of all within the days that are kept: of everything, of what found nothing, or of what found something that nobody followed. Staff only. */
export const searchesOften = many(
  written(
    (list: SearchList) => ({ by: { list } }),
    (db, viewer, { by: { list } }) => {
      const search = visibleSearches(db, viewer);
      const where = { often: gt(search.searches, 0), empty: gt(search.empty, sql`0`), unfollowed: and(sql`${search.clicks} = 0`, sql`${search.searches} > ${search.empty}`) }[list];
      return db
        .select({ hash: search.hash, words: search.words, results: search.results, searches: search.searches, empty: search.empty, clicks: search.clicks, places: search.places, topics: search.topics, tickets: search.tickets })
        .from(search)
        .where(where)
        .orderBy(desc(list === 'empty' ? search.empty : search.searches), desc(search.hash))
        .limit(MOST);
    },
  ),
);

/** How much was searched on each day from one on, `2026-01-31`, in order. Staff only. */
export const searchesByDay = many(
  written(
    (from: string) => ({ from }),
    (db, viewer, { from }) => {
      const day = visibleDays(db, viewer);
      return db.select({ day: day.day, searches: day.searches, empty: day.empty, clicks: day.clicks, topics: day.topics, tickets: day.tickets }).from(day).where(and(eq(day.hash, ''), gte(day.day, from))).orderBy(day.day);
    },
  ),
);
