import type { Question } from '../database/batch.ts';
import type { Worded } from './worded.ts';

type Value = string | number | null;

/**
 * One statement over many rows that cross the wire as one value: `with given (place, …) as (…) <sql>`, columns by the names of the
 * first row's keys, `place` counting from 0. No row, no statement. Joins say `cross join`, so that the rows lead and every table is
 * asked by its index.
 */
export function given(rows: Record<string, Value>[], sql: string): Question[] {
  if (rows.length === 0) return [];
  const columns = Object.keys(rows[0]!);
  const read = columns.map((_, i) => `value ->> ${i}`).join(', ');
  return [{ sql: `with given (place, ${columns.join(', ')}) as (select key, ${read} from json_each(?)) ${sql}`, args: [JSON.stringify(rows.map((row) => columns.map((column) => row[column])))] }];
}

/** Rows that go into a table as they are. */
export function insertAll(table: string, rows: Record<string, Value>[], ending = ''): Question[] {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  return given(rows, `insert into ${table} (${columns}) select ${columns} from given where true order by place ${ending}`);
}

/** What search is to find, by our id. */
export type Document = Worded & { id: string };

/** How much of a text is kept for quoting, in characters. */
const QUOTED = 20_000;

/** Title, address, text and age of what a batch has written. */
const WHERE = {
  article: `t.title, '/kb/' || t.category || '/' || t.slug, substr(t.body, 1, ${QUOTED}), t.updated_at from given cross join articles t on t.id = given.id`,
  topic: `t.title, '/forum/topics/' || t.number || '/' || t.slug, substr(p.body, 1, ${QUOTED}), t.created_at from given cross join topics t on t.id = given.id cross join posts p on p.topic_id = t.id and p.number = 1`,
  post: `t.title, '/forum/topics/' || t.number || '/' || t.slug || case when p.number > 20 then '?page=' || ((p.number + 19) / 20) else '' end || '#post-' || p.number, substr(p.body, 1, ${QUOTED}), p.created_at
    from given cross join posts p on p.id = given.id cross join topics t on t.id = p.topic_id`,
};

/** Makes things findable that this batch has written. The one place that knows how search keeps them. */
export function findable(type: keyof typeof WHERE, documents: Document[]): Question[] {
  const kept = documents.map(({ id, locale }) => ({ id, locale }));
  const args = [JSON.stringify(documents.map(({ id, stems }) => ({ id, ...stems })))];
  const from = `from json_each(?) cross join search_documents d on d.type = '${type}' and d.ref_id = value ->> 'id'`;
  return [
    ...given(kept, `insert into search_documents (type, ref_id, locale, title, url, text, updated_at) select '${type}', given.id, given.locale, ${WHERE[type]} order by place`),
    { sql: `insert into search_index (rowid, body) select d.id, value ->> 'body' ${from}`, args },
    ...(type === 'post' ? [] : [{ sql: `insert into search_titles (rowid, title, tags) select d.id, value ->> 'title', value ->> 'tags' ${from}`, args }]),
    ...(type === 'topic' ? given(kept, 'insert or ignore into search_due (topic_id) select t.topic_id from given cross join topic_tags t on t.topic_id = given.id where exists (select 1 from tag_synonyms s where s.tag = t.tag)') : []),
  ];
}
