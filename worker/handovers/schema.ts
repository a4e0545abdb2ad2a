import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { posts, topics } from '../forum/schema.ts';
import { moment } from '../platform/schema.ts';
import { tickets } from '../tickets/schema.ts';

/** What crossed between community and desk: a post that was `taken` into a private ticket, a solved ticket that was `published` as a topic. */
export const handovers = sqliteTable(
  'handovers',
  {
    topicId: text().notNull().references(() => topics.id, { onDelete: 'cascade' }),
    ticketId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
    /** The post that was taken. */
    postId: text().references(() => posts.id, { onDelete: 'set null' }),
    kind: text({ enum: ['taken', 'published'] }).notNull(),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.topicId, t.ticketId] })],
);
