import { asc, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { Gate, Sql } from '../platform/gate.ts';
import { job } from '../platform/job.ts';
import { answersTo } from '../platform/query.ts';
import { asked } from '../platform/statement.ts';
import { DAY } from '../platform/time.ts';
import { visitor } from '../platform/viewer.ts';
import { visibleDocuments } from '../search/access.ts';
import { keysOf } from './distance.ts';
import { type Word, wordsIn } from './words.ts';

/** Documents of one step, steps of one run, new words of one commit, and words that go in one. */
const [DOCUMENTS, STEPS, NEW, GONE] = [100, 5, 50, 500];
/** Words that are kept: of more, those that one text alone holds go. */
const MOST_WORDS = 50_000;

interface Progress {
  reading: number;
  last: number;
  began: number;
  words: number;
}

async function progressOf(db: Database): Promise<Progress> {
  const { rows } = await db.$client.execute('select reading, last_id, began_at, (select count(*) from spelling_words) words from spelling_progress where id = 1');
  const { reading, last_id: last, began_at: began, words } = rows[0]!;
  return { reading: Number(reading), last: Number(last), began: Number(began), words: Number(words) };
}

/** The next texts that everybody may read, with the ids that they come under. */
async function nextTexts(db: Database, last: number) {
  const document = visibleDocuments(db, visitor);
  const next = db.select({ id: document.id, type: document.type, title: document.title, text: document.text }).from(document).where(sql`${document.id} > ${last}`).orderBy(asc(document.id)).limit(DOCUMENTS);
  const [texts] = await answersTo(db, [asked(next)]);
  return texts as { id: number; type: string; title: string; text: string }[];
}

/** The statements that take in new words with their keys, not counted yet. */
const takenIn = (words: Word[]): Sql[] => [
  { sql: "insert or ignore into spelling_words (word, shown, stem) select value ->> 'word', value ->> 'shown', value ->> 'stem' from json_each(?)", args: [JSON.stringify(words)] },
  {
    sql: "insert or ignore into spelling_keys (key, word_id) select k.value, w.id from json_each(?) e cross join spelling_words w on w.word = e.value ->> 'w' cross join json_each(e.value -> 'k') k",
    args: [JSON.stringify(words.map(({ word }) => ({ w: word, k: keysOf(word) })))],
  },
];

/** The statement that counts the words that are known, and writes them with accents as soon as somebody does. */
const counted = (words: Word[], reading: number): Sql => ({
  sql: `update spelling_words set n = case seen when ?2 then n else coming end, coming = case seen when ?2 then coming else 0 end + (found.value ->> 'n'), seen = ?2, stem = found.value ->> 'stem', shown = case when replace(shown, 'ς', 'σ') = word then found.value ->> 'shown' else shown end
    from json_each(?1) as found where spelling_words.word = found.value ->> 'word'`,
  args: [JSON.stringify(words), reading],
});

async function unknownOf(db: Database, words: Word[]): Promise<Word[]> {
  const { rows } = await db.$client.execute({ sql: 'select word from spelling_words where word in (select value from json_each(?))', args: [JSON.stringify(words.map(({ word }) => word))] });
  const known = new Set(rows.map(({ word }) => word));
  return words.filter(({ word }) => !known.has(word));
}

async function goOn(db: Database, gate: Gate, { reading, last, words }: Progress): Promise<number> {
  const texts = await nextTexts(db, last);
  if (texts.length === 0) return 0;
  const found = wordsIn(texts.map(({ type, title, text }) => (type === 'post' ? text : `${title}\n${text}`)));
  const fresh = words >= MOST_WORDS ? [] : await unknownOf(db, found);
  for (let i = 0; i < fresh.length; i += NEW) await gate.commit(takenIn(fresh.slice(i, i + NEW)));
  await gate.commit([counted(found, reading), { sql: 'update spelling_progress set last_id = ?1 where id = 1 and last_id < ?1', args: [texts.at(-1)!.id] }]);
  return texts.length;
}

/** After all texts were read: forgets words that none of them held, then begins anew. */
async function beginAnew(db: Database, gate: Gate, now: Date, { reading, words }: Progress): Promise<number> {
  const rarest = words > MOST_WORDS * 0.9 ? 1 : 0;
  const { rows } = await db.$client.execute({ sql: 'select id, word from spelling_words where (seen, coming) <= (?, ?) order by seen, coming limit ?', args: [reading, rarest, GONE] });
  if (rows.length === 0) await gate.commit([{ sql: 'update spelling_progress set reading = reading + 1, last_id = 0, began_at = ? where id = 1', args: [now.getTime()] }]);
  else {
    await gate.commit([
      { sql: "delete from spelling_keys where (key, word_id) in (select k.value, e.value ->> 'id' from json_each(?) e cross join json_each(e.value -> 'k') k)", args: [JSON.stringify(rows.map(({ id, word }) => ({ id, k: keysOf(String(word)) })))] },
      { sql: 'delete from spelling_words where id in (select value from json_each(?))', args: [JSON.stringify(rows.map(({ id }) => id))] },
    ]);
  }
  return Math.max(1, rows.length);
}

/** Gathers the words of what everybody may read, some texts at a time, and once a day all of them anew: what nobody may read any more is then forgotten. */
export const gatherWords = job('spelling.gather', async ({ db, gate, now }) => {
  let done = 0;
  for (let step = 0; step < STEPS; step++) {
    const progress = await progressOf(db);
    const some = (await goOn(db, gate, progress)) || (now.getTime() - progress.began > DAY && done === 0 ? await beginAnew(db, gate, now, progress) : 0);
    if (some === 0) break;
    done += some;
  }
  return done;
});
