import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Asked } from './input.ts';
import type { Plan } from './plan.ts';

/** Of the words of a question, the rarest are ranked, as long as so many documents hold them; it bounds what a search costs. Twice as many are where more hold them by now than were counted. */
export const RANKED = { search_index: 1_500, search_titles: 400 };

type Table = keyof typeof RANKED;

/** How many are kept of each ranking. For words that nearly every text has the newest stand, as many as may be candidates; for operators so many of those are looked at. */
const KEPT = 200;
const LOOKED_AT = 1_000;

/** What a title, two words side by side, and having every word are worth beside the words of the text. */
const TITLE = 0.7;
/** What the columns of an index are worth beside each other: a word in a title more than the same in tags. */
const COLUMNS: Record<Table, string> = { search_index: '', search_titles: ', 1, 0.25' };
const PAIR = 0.4;
const EVERY_WORD = 2;
/** Of longer questions nobody expects every word. */
export const EXPECTED = 4;

/** Matches nothing: the sign is never part of a word. */
const NOTHING = '"§"';
/** So few documents with a word that it may be the beginning of another. */
export const UNFINISHED = 3;

/** What is asked, as JSON and FTS5. `also` is FTS5 that every match has to fulfil, or empty. `isShort`: every word of it is expected. */
type In<Lists> = { [List in keyof Lists]: SQLWrapper } & { also: SQLWrapper; isShort: boolean; candidates: SQLWrapper };

/** Whether the document of an id may be found, where not all may; and whether titles alone are looked through. */
export interface Within {
  fits(id: SQL): SQL | undefined;
  inTitle: boolean;
}

const UNPLANNED: { [List in keyof Plan]: undefined } = { title: undefined, commonTitle: undefined, body: undefined, everyWord: undefined, anyWord: undefined, sideBySide: undefined };
const PLANNED = { terms: '', titleTerms: '', pairs: '', also: '', isShort: false };

/** A question as the values that `planned` asks with, where there is a plan, or else `matches`. */
export const valuesOf = ({ terms, titleTerms, pairs }: Asked, plan: Plan | undefined, also: string) =>
  plan ? { ...PLANNED, ...plan } : { ...UNPLANNED, terms: JSON.stringify(terms), titleTerms: JSON.stringify(titleTerms), pairs: JSON.stringify(pairs), also, isShort: terms.length <= EXPECTED };

const found = (table: Table, score: SQL, match: SQL) => sql`select rowid as id, ${score} as score from ${sql.raw(table)} where ${sql.raw(table)} match coalesce(${match}, ${NOTHING})`;

function scored(table: Table, weight: number, match: SQL, fit?: SQL) {
  return sql`select * from (select * from (${found(table, sql.raw(`bm25(${table}${COLUMNS[table]}) * -${weight}`), match)}${fit ? sql` and ${fit}` : sql``} limit ${2 * RANKED[table]}) order by 2 desc limit ${KEPT})`;
}

/** The newest that match, `most` of them. */
function newest(most: SQLWrapper, table: Table, score: number, match: SQL, fit?: SQL) {
  const some = sql`${found(table, sql`${score}`, match)} order by rowid desc limit ${fit ? LOOKED_AT : most}`;
  return fit ? sql`select * from (${some}) some where ${fit} limit ${most}` : sql`select * from (${some})`;
}

/** How many rows of a table hold a word, counted so far as a limit. */
export const holding = (table: Table, match: SQL, limit: number) => sql`(select count(*) from (select 1 from ${sql.raw(table)} where ${sql.raw(table)} match ${match} limit ${limit}))`;

/** The words of a question: which are `rare` enough to be ranked (documents are counted only so far as it matters), and each as the beginning of others, `loose`, which is ranked only where the word itself is nowhere. */
function words(table: Table, terms: SQLWrapper): SQL {
  const most = RANKED[table];
  const chosen = sql`select key as place, value ->> 'p' as part, value ->> 'twice' as twice,
      case when value ->> 'p' is not null and ${holding(table, sql`value ->> 'w'`, 1)} = 0 then value ->> 'p' else value ->> 'w' end as w from json_each(${terms})`;
  return sql`with chosen as materialized (${chosen}), counted as materialized (select *, ${holding(table, sql`w`, most + 1)} as n from chosen)
    select place, twice, w, case when n < ${UNFINISHED} and part is not null then w || ' OR ' || part else w end as loose, n > 0 and sum(n) over (order by n, place) <= ${most} as rare from counted`;
}

/** `id, score` of what fits, in any order; one document may come several times. */
export function matches({ terms, titleTerms, pairs, also, isShort, candidates }: In<Pick<Asked, 'terms' | 'titleTerms' | 'pairs'>>, { fits, inTitle }: Within): SQL {
  const rare = (from: string) => sql`(select '(' || group_concat(w || case when twice then ' OR ' || w else '' end, ' OR ') || ')' || ${also} from ${sql.raw(from)} where rare)`;
  const joined = (from: string, how: 'AND' | 'OR') => sql`(select '(' || group_concat('(' || loose || ')', ${` ${how} `}) || ')' || ${also} from ${sql.raw(from)})`;
  const every = joined('body_words', 'AND');
  const commonOnly = (from: string) => sql`case when not exists (select 1 from ${sql.raw(from)} where rare)`;
  const inTitles = (match: SQL) => sql`'title : (' || ${match} || ')'`;
  const title = (match: SQL) => (inTitle ? inTitles(match) : match);
  const [ofBody, ofTitle, some] = [fits(sql`search_index.rowid`), fits(sql`search_titles.rowid`), fits(sql`some.id`)];
  const titles = sql`title_words as materialized (${words('search_titles', titleTerms)}),
    title as (${scored('search_titles', TITLE, title(rare('title_words')), ofTitle)}),
    common_title as (${newest(candidates, 'search_titles', 2 * EVERY_WORD, sql`${commonOnly('title_words')} then ${inTitles(joined('title_words', 'AND'))} end`, some)})`;
  if (inTitle) return sql`with ${titles} select * from title union all select * from common_title`;
  return sql`with body_words as materialized (${words('search_index', terms)}), ${titles},
    body as (${scored('search_index', 1, rare('body_words'), ofBody)}),
    every_word as materialized (${isShort ? newest(candidates, 'search_index', EVERY_WORD, every, some) : newest(candidates, 'search_index', EVERY_WORD, sql`${commonOnly('body_words')} then ${every} end`, some)}),
    any_word as (${newest(candidates, 'search_index', 0, sql`${commonOnly('body_words')} and not exists (select 1 from every_word) then ${joined('body_words', 'OR')} end`, some)}),
    side_by_side as (${scored('search_index', PAIR, pairsOf(pairs, also), ofBody)})
    select * from body union all select * from title union all select * from common_title union all select * from every_word union all select * from any_word union all select * from side_by_side`;
}

/** Pairs with a rare word: the others would cost more than they tell. */
const pairsOf = (pairs: SQLWrapper, also: SQLWrapper) =>
  sql`(select '(' || group_concat(value ->> 'w', ' OR ') || ')' || ${also} from json_each(${pairs}) where exists (select 1 from body_words where rare and place in (value ->> 'a', value ->> 'b')))`;

/** The same by a plan, whose texts are known before the database is asked. */
export function planned({ title, commonTitle, body, everyWord, anyWord, sideBySide, candidates }: { [List in keyof Plan]: SQLWrapper | undefined } & { candidates: SQLWrapper }): SQL {
  const every = sql`with every_word as materialized (${newest(candidates, 'search_index', EVERY_WORD, sql`${everyWord ?? NOTHING}`)})`;
  const lists = [
    body && scored('search_index', 1, sql`${body}`),
    title && scored('search_titles', TITLE, sql`${title}`),
    commonTitle && newest(candidates, 'search_titles', 2 * EVERY_WORD, sql`${commonTitle}`),
    everyWord && sql`select * from every_word`,
    anyWord && newest(candidates, 'search_index', 0, sql`case when not exists (select 1 from every_word) then ${anyWord} end`),
    sideBySide && scored('search_index', PAIR, sql`${sideBySide}`),
  ];
  return sql`${everyWord ? every : sql``} ${sql.join(lists.filter((list) => list !== undefined), sql` union all `)}`;
}
