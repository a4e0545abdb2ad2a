import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { isOffered } from '../kb/access.ts';
import { many, onlyIf, one, type Query } from '../platform/query.ts';
import { type Statement, written } from '../platform/statement.ts';
import { wordsOf } from '../platform/text.ts';
import { type Locale, visitor } from '../platform/viewer.ts';
import { ARTICLE, foundDocuments, isFound, ownSearches, visibleDocuments } from './access.ts';
import { ALIKE, likenessOf, stemsOf } from './alike.ts';
import { type Frequency, isToCount, remember } from './frequency.ts';
import { type Asked, asked } from './input.ts';
import { EXPECTED, holding, RANKED, valuesOf } from './match.ts';
import { nearest } from './near.ts';
import { type Operators, readOf } from './operators.ts';
import { quoting } from './passage.ts';
import { type Plan, planOf } from './plan.ts';
import type { Question } from './question.ts';
import { ranked } from './rank.ts';

export const searchTypes = ['article', 'topic'] as const;
export type SearchType = (typeof searchTypes)[number];

export interface Hit {
  type: SearchType;
  refId: string;
  title: string;
  /** The title as safe HTML: escaped, with `<mark>`. */
  heading: string;
  /** Those of its tags that were found, and how each is shown, as safe HTML. */
  tags: { tag: string; html: string }[];
  /** Address without the language; `#post-…` when a reply fits best. */
  url: string;
  /** A passage as safe HTML: escaped, with `<mark>`. */
  passage: string;
  locale: Locale;
  /** Higher fits better. */
  score: number;
  /** Where they were asked for. */
  importId: string | null;
}

/** How many of the best are looked at before replies of one topic are folded together, for each hit asked for. */
const CANDIDATES = 4;
/** Letters of a text that are sent to quote from: as many as are looked through. */
const QUOTED = 20_000;

/** What is offered to somebody who is about to write, at most. */
export const MOST_OFFERED = 5;

/** Of an article that is there in several languages, the reader's is told, where that is among them. */
const inOneLanguage = (hits: Hit[], locale: Locale) => hits.filter((hit) => hit.locale === locale || !hits.some((other) => other.type === hit.type && other.url === hit.url && other.locale === locale));

/** Topics and articles whose titles say much the same as a title, the most alike first: at most five. */
export function similarTo(title: string, locale: Locale): Query<Hit[]> {
  const stems = stemsOf(title);
  const found = foundBy(asked(title), {}, { locale, limit: 20, offering: true });
  const likeness = (hit: Hit) => {
    const theirs = stemsOf(hit.title);
    const shared = [...stems].filter((stem) => theirs.has(stem)).length;
    return shared === 0 ? 0 : shared / Math.min(Math.max(stems.size, 1), Math.max(theirs.size, 2));
  };
  return { asking: found.asking, read: (rows) => inOneLanguage(found.read(rows), locale).filter((hit) => likeness(hit) >= ALIKE).sort((a, b) => likeness(b) - likeness(a)).slice(0, MOST_OFFERED) };
}

/**
 * What may spare somebody a ticket: articles, topics with an accepted answer, and problems and announcements, whose titles say much the same as the
 * subject or are named by subject and text; the most alike first, five at most.
 */
export function suggestedFor(subject: string, text: string, locale: Locale): Query<Hit[]> {
  const found = foundBy(asked(`${subject} ${text.slice(0, 200)}`), {}, { locale, limit: 20, offering: true, helping: true });
  const alike = likenessOf(subject, text);
  const likeness = ({ title }: Hit) => alike(title);
  return { asking: found.asking, read: (rows) => inOneLanguage(found.read(rows), locale).filter((hit) => likeness(hit) > 0).sort((a, b) => likeness(b) - likeness(a)).slice(0, MOST_OFFERED) };
}

interface Row {
  id: number;
  type: 'article' | 'topic' | 'post';
  refId: string;
  locale: Locale;
  title: string;
  url: string;
  text: string;
  /** Of a topic, as JSON. */
  tags: string | null;
  score: number;
  importId: string | null;
}

interface Wish {
  type?: SearchType | undefined;
  locale: Locale;
  limit: number;
  /** Only what is to be offered to somebody who did not look for it: nothing that is written for others. */
  offering?: boolean;
  /** Only what solves or explains something. */
  helping?: boolean;
  /** With the ids that imported things had in their files, for machines. */
  withImportIds?: boolean;
}

/** What is shown of a document that is one of `hits`. */
const shown = (document: ReturnType<typeof visibleDocuments>, withImportIds: boolean) => ({
  id: document.id, type: document.type, refId: document.refId, locale: document.locale, title: document.title, url: document.url, text: sql<string>`substr(${document.text}, 1, ${QUOTED})`.as('text'),
  tags: tagsOf(document), score: sql<number>`hits.score`.as('hit_score'), importId: withImportIds ? importIdOf(document) : sql<null>`null`.as('no_import_id'),
});

const best = written(
  (question: Asked, plan: Plan | undefined, { tags, status, order, inTitle, ...operators }: Operators, { type, locale, limit, offering = false, helping = false, withImportIds = false }: Wish) => ({
    ...valuesOf(question, plan, alsoOf(question, type)), without: question.without || undefined, locale, limit, offering, helping, withImportIds, candidates: limit * CANDIDATES + 40,
    author: operators.author, category: operators.category, before: operators.before, after: operators.after, likes: operators.likes, tags: tags && JSON.stringify(tags),
    by: { status, order, inTitle: inTitle === true, isListed: question.terms.length === 0, isPlanned: plan !== undefined, type: question.terms.length === 0 ? type : undefined },
  }),
  (db, viewer, at): Statement<Row> => {
    const document = foundDocuments(db);
    return db
      .select(shown(document, at.withImportIds))
      .from(sql`${ranked(db, viewer, at, visibleDocuments(db, viewer))} as hits`)
      .innerJoin(document, eq(document.id, sql`hits.id`))
      .where(and(at.offering ? isOffered(viewer, document.type, document.refId) : undefined, at.helping ? helps(document) : undefined));
  },
);

/** The best first, of equal ones the newest. SQLite would carry their texts along while it sorts. */
function hitsIn(rows: Row[], marks: string[]): Hit[] {
  const { passage, whole } = quoting(marks);
  const found = (tags: string | null) => (tags === null || tags === '[]' ? [] : (JSON.parse(tags) as string[]).map((tag) => ({ tag, html: whole(tag) })).filter(({ html }) => html.includes('<mark>')));
  return rows.sort((a, b) => b.score - a.score || b.id - a.id).map(({ id: _, type, text, tags, ...row }): Hit => ({ ...row, type: type === 'article' ? 'article' : 'topic', heading: whole(row.title), tags: found(tags), passage: passage(text) }));
}

function foundBy(question: Asked, operators: Operators, wish: Wish): Query<Hit[]> {
  const isNarrowed = Object.keys(operators).length > 0;
  const isAsked = question.terms.length > 0 || isNarrowed;
  return {
    asking: (db, viewer) => (isAsked ? best(db, viewer, question, isNarrowed ? undefined : planOf(db, question, alsoOf(question, wish.type)), operators, wish) : undefined),
    read(rows) {
      const isRanked = question.terms.length > 0 && (operators.order ?? 'relevance') === 'relevance';
      const hits = hitsIn(rows as Row[], question.marks);
      return isRanked ? titledFirst(hits, question.plain) : hits;
    },
  };
}

/** What hits count for whose title holds every word of a short question, and those whose title is just what was typed. */
const WHOLE = 1.6;
const EXACT = 1.5 * WHOLE;

/** The same hits, those first whose titles say what was typed. */
function titledFirst(hits: Hit[], plain: string): Hit[] {
  const asked = stemsOf(plain);
  const isShort = asked.size > 0 && asked.size <= EXPECTED;
  const weightOf = ({ title }: Hit) => {
    if (wordsOf(title).join(' ') === plain) return EXACT;
    return isShort && asked.isSubsetOf(stemsOf(title)) ? WHOLE : 1;
  };
  return hits.map((hit) => ({ ...hit, score: hit.score * weightOf(hit) })).sort((a, b) => b.score - a.score);
}

/** The best of what the viewer may read, one hit a topic or article, the best first; by operators alone the newest. Any text may be asked; in pasted ones operators are words. */
export function searched(typed: string, wish: Omit<Wish, 'helping' | 'offering'>): Query<Hit[]> {
  const { operators, words } = readOf(typed);
  return foundBy(asked(words), operators, wish);
}

const near = written(
  ({ model, size, vector }: Question, { tags, status, ...operators }: Operators, { type, locale, withImportIds = false }: Wish) => ({
    model, size, vector, locale, withImportIds, author: operators.author, category: operators.category, before: operators.before, after: operators.after, likes: operators.likes, tags: tags && JSON.stringify(tags), by: { status, type, inTitle: false, isListed: false, isPlanned: false },
  }),
  (db, viewer, at): Statement<Row> => {
    const document = foundDocuments(db);
    return db.select(shown(document, at.withImportIds)).from(sql`${nearest(viewer, at, visibleDocuments(db, viewer))} as hits`).innerJoin(document, eq(document.id, sql`hits.id`));
  },
);

/** What means much the same as a question, of what the viewer may read and the operators of what was typed let through: twenty at most. Nothing where nobody said what it means. */
export function nearTo(question: Question | undefined, typed: string, wish: Omit<Wish, 'helping' | 'offering'>): Query<Hit[]> {
  const { operators, words } = readOf(typed);
  return { asking: (db, viewer) => question && near(db, viewer, question, operators, wish), read: (rows) => hitsIn(rows as Row[], asked(words).marks) };
}

const counts = written(
  (words: string[]) => ({ words: JSON.stringify(words) }),
  (db, _viewer, { words }): Statement<Frequency & { word: string }> => {
    const word = sql`value`;
    return db
      .select({ word: sql<string>`value`.as('word'), text: sql<number>`${holding('search_index', word, RANKED.search_index + 1)}`.as('in_texts'), title: sql<number>`${holding('search_titles', word, RANKED.search_titles + 1)}`.as('in_titles'), isPublic: sql<boolean>`${isFound(db, visitor, word)}`.mapWith(Boolean).as('is_public') })
      .from(sql`json_each(${words}) as words`);
  },
);

const wordsIn = ({ terms, titleTerms }: Asked) => [...new Set([...terms, ...titleTerms].map(({ w }) => w))];

/** Counts those words of what was typed that were looked for before, but not counted lately, for those who look for them next. */
export function counting(typed: string): Query<void> {
  const words = wordsIn(asked(readOf(typed).words));
  let counted: Database | undefined;
  return {
    asking(db, viewer) {
      counted = db;
      const unknown = words.filter((word) => isToCount(db, word));
      return unknown.length > 0 ? counts(db, viewer, unknown) : undefined;
    },
    read(rows) {
      for (const { word, ...frequency } of rows as (Frequency & { word: string })[]) remember(counted!, word, frequency);
    },
  };
}

/** FTS5 that every match has to fulfil: phrases, what is excluded, and the type. */
function alsoOf({ terms, without }: Asked, type: SearchType | undefined): string {
  const must = terms.filter((term) => term.must).map(({ w }) => ` AND ${w}`);
  return [...must, type === 'article' ? ` AND "${ARTICLE}"` : '', type === 'topic' ? ` NOT "${ARTICLE}"` : '', without ? ` NOT (${without})` : ''].join('');
}

/** Articles, topics with an accepted answer, and what somebody announced or knows to be wrong. */
const helps = ({ type, refId }: ReturnType<typeof visibleDocuments>) =>
  sql`(${type} = 'article' or exists (select 1 from topics t where t.id = case ${type} when 'topic' then ${refId} else (select p.topic_id from posts p where p.id = ${refId}) end and (t.accepted_post_id is not null or t.kind in ('problem', 'announcement'))))`;

/** The tags of a topic, as JSON; of an article and a reply null: they are found by none. */
const tagsOf = ({ type, refId }: ReturnType<typeof visibleDocuments>) => sql<string | null>`case ${type} when 'topic' then (select tags from topics where id = ${refId}) end`.as('found_tags');

/** The id that an imported thing had in its file. */
const importIdOf = ({ type, refId }: ReturnType<typeof visibleDocuments>) =>
  sql<string | null>`case ${type} when 'article' then (select import_id from articles where id = ${refId}) when 'topic' then (select import_id from topics where id = ${refId})
    else (select t.import_id from posts p join topics t on t.id = p.topic_id where p.id = ${refId}) end`.as('found_import_id');

/** The searches that the viewer keeps, by name: twenty at most. */
export const mySearches = many(
  onlyIf(
    written(
      () => ({}),
      (db, viewer) => {
        const kept = ownSearches(db, viewer);
        return db.select().from(kept).orderBy(asc(kept.name));
      },
    ),
    ({ id }) => id !== null,
  ),
);

/** A search that the viewer keeps. */
export const searchByName = one((db, viewer, name: string) => {
  const kept = ownSearches(db, viewer);
  return db.select({ name: kept.name }).from(kept).where(eq(kept.name, name)).limit(1);
});
