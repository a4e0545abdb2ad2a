import { sql } from 'drizzle-orm';
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { posts } from '../forum/schema.ts';
import { users } from '../people/schema.ts';
import type { Writing } from '../platform/operation.ts';
import { moment } from '../platform/schema.ts';
import { raw } from '../platform/statement.ts';
import { quotesIn } from './quotes.ts';

const ofPost = () => text().notNull().references(() => posts.id, { onDelete: 'cascade' });

/**
 * What a post said before it was changed, the oldest first: by whom and when that was written. Title and tags are those of a topic, with its first post.
 * With `hiddenAt` only moderators read it; `hiddenBy` nobody: the post was hidden when it was changed.
 */
export const postVersions = sqliteTable(
  'post_versions',
  {
    postId: ofPost(),
    number: integer().notNull(),
    editorId: text().notNull().references(() => users.id),
    title: text(),
    tags: text({ mode: 'json' }).$type<string[]>(),
    body: text().notNull(),
    writtenAt: moment().notNull(),
    hiddenAt: moment(),
    hiddenBy: text().references(() => users.id),
    hiddenWhy: text().notNull().default(''),
  },
  (t) => [primaryKey({ columns: [t.postId, t.number] })],
);

/** The words of removed posts, kept apart from those that everyone reads. */
export const removedPosts = sqliteTable('removed_posts', {
  postId: text().primaryKey().references(() => posts.id, { onDelete: 'cascade' }),
  removerId: text().notNull().references(() => users.id),
  reason: text(),
  title: text(),
  tags: text({ mode: 'json' }).$type<string[]>(),
  body: text().notNull(),
});

/** Which post quotes which other of its topic. */
export const postQuotes = sqliteTable('post_quotes', { sourceId: ofPost(), postId: ofPost() }, (t) => [primaryKey({ columns: [t.sourceId, t.postId] })]);

/** The statement that remembers which posts of its topic a post quotes. */
export function quoting(id: string, topic: { id: string; number: number }, body: string): Writing[] {
  const places = quotesIn(body, topic.number);
  if (places.length === 0) return [];
  return [raw(`insert or ignore into post_quotes (source_id, post_id) select id, ? from posts where topic_id = ? and number in (${places.map(() => '?').join(', ')}) and id <> ?`, [id, topic.id, ...places, id])];
}

/** The number of the next version of a post. */
export const nextVersion = (postId: string) => sql<number>`(select coalesce(max(number), 0) + 1 from post_versions where post_id = ${postId})`;
