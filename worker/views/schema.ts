import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { groups } from '../groups/schema.ts';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';
import { priorities, statuses, tickets } from '../tickets/schema.ts';

const FILL = 'Fill in every condition.';
const is = z.enum(['is', 'not'], { error: FILL });
const some = <T extends z.ZodType<string>>(value: T) => z.array(value, { error: FILL }).min(1, FILL).max(20, 'Twenty values a condition at most.');
const word = z.string({ error: FILL }).trim().min(1, FILL).max(120, 'Keep each value under 120 characters.');
const chosen = <F extends string, const V extends readonly [string, ...string[]]>(field: F, values: V) => z.object({ field: z.literal(field), is, values: some(z.enum(values, { error: FILL })) });
const typed = <F extends string>(field: F) => z.object({ field: z.literal(field), is, values: some(word) });
const timed = <F extends string>(field: F) => z.object({ field: z.literal(field), is: z.enum(['over', 'under'], { error: FILL }), hours: z.coerce.number({ error: 'Write a whole number of hours.' }).int('Write a whole number of hours.').min(1, 'Write a whole number of hours.').max(87_600, 'Ten years at most.') });

/**
 * One thing that is so of a ticket, or is not. `state` is the kind of status, `turn` who has to speak next, `assignee` an id, a handle, `me` or `nobody`,
 * `group` an id, `mine` or `none`, `account` an id or a name, `answer` the key of a question with `=` and an answer, or the key alone for any; `age`, `waiting` and `silence` count hours since it was opened, since its requester waits, and
 * since its last message.
 */
export const Row = z.discriminatedUnion(
  'field',
  [
    chosen('state', ['open', 'asleep', 'done']), chosen('turn', ['us', 'them']), chosen('status', statuses), chosen('priority', priorities), chosen('language', ['en', 'el']),
    typed('assignee'), typed('group'), typed('tag'), typed('account'), typed('plan'), typed('answer'), timed('age'), timed('waiting'), timed('silence'),
  ],
  { error: 'Choose a condition from the list.' },
);

const match = z.enum(['all', 'any'], { error: 'Choose whether all or any of them has to be so.' });

/** What tickets a view shows: rows in groups, all or any of each. It is the only shape there is, and the only thing that becomes SQL. */
export const Condition = z.object({
  match,
  groups: z.array(z.object({ match, rows: z.array(Row).min(1, 'A view needs a condition.').max(12, 'Twelve conditions a group at most.') })).min(1, 'A view needs a condition.').max(4, 'Four groups at most.'),
});

export type Row = z.infer<typeof Row>;
export type Condition = z.infer<typeof Condition>;

export const fields = ['state', 'turn', 'status', 'priority', 'assignee', 'group', 'tag', 'account', 'plan', 'answer', 'language', 'age', 'waiting', 'silence'] as const satisfies Row['field'][];
/** What a list can tell of each ticket beside its number and subject. */
export const columns = ['requester', 'account', 'plan', 'group', 'tags', 'created', 'silence', 'waiting', 'priority', 'status', 'assignee'] as const;
/** `priority` is the queue's order: priority, then who waits longest. When promises have a due time, theirs comes first among these. */
export const sorts = ['priority', 'message', 'created', 'solved'] as const;

export type Column = (typeof columns)[number];
export type Sort = (typeof sorts)[number];

/** Saved filters over tickets: of one person, of a group, or, with neither, of everybody at the desk. Those that came with the workspace have no name of their own. */
export const views = sqliteTable('views', {
  id: text().primaryKey(),
  name: text().notNull(),
  ownerId: text().references(() => users.id, { onDelete: 'cascade' }),
  groupId: text().references(() => groups.id, { onDelete: 'cascade' }),
  condition: text({ mode: 'json' }).$type<Condition>().notNull(),
  columns: text({ mode: 'json' }).$type<Column[]>().notNull(),
  sort: text({ enum: sorts }).notNull().default('priority'),
  position: integer().notNull().default(0),
  createdAt: moment().notNull(),
});

/** Who works on which ticket for a while, or wants to be offered others meanwhile. */
export const ticketClaims = sqliteTable(
  'ticket_claims',
  {
    ticketId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    isSkipped: integer({ mode: 'boolean' }).notNull().default(false),
    until: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.ticketId, t.userId] })],
);
