import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { isOffered } from '../kb/access.ts';
import { STAFF_SQL, type Viewer } from '../platform/viewer.ts';
import type { visibleDocuments } from './access.ts';
import { matches, planned } from './match.ts';
import { fits, listed, type Narrow, orderValue } from './narrow.ts';

const OWN_LANGUAGE = 1.25;
const ARTICLES = 1.15;
/** An article that is written for the team, to all others. */
const TEAMS = 0.7;
/** A topic with an accepted answer, a reply by the team, and a topic that nobody may add to. */
const [SOLVED, OFFICIAL, CLOSED] = [1.25, 1.15, 0.9];

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

/** Where a document stands: its article, or its topic. */
export const placeOf = (id: SQL, { type, url }: Document) => sql`case ${type} when 'article' then -${id} else cast(substr(${url}, 15) as integer) end`;

/** What a document is worth to the viewer before they ask for words: by its language, kind and age, by whom it is for, and by how its topic `t` stands. */
export const priorOf = (viewer: Viewer, { type, refId, locale: written, updatedAt }: Document, locale: SQLWrapper) => {
  const byTeam = sql`exists (select 1 from posts p join users u on u.id = p.author_id where p.id = ${refId} and u.role in ${sql.raw(STAFF_SQL)})`;
  const offered = isOffered(viewer, type, refId);
  const forThem = offered ? sql` * case when ${offered} then 1 else ${TEAMS} end` : sql``;
  return sql`case ${written} when ${locale} then ${OWN_LANGUAGE} else 1 end * case ${type} when 'article' then ${ARTICLES} when 'post' then case when ${byTeam} then ${OFFICIAL} else 1 end else 1 end
    * case when t.accepted_post_id is not null then ${SOLVED} else 1 end * case when t.locked_at is not null then ${CLOSED} else 1 end * (1 + ${FRESH} * exp(min(0, ${updatedAt} - unixepoch() * 1000.0) / ${FADING}))${forThem}`;
};

const matching = (at: Asking) => at.by.isPlanned ? planned(at) : matches(at, { fits: (id) => fits(at, id), inTitle: at.by.inTitle });
const except = (without: SQLWrapper | undefined) => (without ? sql`where id not in (select rowid from search_index where search_index match ${without})` : sql``);

/** What translations of an article share, and what replies of a topic share. */
const subjectOf = (id: SQL, document: Document) => sql`case ${document.type} when 'article' then ${document.url} else ${placeOf(id, document)} end`;

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
      ${subjectOf(sql`best.id`, document)} as place from best join ${document} on ${document.id} = best.id left join topics t on t.number = ${placeOf(sql`best.id`, document)})
    select id, case when whole then score else score + ${OTHERS} * min(total - score, ${MOST} * score) end as score
    from (select id, score, whole, max(score - far) as first, sum(score) as total from kept group by place) order by 2 desc, 1 desc limit ${limit})`;
}

/** `id, score` of the newest or most liked of each topic and article, in the viewer's language where it fits. */
function ordered(db: Database, viewer: Viewer, at: Asking, document: Document): SQL {
  const value = orderValue(at.by.order, document.type, document.refId, document.updatedAt);
  return sql`(
    with found as (${at.by.isListed ? listed(db, viewer, at) : matching(at)}), best as (select distinct id from found ${except(at.without)}),
    kept as (select best.id, ${value} as score, ${subjectOf(sql`best.id`, document)} as place, ${isForeign(document, at.locale)} as foreign_one from best join ${document} on ${document.id} = best.id),
    placed as (select id, score, row_number() over (partition by place order by foreign_one, score desc, id desc) as nth from kept)
    select id, score from placed where nth = 1 order by 2 desc, 1 desc limit ${at.limit})`;
}

/** `id, score` of what is asked for: by how well it fits, or in the order that was said; what operators alone ask for, the newest first. */
export const ranked = (db: Database, viewer: Viewer, at: Asking, document: Document): SQL =>
  at.by.isListed || at.by.order === 'latest' || at.by.order === 'likes' ? ordered(db, viewer, at, document) : folded(viewer, at, document);
