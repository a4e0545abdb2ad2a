import { sql } from 'drizzle-orm';
import type { Query } from '../platform/query.ts';
import { type Statement, written } from '../platform/statement.ts';
import { folded, phraseOf, stemOf } from '../platform/text.ts';
import { frequencyOf, isCommon, isFound } from '../search/access.ts';
import { type Meant, publicKeys, publicWords } from './access.ts';
import { distanceOf, errorsIn, halvesOf, keysOf } from './distance.ts';
import { isWord } from './words.ts';

/** Searches of more telling words are not looked at: they find something by the others. */
const MOST_WORDS = 8;
/** How many words near a misspelled one are compared with it. */
const NEAR = 20;

/** Errors that another form of a word counts as. */
const OTHER_FORM = 0.5;

interface Row {
  typed: string;
  word: string;
  shown: string;
  n: number;
}

/** What of a search is no word: operators, quotes, what is left out. */
const SIGN = /[:@#"]|^-/;

const tokensOf = (typed: string) => typed.split(/(\s+)/);
const plain = (token: string) => folded(token.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));

/** What a word may be the beginning of, in texts of any language. */
const begunBy = (word: string) => (/^[a-z]+$/.test(word) ? `"${word}" * OR "§§${word}" *` : `"${word}" *`);

function toLookAt(typed: string) {
  const tokens = tokensOf(typed).filter((token) => token.trim());
  const words = tokens.filter((token) => !SIGN.test(token)).map(plain).filter((word) => !isCommon(word));
  if (words.length > MOST_WORDS) return [];
  const unfinished = /\S$/.test(typed) ? plain(tokens.at(-1) ?? '') : undefined;
  return [...new Set(words)].filter(isWord).map((word) => ({ w: word, m: phraseOf([word]), p: word === unfinished ? begunBy(word) : null }));
}

/** The same with the keys by which words near it are found. */
const withKeys = (one: ReturnType<typeof toLookAt>[number]) => ({ ...one, k: [...new Set([one.w, ...halvesOf(one.w).flat()].flatMap(keysOf))] });

const nearWords = written(
  (words: ReturnType<typeof toLookAt>) => ({ words: JSON.stringify(words.map(withKeys)) }),
  (db, viewer, { words }): Statement<Row> => {
    const unknown = sql`select value ->> 'w' as w, value -> 'k' as keys from json_each(${words}) where not ${isFound(db, viewer, sql`value ->> 'm'`)} and (value ->> 'p' is null or not ${isFound(db, viewer, sql`value ->> 'p'`)})`;
    const near = sql`select w, word_id, count(*) as shared from unknown, json_each(unknown.keys) k cross join ${publicKeys} s on s.key = k.value group by w, word_id`;
    const best = sql`select w, word, shown, stem, max(n, coming) as n, row_number() over (partition by w order by shared desc, max(n, coming) desc, id) as nth from near cross join ${publicWords} p on p.id = near.word_id`;
    const from = sql`(with unknown as materialized (${unknown}), near as materialized (${near}), best as (${best}) select w, word, shown, n from best where nth <= ${NEAR} and ${isFound(db, viewer, sql`best.stem`)})`;
    return db.select({ typed: sql<string>`w`.as('typed'), word: sql<string>`word`.as('word'), shown: sql<string>`shown`.as('shown'), n: sql<number>`n`.as('n') }).from(sql`${from} as near_words`);
  },
);

/** The search that was probably meant: each word that the viewer finds nothing by put right, from words of what everybody may read; where some can be for sure, those alone. Undefined where there is none. */
export function spelled(typed: string): Query<Meant | undefined> {
  const words = toLookAt(typed);
  return {
    asking(db, viewer) {
      const unsure = words.filter(({ m }) => !frequencyOf(db, m)?.isPublic);
      return unsure.length > 0 ? nearWords(db, viewer, unsure) : undefined;
    },
    read(rows) {
      const found = words.flatMap(({ w }) => nearest(w, rows as Row[]) ?? []);
      if (found.length === 0) return undefined;
      const isSure = found.some((one) => one.isSure);
      const right = new Map(found.filter((one) => one.isSure === isSure).map((one) => [one.typed, one.shown]));
      return { words: tokensOf(typed).map((token) => (SIGN.test(token) ? token : (right.get(plain(token)) ?? token))).join('').trim(), isSure };
    },
  };
}

/** A word put right. */
interface Right {
  typed: string;
  shown: string;
  isSure: boolean;
}

/** Letters of a word in which one error is sure to be one, and in which two are: a shorter one is as often another word, as café is beside came. */
const [TELLING, LONG] = [5, 8];

/** How far a word is from what was typed: as it stands, or, in another form, a little farther than the stems of both are. */
function apartBy(typed: string, word: string): number {
  const [whole, stem, other] = [distanceOf(typed, word), stemOf(typed), stemOf(word)];
  const form = distanceOf(stem, other);
  return form <= errorsIn(other) ? Math.min(whole, form + OTHER_FORM) : whole;
}

function nearest(typed: string, rows: Row[]): Right | undefined {
  const [best] = rows
    .filter((row) => row.typed === typed && row.word !== typed)
    .map((row) => ({ ...row, distance: apartBy(typed, row.word) }))
    .filter(({ distance }) => distance <= errorsIn(typed))
    .sort((a, b) => a.distance - b.distance || b.n - a.n);
  return best ? { typed, shown: best.shown, isSure: typed.length >= (best.distance < 2 ? TELLING : LONG) } : apart(typed, rows);
}

/** Two words that somebody wrote as one, where nothing is near that. */
function apart(typed: string, rows: Row[]): Right | undefined {
  const known = new Map(rows.filter((row) => row.typed === typed).map((row) => [row.word, row]));
  const [best] = halvesOf(typed)
    .map((halves) => halves.flatMap((half) => known.get(half) ?? []))
    .filter((both) => both.length === 2)
    .sort((a, b) => Math.min(...b.map(({ n }) => n)) - Math.min(...a.map(({ n }) => n)));
  return best && { typed, shown: best.map(({ shown }) => shown).join(' '), isSure: true };
}
