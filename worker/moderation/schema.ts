import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { posts, topics } from '../forum/schema.ts';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

/** Where a post was before it was moved: `place` in topic `number`. A post may have been at several places; each leads to it for ever. `move` is one act of moving. */
export const movedPosts = sqliteTable(
  'moved_posts',
  {
    number: integer().notNull(),
    place: integer().notNull(),
    postId: text().notNull().references(() => posts.id, { onDelete: 'cascade' }),
    move: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.number, t.place] })],
);

/** What staff say to each other in a topic, after the post at `place`. It is no post: no count, list, search or feed of posts can hold it. */
export const whispers = sqliteTable('whispers', {
  id: text().primaryKey(),
  topicId: text().notNull().references(() => topics.id, { onDelete: 'cascade' }),
  place: integer().notNull(),
  authorId: text().notNull().references(() => users.id),
  body: text().notNull(),
  html: text(),
  renderer: integer().notNull().default(0),
  createdAt: moment().notNull(),
});
