import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { topics } from '../forum/schema.ts';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';
import { tickets } from '../tickets/schema.ts';

export const kinds = ['mentioned', 'replied', 'topic', 'accepted', 'answered', 'asked', 'noted', 'aside', 'received', 'opened', 'handed', 'assigned', 'solved', 'followed', 'copied', 'woken', 'unsent', 'private', 'hidden', 'editable', 'shown', 'rated', 'given', 'given_group', 'for_group', 'due', 'advised', 'approved', 'rejected', 'fixed', 'removed', 'locked', 'warned', 'silenced', 'suspended', 'lifted', 'upheld', 'overturned'] as const;

/**
 * What somebody is told. One for a person and a thing (`about`: the id of the post, message or event), however many reasons there are.
 * `place` is the number of the post or message, `statementId` the decision about them. `mail` is `due` for a letter of its own, `digest` for the next summary, else `done`.
 */
export const notifications = sqliteTable('notifications', {
  id: text().primaryKey(),
  userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  kind: text({ enum: kinds }).notNull(),
  about: text().notNull(),
  topicId: text().references(() => topics.id, { onDelete: 'cascade' }),
  ticketId: text().references(() => tickets.id, { onDelete: 'cascade' }),
  statementId: text(),
  place: integer(),
  actorId: text(),
  createdAt: moment().notNull(),
  seenAt: moment(),
  mail: text({ enum: ['due', 'digest', 'done'] }).notNull().default('done'),
});
