import { sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { type Meaning, Unreadable } from '../platform/meaning.ts';
import type { Sql } from '../platform/gate.ts';
import { job } from '../platform/job.ts';
import { changing, spoken } from '../platform/statement.ts';
import { visitor } from '../platform/viewer.ts';
import { notHidden } from './access.ts';
import { sent } from './question.ts';
import { dueIn, postsOf, TO_WEIGH, weighed, weighedAnew } from './worth.ts';

/** Letters of a text that tell what it means; texts of one call; milliseconds for a call, and after which no other begins. */
const [LETTERS, SOME, PATIENCE, LONG] = [2_000, 32, 10_000, 20_000];

interface Due {
  id: number;
  text: string;
}

/** What of a document is read. */
const TEXT = sql.raw(`substr(d.title || char(10) || d.text, 1, ${LETTERS})`);

/** Articles and topics that everybody who sees their category may read: of what is hidden nobody needs to know what it means. */
const isShown = sql`d.type in ('article', 'topic') and ${notHidden(visitor, sql`d.hidden`)}`;

/** Texts without a vector of a model, and the size of those it has made. */
async function dueFor(db: Database, model: string): Promise<{ due: Due[]; size: number | undefined }> {
  const texts = sql`select d.id, ${TEXT} as text from search_documents d where ${isShown} and not exists (select 1 from meanings m where m.document_id = d.id and m.model = ${model}) limit ${SOME}`;
  const size = sql`select size from meanings where model = ${model} and size > 0 limit 1`;
  const [found, made] = await db.$client.batch([spoken(changing(texts)), spoken(changing(size))] as never, 'read');
  return { due: found!.rows.map(({ id, text }) => ({ id: Number(id), text: String(text) })), size: made!.rows[0] && Number(made!.rows[0]['size']) };
}

/** The vectors of texts; undefined for one that the model does not take. */
async function vectorsOf(meaning: Meaning, due: Due[]): Promise<(number[] | undefined)[]> {
  try {
    return await meaning.vectorsOf(due.map(({ text }) => text), PATIENCE);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    if (due.length === 1) return [undefined];
    const half = Math.ceil(due.length / 2);
    return [...(await vectorsOf(meaning, due.slice(0, half))), ...(await vectorsOf(meaning, due.slice(half)))];
  }
}

/** The statement that keeps what a text means, unless it is another, or hidden, by now. */
const kept = (model: string, { id, text }: Due, vector: number[] | undefined): Sql => {
  const json = vector && sent(vector);
  const values = json ? sql`vector1bit(${json}), vector8(${json})` : sql`x'', x''`;
  return spoken(changing(sql`insert into meanings (document_id, model, size, signs, vector) select d.id, ${model}, ${vector?.length ?? 0}, ${values} from search_documents d where d.id = ${id} and ${TEXT} = ${text} and ${isShown}
    on conflict (document_id) do update set model = excluded.model, size = excluded.size, signs = excluded.signs, vector = excluded.vector`));
};

/** Finds out what articles and topics mean that have no vector yet, or a new text, where there is somebody to tell. Whoever does not answer is asked again a minute later. */
export const giveMeaning = job('search.give-meaning', async ({ db, gate, meaning }) => {
  if (!meaning) return 0;
  const { model } = meaning;
  const began = Date.now();
  let done = 0;
  while (Date.now() - began < LONG) {
    const { due, size } = await dueFor(db, model);
    if (due.length === 0) break;
    const vectors = await vectorsOf(meaning, due);
    const made = vectors.find((vector) => vector !== undefined);
    if (!made) throw new Error(`${model} takes none of ${due.length} texts`);
    if (size !== undefined && made.length !== size) throw new Error(`${model} makes vectors of ${made.length} numbers, and made such of ${size}: give it another name`);
    await gate.commit(due.map((one, i) => kept(model, one, vectors[i])));
    done += due.length;
  }
  return done;
});

/** Indexes of words that grow with what people write. */
const INDEXES = ['search_index', 'search_titles', 'ticket_index', 'ticket_texts', 'desk_texts'];
/** Pages that a commit merges of each, and commits of a minute: some megabytes, and none that others wait for long. */
const [PAGES, ROUNDS] = [200, 20];

/** Where FTS5 keeps the list of an index's parts (sqlite.org/fts5.html, "Fts5 Data Structures"): while it changes, there is more to merge. */
const parts = (index: string) => ({ sql: `select hex(block) from ${index}_data where id = 10`, args: [] });
const merging = (index: string) => ({ sql: `insert into ${index} (${index}, rank) values ('merge', ?)`, args: [PAGES] });

/** Makes of the many parts that writing leaves of an index a few: every word that is searched is looked up in each of them. */
export const mergeIndexes = job('search.merge', async ({ db, gate }) => {
  let before = JSON.stringify(await db.read(INDEXES.map(parts)));
  for (let rounds = 0; rounds < ROUNDS; rounds++) {
    await gate.commit(INDEXES.map(merging));
    const after = JSON.stringify(await db.read(INDEXES.map(parts)));
    if (after === before) return rounds;
    before = after;
  }
  return ROUNDS;
});

/** Commits of a minute in which documents are weighed. */
const WEIGHINGS = 40;

/** Finds out what documents are worth before anybody asks, of which that is not known, or not any more. */
export const weighDocuments = job('search.weigh', async ({ db, gate }) => {
  for (let done = 0; done < WEIGHINGS; done++) {
    const [fresh, found] = await db.$client.batch(TO_WEIGH, 'read');
    const due = found!.rows.map(dueIn);
    const anew = due.length > 0 ? weighedAnew(due, (await db.$client.batch(due.map(postsOf), 'read')).map(({ rows }) => rows)) : [];
    const statements = [...weighed(String(fresh!.rows[0]!['ids'])), ...anew];
    if (statements.length === 0) return done;
    await gate.commit(statements);
  }
  return WEIGHINGS;
});
