import { type SQL, sql } from 'drizzle-orm';
import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import type { Sql } from '../platform/gate.ts';
import type { Writing } from '../platform/operation.ts';
import { moment } from '../platform/schema.ts';
import { changing, raw } from '../platform/statement.ts';
import { isOther, otherStemOf, stemmed, stemOf } from '../platform/text.ts';

export const documentTypes = ['article', 'topic', 'post'] as const;

/**
 * What search can find: public things only. Their stems are in two FTS5 tables, by the same rowid: of everything in `search_index`, of titles and
 * tags again in `search_titles`. A reply of a topic is a document of its own; its title is its topic's, for showing, and is not indexed again. Slips of
 * typing are put right from the list of words that `spelling` keeps, so there are no trigrams of texts. Articles and topics may have a vector in
 * `meanings`; a reply is found by its words alone, and its topic by what it means.
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
  /** Triggers keep it. 1: for all but moderators, 2: for everybody. */
  hidden: integer().notNull().default(0),
  /** Before anybody asks; null until the clock has weighed it (`worth.ts`). */
  worth: real(),
});

/** Searches that people keep, under names of their own. `type` is null where they look for everything. */
export const savedSearches = sqliteTable(
  'saved_searches',
  {
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    q: text().notNull(),
    type: text({ enum: ['article', 'topic'] }),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.name] })],
);

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

/** Never part of a word: says in the index what a document is. */
export const ARTICLE = '§article';

/** What the index holds of a document, as stems: its title and tags, and everything; a reply has no title of its own. */
export function indexColumns({ type, title, tags, text }: Pick<Findable, 'type' | 'title' | 'tags' | 'text'>): { title: string; tags: string; body: string } {
  const stem = isOther(`${type === 'post' ? '' : title} ${text}`) ? otherStemOf : stemOf;
  const heading = type === 'post' ? '' : stemmed(title, stem);
  const labels = stemmed(tags.join(' '));
  const kind = type === 'article' ? ` ${ARTICLE}` : '';
  return { title: heading + kind, tags: labels, body: `${heading} ${labels} ${stemmed(text.slice(0, LONGEST), stem)}${kind}` };
}

/** Stems of the synonyms of these tags (a JSON list), after a space. */
const synonymsOf = (tags: string) => `coalesce((select ' ' || group_concat(stems, ' ') from tag_synonyms where tag in (select value from json_each(${tags}))), '')`;

/** The statements that put a topic into the index anew, its tags with their synonyms, unless its words were written anew meanwhile. */
export function wordedAnew({ id, updatedAt, ...topic }: Pick<Findable, 'title' | 'text' | 'tags'> & { id: number; updatedAt: number }): Sql[] {
  const { title, tags, body } = indexColumns({ type: 'topic', ...topic });
  const [still, key] = ['from search_documents where id = ? and updated_at = ?', [id, updatedAt]];
  const list = JSON.stringify(topic.tags);
  return [
    { sql: `delete from search_index where rowid = (select id ${still})`, args: key },
    { sql: `insert into search_index (rowid, body) select id, ? || ${synonymsOf('?')} ${still}`, args: [body, list, ...key] },
    { sql: `delete from search_titles where rowid = (select id ${still})`, args: key },
    { sql: `insert into search_titles (rowid, title, tags) select id, ?, ? || ${synonymsOf('?')} ${still}`, args: [title, tags, list, ...key] },
  ];
}

/** The statements that make something findable, or findable as it is now. Part of the commit that writes it. */
export function indexed(db: Database, found: Findable): Writing[] {
  const { type, refId } = found;
  const kept = { locale: found.locale, title: found.title, url: found.url as string, text: found.text.slice(0, LONGEST), updatedAt: found.updatedAt };
  const { title, tags, body } = indexColumns(found);
  const list = JSON.stringify(type === 'topic' ? found.tags : []);
  const [which, key] = ['from search_documents where type = ? and ref_id = ?', [type, refId]];
  return [
    db.insert(searchDocuments).values({ type, refId, ...kept }).onConflictDoUpdate({ target: [searchDocuments.type, searchDocuments.refId], set: { ...kept, url: sql`excluded.url` } }),
    raw(`delete from search_index where rowid = (select id ${which})`, key),
    raw(`insert into search_index (rowid, body) select id, ? || ${synonymsOf('?')} ${which}`, [body, list, ...key]),
    ...(type === 'post'
      ? []
      : [raw(`delete from search_titles where rowid = (select id ${which})`, key), raw(`insert into search_titles (rowid, title, tags) select id, ?, ? || ${synonymsOf('?')} ${which}`, [title, tags, list, ...key])]),
  ];
}

/** The statements that make a new reply findable: nothing was there before, and it has neither title nor tags of its own. */
export function replyIndexed(reply: Omit<Findable, 'type' | 'tags'>): Writing[] {
  const { refId, locale, title, text, updatedAt } = reply;
  const url = changing(sql`${reply.url}`).toSQL();
  return [
    raw(`insert into search_documents (type, ref_id, locale, title, text, updated_at, url) values ('post', ?, ?, ?, ?, ?, ${url.sql})`, [refId, locale, title, text.slice(0, LONGEST), updatedAt.getTime(), ...url.params]),
    raw("insert into search_index (rowid, body) select id, ? from search_documents where type = 'post' and ref_id = ?", [indexColumns({ type: 'post', title, tags: [], text }).body, refId]),
  ];
}
