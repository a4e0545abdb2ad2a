import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

/** Groups of agents: a ticket can belong to one. */
export const groups = sqliteTable('groups', {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  createdAt: moment().notNull(),
});

export const groupMembers = sqliteTable(
  'group_members',
  {
    groupId: text().notNull().references(() => groups.id, { onDelete: 'cascade' }),
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.groupId, t.userId] })],
);
