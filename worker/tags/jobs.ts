import type { Client, Row } from '@libsql/client';
import type { Sql } from '../platform/gate.ts';
import { job } from '../platform/job.ts';
import { stemmed } from '../platform/text.ts';
import { wordedAnew } from '../search/schema.ts';

/** Synonyms and topics of one commit, and commits of one minute. */
const [SYNONYMS, TOPICS, STEPS] = [20, 40, 10];

/** The statements after which search knows the words of a synonym, and looks at the topics with its tag. */
const known = (row: Row): Sql[] => [
  { sql: 'update tag_synonyms set stems = ? where synonym = ?', args: [stemmed(String(row['synonym'])), String(row['synonym'])] },
  { sql: 'insert or ignore into search_due (topic_id) select topic_id from topic_tags where tag = ?', args: [String(row['tag'])] },
];

const anew = ({ topic, id, title, text, tags, updated_at: at }: Row): Sql[] => [
  ...(id === null ? [] : wordedAnew({ id: Number(id), title: String(title), text: String(text), tags: JSON.parse(String(tags)) as string[], updatedAt: Number(at) })),
  { sql: 'delete from search_due where topic_id = ?', args: [String(topic)] },
];

async function next(client: Client): Promise<Sql[]> {
  const [fresh, due] = await client.batch([
    `select synonym, tag from tag_synonyms where stems is null limit ${SYNONYMS}`,
    `select w.topic_id topic, d.id, d.title, d.text, d.updated_at, coalesce(t.tags, '[]') tags from (select topic_id from search_due limit ${TOPICS}) w left join search_documents d on d.type = 'topic' and d.ref_id = w.topic_id left join topics t on t.id = w.topic_id`,
  ]);
  return [...fresh!.rows.flatMap(known), ...due!.rows.flatMap(anew)];
}

/** Lets topics be found by the tags that they have now and by every synonym of those, some at a time. */
export const findByTags = job('tags.find-by-tags', async ({ db, gate }) => {
  for (let step = 0; step < STEPS; step++) {
    const statements = await next(db.$client);
    if (statements.length === 0) return step;
    await gate.commit(statements);
  }
  return STEPS;
});
