import { eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Query } from '../platform/query.ts';
import { type Statement, written } from '../platform/statement.ts';
import { stemOf, wordsOf } from '../platform/text.ts';
import type { Locale } from '../platform/viewer.ts';
import { ARTICLE, visibleDocuments } from './access.ts';
import { isCommon } from './common.ts';
import { type Asked, asked } from './input.ts';
import { matches, valuesOf } from './match.ts';
import { quoting } from './passage.ts';

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

/** How many of the best are looked at before replies of one topic are folded together, for each hit asked for. */
const CANDIDATES = 4;
const OWN_LANGUAGE = 1.25;
const ARTICLES = 1.15;
/** Letters of a text that are sent to quote from. */
const QUOTED = 8_000;

/** Words of a title that another has to share to be like it. */
const ALIKE = 0.5;

/** Topics and articles whose titles say much the same as a title, the most alike first: at most five. */
export function similarTo(title: string, locale: Locale): Query<Hit[]> {
  const stems = stemsOf(title);
  const found = searched(title, { locale, limit: 20 });
  const likeness = (hit: Hit) => {
    const theirs = stemsOf(hit.title);
    const shared = [...stems].filter((stem) => theirs.has(stem)).length;
    return shared === 0 ? 0 : shared / Math.min(Math.max(stems.size, 1), Math.max(theirs.size, 2));
  };
  return { asking: found.asking, read: (rows) => found.read(rows).filter((hit) => likeness(hit) >= ALIKE).sort((a, b) => likeness(b) - likeness(a)).slice(0, 5) };
}

/** What of somebody's words the words of a title have to be, when its likeness to their subject says little. */
const NAMED = 0.7;

/**
 * What may spare somebody a ticket: articles, topics with an accepted answer, and problems and announcements, whose titles say much the same as the
 * subject or are named by subject and text; the most alike first, five at most.
 */
export function suggestedFor(subject: string, text: string, locale: Locale): Query<Hit[]> {
  const [own, all] = [stemsOf(subject), stemsOf(`${subject} ${text.slice(0, 500)}`)];
  const found = searched(`${subject} ${text.slice(0, 200)}`, { locale, limit: 20, helping: true });
  const likeness = (hit: Hit) => {
    const theirs = stemsOf(hit.title);
    const shared = (words: Set<string>) => [...theirs].filter((stem) => words.has(stem)).length;
    const alike = shared(own) / Math.min(Math.max(own.size, 1), Math.max(theirs.size, 2));
    const named = shared(all) / Math.max(theirs.size, 2);
    return Math.max(alike >= ALIKE ? alike : 0, named >= NAMED ? named : 0);
  };
  return { asking: found.asking, read: (rows) => found.read(rows).filter((hit) => likeness(hit) > 0).sort((a, b) => likeness(b) - likeness(a)).slice(0, 5) };
}

const stemsOf = (title: string) => {
  const words = wordsOf(title);
  const telling = words.filter((word) => !isCommon(word));
  return new Set((telling.length > 0 ? telling : words).map(stemOf));
};

interface Row {
  type: 'article' | 'topic' | 'post';
  refId: string;
  locale: Locale;
  title: string;
  url: string;
  text: string;
  score: number;
  importId: string | null;
}

const best = written(
  (question: Asked, type: SearchType | undefined, locale: Locale, limit: number, helping: boolean) => ({ ...valuesOf(question, alsoOf(question, type)), without: question.without || undefined, locale, limit, helping, candidates: limit * CANDIDATES + 40 }),
  (db, viewer, at): Statement<Row> => {
    const document = visibleDocuments(db, viewer);
    return db
      .select({
        type: document.type, refId: document.refId, locale: document.locale, title: document.title, url: document.url, text: sql<string>`substr(${document.text}, 1, ${QUOTED})`.as('text'),
        score: sql<number>`hits.score`.as('hit_score'), importId: importIdOf(document),
      })
      .from(sql`${folded(at, document)} as hits`)
      .innerJoin(document, eq(document.id, sql`hits.id`))
      .where(at.helping ? helps(document) : undefined)
      .orderBy(sql`hits.score desc, hits.id desc`);
  },
);

/** The best of what everyone may read, one hit a topic or article, the best first; with `helping` only what solves or explains something. Any text may be asked. */
export function searched(typed: string, { type, locale, limit, helping = false }: { type?: SearchType | undefined; locale: Locale; limit: number; helping?: boolean }): Query<Hit[]> {
  const question = asked(typed);
  return {
    asking: (db, viewer) => (question.terms.length > 0 ? best(db, viewer, question, type, locale, limit, helping) : undefined),
    read(rows) {
      const quote = quoting(question.marks);
      return (rows as Row[]).map(({ type: kind, text, ...row }) => ({ ...row, type: kind === 'article' ? 'article' : 'topic', passage: quote(text) }));
    },
  };
}

/** FTS5 that every match has to fulfil: phrases, what is excluded, and the type. */
function alsoOf({ terms, without }: Asked, type: SearchType | undefined): string {
  const must = terms.filter((term) => term.must).map(({ w }) => ` AND ${w}`);
  return [...must, type === 'article' ? ` AND "${ARTICLE}"` : '', type === 'topic' ? ` NOT "${ARTICLE}"` : '', without ? ` NOT (${without})` : ''].join('');
}

/** What `folded` needs beside what fits. */
interface Ranked {
  without: SQLWrapper | undefined;
  locale: SQLWrapper;
  limit: SQLWrapper;
  candidates: SQLWrapper;
}

/** `id, score` of the best document of each topic and article: several that fit well count for their topic, each for less. */
function folded(at: Parameters<typeof matches>[0] & Ranked, document: ReturnType<typeof visibleDocuments>): SQL {
  const { without, locale, limit, candidates } = at;
  return sql`(
    with found as (${matches(at)}), best as (select id, sum(score) as score from found ${without ? sql`where id not in (select rowid from search_index where search_index match ${without})` : sql``} group by id order by 2 desc, 1 desc limit ${candidates}),
    kept as (select best.id, score * case ${document.locale} when ${locale} then ${OWN_LANGUAGE} else 1 end * case ${document.type} when 'article' then ${ARTICLES} else 1 end as score,
      case ${document.type} when 'article' then -best.id else cast(substr(${document.url}, 15) as integer) end as place from best join ${document} on ${document.id} = best.id),
    placed as (select id, score, place, row_number() over (partition by place order by score desc, id) as nth from kept)
    select id, score from (select id, max(score) as top, sum(score * case nth when 1 then 1.0 when 2 then 0.4 when 3 then 0.16 else 0 end) as score from placed group by place order by score desc, id desc limit ${limit}))`;
}

/** Articles, topics with an accepted answer, and what somebody announced or knows to be wrong. */
const helps = ({ type, refId }: ReturnType<typeof visibleDocuments>) =>
  sql`(${type} = 'article' or exists (select 1 from topics t where t.id = case ${type} when 'topic' then ${refId} else (select p.topic_id from posts p where p.id = ${refId}) end and (t.accepted_post_id is not null or t.kind in ('problem', 'announcement'))))`;

/** The id that an imported thing had in its file. */
const importIdOf = ({ type, refId }: ReturnType<typeof visibleDocuments>) =>
  sql<string | null>`case ${type} when 'article' then (select import_id from articles where id = ${refId}) when 'topic' then (select import_id from topics where id = ${refId})
    else (select t.import_id from posts p join topics t on t.id = p.topic_id where p.id = ${refId}) end`.as('found_import_id');
