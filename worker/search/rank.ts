import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { isStaff, type Viewer } from '../platform/viewer.ts';
import type { visibleDocuments } from './access.ts';
import { matches, planned } from './match.ts';
import { fits, listed, type Narrow, orderValue } from './narrow.ts';
import { ARTICLES } from './worth.ts';

const OWN_LANGUAGE = 1.25;

/** What was written just now counts so much more than what is old; after so many milliseconds 1/e of that is left. */
const [FRESH, FADING] = [0.2, 180 * 86_400_000];

/** What ranking needs beside what fits. */
interface Ranked {
  without: SQLWrapper | undefined;
  locale: SQLWrapper;
  limit: SQLWrapper;
  candidates: SQLWrapper;
}

export type Asking = Parameters<typeof matches>[0] & Parameters<typeof planned>[0] & Ranked & Narrow;
export type Document = ReturnType<typeof visibleDocuments>;

/** What a document is worth to the viewer before they ask for words: by its language and age, and by what it is worth by itself. The team has no use for knowing which articles are for others. */
export const priorOf = (viewer: Viewer, { type, locale: written, updatedAt, worth }: Document, locale: SQLWrapper) => {
  const byItself = isStaff(viewer) ? sql`case ${type} when 'article' then ${ARTICLES} else coalesce(${worth}, 1) end` : sql`coalesce(${worth}, 1)`;
  return sql`case ${written} when ${locale} then ${OWN_LANGUAGE} else 1 end * ${byItself} * (1 + ${FRESH} * exp(min(0, ${updatedAt} - unixepoch() * 1000.0) / ${FADING}))`;
};

const matching = (at: Asking) => at.by.isPlanned ? planned(at) : matches(at, { fits: (id) => fits(at, id), inTitle: at.by.inTitle });
const except = (without: SQLWrapper | undefined) => (without ? sql`where id not in (select rowid from search_index where search_index match ${without})` : sql``);

/** What translations of an article share, and what replies of a topic share. */
const subjectOf = ({ type, url }: Document) => sql`case ${type} when 'article' then ${url} else cast(substr(${url}, 15) as integer) end`;

/** Whether a document is an article in another language than the viewer's. */
const isForeign = ({ type, locale: written }: Document, locale: SQLWrapper) => sql`(${type} = 'article' and ${written} <> ${locale})`;

/** Of a topic in which several fit, what the others count together beside the best of them, and the most that they count for, in scores of the best. */
const [OTHERS, MOST] = [0.4, 1.4];
/** More than any score: an article in the viewer's language comes before those in others. */
const FOREIGN = 1e6;

/** `id, score` of the best document of each topic and article: others that fit well count for their topic, each for less. Of an article in several languages that fit, the viewer's stands for all. */
function folded(viewer: Viewer, at: Asking, document: Document): SQL {
  const { without, locale, limit, candidates } = at;
  return sql`(
    with found as (${matching(at)}), best as (select id, sum(score) as score from found ${except(without)} group by id order by 2 desc, 1 desc limit ${candidates}),
    kept as (select best.id, score * ${priorOf(viewer, document, locale)} as score, ${document.type} = 'article' as whole, ${FOREIGN} * ${isForeign(document, locale)} as far,
      ${subjectOf(document)} as place from best join ${document} on ${document.id} = best.id)
    select id, case when whole then score else score + ${OTHERS} * min(total - score, ${MOST} * score) end as score
    from (select id, score, whole, max(score - far) as first, sum(score) as total from kept group by place) order by 2 desc, 1 desc limit ${limit})`;
}

/** `id, score` of the newest or most liked of each topic and article, in the viewer's language where it fits. */
function ordered(db: Database, viewer: Viewer, at: Asking, document: Document): SQL {
  const value = orderValue(at.by.order, document.type, document.refId, document.updatedAt);
  return sql`(
    with found as (${at.by.isListed ? listed(db, viewer, at) : matching(at)}), best as (select distinct id from found ${except(at.without)}),
    kept as (select best.id, ${value} as score, ${subjectOf(document)} as place, ${isForeign(document, at.locale)} as foreign_one from best join ${document} on ${document.id} = best.id),
    placed as (select id, score, row_number() over (partition by place order by foreign_one, score desc, id desc) as nth from kept)
    select id, score from placed where nth = 1 order by 2 desc, 1 desc limit ${at.limit})`;
}

/** `id, score` of what is asked for: by how well it fits, or in the order that was said; what operators alone ask for, the newest first. */
export const ranked = (db: Database, viewer: Viewer, at: Asking, document: Document): SQL =>
  at.by.isListed || at.by.order === 'latest' || at.by.order === 'likes' ? ordered(db, viewer, at, document) : folded(viewer, at, document);
