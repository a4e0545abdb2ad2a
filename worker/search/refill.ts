import type { Client } from '@libsql/client';
import { indexColumns } from './schema.ts';

const CHUNK = 200;

/** Brings every document into the index that is not in it, as after a change of how it is indexed. Can be cut off and run again. */
export async function refillSearch(client: Client): Promise<void> {
  let isChanged = false;
  for (;;) {
    const { rows } = await client.execute(
      `select id, type, title, text, case type when 'topic' then (select tags from topics where topics.id = ref_id) when 'article' then (select json_array(category) from articles where articles.id = ref_id) end as tags
        from search_documents where id not in (select id from search_index_docsize) limit ${CHUNK}`,
    );
    if (rows.length === 0) break;
    const statements = rows.flatMap((row) => {
      const type = row['type'] as 'article' | 'topic' | 'post';
      const { title, tags, body } = indexColumns({ type, title: row['title'] as string, text: row['text'] as string, tags: JSON.parse((row['tags'] as string | null) ?? '[]') as string[] });
      const id = row['id']!;
      return [
        { sql: 'insert into search_index (rowid, body) values (?, ?)', args: [id, body] },
        ...(type === 'post' ? [] : [{ sql: 'delete from search_titles where rowid = ?', args: [id] }, { sql: 'insert into search_titles (rowid, title, tags) values (?, ?, ?)', args: [id, title, tags] }]),
      ];
    });
    await client.batch(statements, 'write');
    isChanged = true;
  }
  // The clock puts synonyms of tags back.
  if (isChanged) await client.execute('update tag_synonyms set stems = null');
}
