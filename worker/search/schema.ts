import { type SQL, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import type { Writing } from '../platform/operation.ts';
import { moment } from '../platform/schema.ts';
import { folded, stemOf, wordsOf } from '../platform/text.ts';

export const documentTypes = ['article', 'topic', 'post'] as const;

/**
 * What search can find: public things only. The words themselves are in the FTS5 table `search_index`, by the same rowid, folded.
 * A reply of a topic is a document of its own; its title is its topic's, for showing, and is not indexed again.
 */
export const searchDocuments = sqliteTable('search_documents', {
  id: integer().primaryKey(),
  type: text({ enum: documentTypes }).notNull(),
  refId: text().notNull(),
  locale: text({ enum: ['en', 'el'] }).notNull().default('en'),
  title: text().notNull(),
  url: text().notNull(),
  text: text().notNull(),
  updatedAt: moment().notNull(),
});

export interface Findable {
  type: (typeof documentTypes)[number];
  refId: string;
  locale: 'en' | 'el';
  title: string;
  /** Address without the language. */
  url: string | SQL<string>;
  tags: string[];
  text: string;
  updatedAt: Date;
}

/** Longer texts are indexed and quoted by their beginning. */
const LONGEST = 20_000;

/** The columns of `search_index` for a document: title, tags, body, stems. */
export function indexColumns({ type, title, tags, text: body }: Pick<Findable, 'type' | 'title' | 'tags' | 'text'>): [string, string, string, string] {
  const heading = type === 'post' ? '' : title;
  const words = wordsOf(`${heading} ${tags.join(' ')} ${body.slice(0, LONGEST)}`);
  return [folded(heading), folded(tags.join(' ')), wordsOf(body.slice(0, LONGEST)).join(' '), words.map(stemOf).join(' ')];
}

const raw = (statement: string, params: unknown[]): Writing => ({ toSQL: () => ({ sql: statement, params }) });

/** The statements that make something findable, or findable as it is now. Part of the commit that writes it. */
export function indexed(db: Database, found: Findable): Writing[] {
  const { type, refId } = found;
  const kept = { locale: found.locale, title: found.title, url: found.url as string, text: found.text.slice(0, LONGEST), updatedAt: found.updatedAt };
  return [
    db.insert(searchDocuments).values({ type, refId, ...kept }).onConflictDoUpdate({ target: [searchDocuments.type, searchDocuments.refId], set: { ...kept, url: sql`excluded.url` } }),
    raw('delete from search_index where rowid = (select id from search_documents where type = ? and ref_id = ?)', [type, refId]),
    raw('insert into search_index (rowid, title, tags, body, stems) select id, ?, ?, ?, ? from search_documents where type = ? and ref_id = ?', [...indexColumns(found), type, refId]),
  ];
}
