import { asc, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { Gate, Sql } from '../platform/gate.ts';
import { job } from '../platform/job.ts';
import { answersTo } from '../platform/query.ts';
import { asked } from '../platform/statement.ts';
import { visitor } from '../platform/viewer.ts';
import { visibleDocuments } from '../search/access.ts';
import { keysOf } from './distance.ts';
import { type Word, wordsIn } from './words.ts';

const DAY = 86_400_000;
/** Documents of one commit, commits of one run, and words that go in one. */
const [DOCUMENTS, STEPS, GONE] = [100, 5, 500];
/** Words that are kept: of more, those that one text alone holds go. */
const MOST_WORDS = 50_000;

interface Progress {
  last: number;
  began: number;
  words: number;
}

async function progressOf(db: Database): Promise<Progress> {
  const { rows } = await db.$client.execute('select last_id, began_at, (select count(*) from spelling_words) words from spelling_progress where id = 1');
  const { last_id: last, began_at: began, words } = rows[0]!;
  return { last: Number(last), began: Number(began), words: Number(words) };
}

/** The next texts that everybody may read, with the ids that they come under. */
async function nextTexts(db: Database, last: number) {
  const document = visibleDocuments(db, visitor);
  const next = db.select({ id: document.id, type: document.type, title: document.title, text: document.text }).from(document).where(sql`${document.id} > ${last}`).orderBy(asc(document.id)).limit(DOCUMENTS);
  const [texts] = await answersTo(db, [asked(next)]);
  return texts as { id: number; type: string; title: string; text: string }[];
}

/** Counts words that are known, and takes in new ones with their keys. */
async function takenIn(db: Database, words: Word[], isFull: boolean): Promise<Sql[]> {
  const { rows } = await db.$client.execute({ sql: 'select word from spelling_words where word in (select value from json_each(?))', args: [JSON.stringify(words.map(({ word }) => word))] });
  const known = new Set(rows.map(({ word }) => word));
  const fresh = isFull ? [] : words.filter(({ word }) => !known.has(word));
  const kept = [...words.filter(({ word }) => known.has(word)), ...fresh];
  return [
    {
      sql: `insert into spelling_words (word, shown, stem, coming) select value ->> 'word', value ->> 'shown', value ->> 'stem', value ->> 'n' from json_each(?) where true
        on conflict (word) do update set coming = coming + excluded.coming, shown = case when replace(shown, 'ς', 'σ') = word then excluded.shown else shown end`,
      args: [JSON.stringify(kept)],
    },
    {
      sql: `insert or ignore into spelling_keys (key, word_id) select k.value, w.id from json_each(?) e cross join spelling_words w on w.word = e.value ->> 'w' cross join json_each(e.value -> 'k') k`,
      args: [JSON.stringify(fresh.map(({ word }) => ({ w: word, k: keysOf(word) })))],
    },
  ];
}

async function goOn(db: Database, gate: Gate, { last, words }: Progress): Promise<number> {
  const texts = await nextTexts(db, last);
  if (texts.length === 0) return 0;
  const found = wordsIn(texts.map(({ type, title, text }) => (type === 'post' ? text : `${title}\n${text}`)));
  await gate.commit([...(await takenIn(db, found, words >= MOST_WORDS)), { sql: 'update spelling_progress set last_id = ? where id = 1 and last_id < ?', args: [texts.at(-1)!.id, texts.at(-1)!.id] }]);
  return texts.length;
}

/** After all texts were read: forgets words that none of them held, then begins anew. */
async function beginAnew(db: Database, gate: Gate, now: Date, words: number): Promise<number> {
  const rarest = words > MOST_WORDS * 0.9 ? 1 : 0;
  const { rows } = await db.$client.execute({ sql: 'select id, word from spelling_words where coming <= ? order by coming, id limit ?', args: [rarest, GONE] });
  if (rows.length === 0) await gate.commit([{ sql: 'update spelling_words set n = coming, coming = 0', args: [] }, { sql: 'update spelling_progress set last_id = 0, began_at = ? where id = 1', args: [now.getTime()] }]);
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
    const some = (await goOn(db, gate, progress)) || (now.getTime() - progress.began > DAY && done === 0 ? await beginAnew(db, gate, now, progress.words) : 0);
    if (some === 0) break;
    done += some;
  }
  return done;
});
