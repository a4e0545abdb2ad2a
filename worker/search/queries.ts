import { and, eq, or, sql } from 'drizzle-orm';
import type { Query } from '../platform/query.ts';
import { asked as sent } from '../platform/statement.ts';
import type { Locale } from '../platform/viewer.ts';
import { visibleDocuments } from './access.ts';
import { type Asked, asked } from './input.ts';
import { passageOf } from './passage.ts';

export const searchTypes = ['article', 'topic'] as const;
export type SearchType = (typeof searchTypes)[number];

export interface Hit {
  type: SearchType;
  refId: string;
  title: string;
  /** Address without the language; `#post-…` when a reply fits best. */
  url: string;
  /** A passage as safe HTML: escaped, with `<mark>`. */
  passage: string;
  locale: Locale;
  /** Higher fits better. */
  score: number;
  importId: string | null;
}

/** Title, tags, body, stems. */
const WEIGHTS = '10.0, 5.0, 1.0, 0.6';
/** How many of the best are looked at before replies of one topic are folded together. */
const CANDIDATES = 120;
/** Of words that nearly every text has, only so many of the newest are ranked: it bounds the time a search can take. */
const MOST_RANKED = 2_500;
const OWN_LANGUAGE = 1.25;
const ARTICLE = 1.15;

interface Row {
  type: 'article' | 'topic' | 'post';
  refId: string;
  locale: Locale;
  title: string;
  url: string;
  text: string;
  rank: number;
  complete: number;
  importId: string | null;
}

/** The best of what everyone may read: first what has every word, then what has some. Any text may be asked. */
export function searched(typed: string, options: { type?: SearchType | undefined; locale: Locale; limit: number }): Query<Hit[]> {
  const question = asked(typed);
  return {
    asking: (db, viewer) => {
      const document = visibleDocuments(db, viewer);
      const found = (match: string, complete: number) =>
        sql`select * from (select rowid as id, bm25(search_index, ${sql.raw(WEIGHTS)}) as rank, ${complete} as complete from search_index where search_index match ${match} order by rowid desc limit ${MOST_RANKED}) order by rank limit ${CANDIDATES}`;
      const nothing = sql`select 0 as id, 0 as rank, 0 as complete where 0`;
      const all = question.all ? found(question.all, 1) : nothing;
      const any = question.any ? sql`select * from (${found(question.any, 0)}) where (select count(*) from every_word) < 8` : nothing;
      const hits = sql`(with every_word as materialized (${all}), some_words as (${any}) select id, rank, max(complete) as complete from (select * from every_word union all select * from some_words) group by id)`;
      return sent(db
        .select({
          type: document.type, refId: document.refId, locale: document.locale, title: document.title, url: document.url, text: sql<string>`substr(${document.text}, 1, 4000)`.as('text'),
          rank: sql<number>`hits.rank`.as('hit_rank'), complete: sql<number>`hits.complete`.as('hit_complete'),
          importId: importIdOf(document),
        })
        .from(sql`${hits} as hits`)
        .innerJoin(document, eq(document.id, sql`hits.id`))
        .where(and(options.type === 'article' ? eq(document.type, 'article') : options.type === 'topic' ? or(eq(document.type, 'topic'), eq(document.type, 'post')) : undefined))) as never;
    },
    read: (rows) => folded(rows as Row[], question, options.locale, options.limit),
  };
}

/** The id that an imported thing had in its file. */
const importIdOf = ({ type, refId }: ReturnType<typeof visibleDocuments>) =>
  sql<string | null>`case ${type} when 'article' then (select import_id from articles where id = ${refId}) when 'topic' then (select import_id from topics where id = ${refId})
    else (select t.import_id from posts p join topics t on t.id = p.topic_id where p.id = ${refId}) end`.as('found_import_id');

/** One hit a topic or article, the best first. */
function folded(rows: Row[], question: Asked, locale: Locale, limit: number): Hit[] {
  const scored = rows
    .map((row) => ({ row, score: (-row.rank + row.complete * 100) * (row.locale === locale ? OWN_LANGUAGE : 1) * (row.type === 'article' ? ARTICLE : 1) }))
    .sort((a, b) => b.score - a.score);
  const best = new Map<string, (typeof scored)[number]>();
  for (const one of scored) {
    const key = one.row.type === 'article' ? one.row.refId : (/^\/forum\/topics\/\d+/.exec(one.row.url)?.[0] ?? one.row.refId);
    if (best.size < limit && !best.has(key)) best.set(key, one);
  }
  return [...best.values()].map(({ row: { type, refId, title, url, locale: language, importId, text }, score }) => ({
    type: type === 'article' ? 'article' : 'topic', refId, title, url, locale: language, score, importId, passage: passageOf(text, question.marks),
  }));
}
