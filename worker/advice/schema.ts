import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import { posts } from '../forum/schema.ts';
import { users } from '../people/schema.ts';
import type { DomainEvent, Writing } from '../platform/operation.ts';
import { moment } from '../platform/schema.ts';

/** What people tell the author of a post privately; one each. The author reads who it was only where it is signed. */
export const authorNotes = sqliteTable('author_notes', {
  id: text().primaryKey(),
  postId: text().notNull().references(() => posts.id, { onDelete: 'cascade' }),
  authorId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  words: text().notNull(),
  isSigned: integer({ mode: 'boolean' }).notNull().default(false),
  createdAt: moment().notNull(),
});

/** What gives an author a note, and says so: whoever wrote it, now or when a moderator lets it through. */
export const advised = (db: Database, note: typeof authorNotes.$inferInsert): { statements: Writing[]; events: DomainEvent[] } => ({
  statements: [db.insert(authorNotes).values(note)],
  events: [{ type: 'post.author_told', subject: note.postId, actor: note.authorId, data: { note: note.id } }],
});
