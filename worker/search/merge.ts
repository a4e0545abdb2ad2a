import { job } from '../platform/job.ts';

/** Indexes of words that grow with what people write. */
const INDEXES = ['search_index', 'search_titles', 'ticket_index', 'ticket_texts'];
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
