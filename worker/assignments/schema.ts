import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { posts, topics } from '../forum/schema.ts';
import { groups } from '../groups/schema.ts';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

/** How far it is: nobody began, somebody is at it, it is done. */
export const progress = ['open', 'doing', 'done'] as const;

/** Who looks after a topic: a person, or a group of the team. `postId` is what it is about, where that is one post of it; at `remindAt` they are told of it again, once. */
export const assignments = sqliteTable('assignments', {
  topicId: text().primaryKey().references(() => topics.id, { onDelete: 'cascade' }),
  userId: text().references(() => users.id),
  groupId: text().references(() => groups.id, { onDelete: 'cascade' }),
  postId: text().references(() => posts.id, { onDelete: 'set null' }),
  status: text({ enum: progress }).notNull().default('open'),
  remindAt: moment(),
  assignedAt: moment().notNull(),
});
