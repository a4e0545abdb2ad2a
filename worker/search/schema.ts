import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { moment } from '../platform/schema.ts';

export const documentTypes = ['article', 'topic'] as const;

/** What search can find: public things only. The words themselves are in the FTS5 table `search_index`, by the same rowid. */
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
