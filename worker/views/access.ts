import { and, eq, getTableColumns, gt, inArray, isNotNull, isNull, lte, not, or, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { nameBehind } from '../forms/access.ts';
import { groupsOf } from '../groups/access.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { mainOf } from '../tags/access.ts';
import type { visibleTickets } from '../tickets/access.ts';
import { type Condition, type Row, type Sort, views } from './schema.ts';
import { slim } from '../platform/slim.ts';
import { HOUR } from '../platform/time.ts';

/** The desk sees the views of everybody, those of its own groups, and its own; who keeps the settings those of every group. */
export const visibleViews = (db: Database, viewer: Viewer) => {
  const shared = and(isNull(views.ownerId), can(viewer, 'settings.manage') ? undefined : or(isNull(views.groupId), sql`${views.groupId} in ${groupsOf(viewer.id)}`));
  return slim(
    getTableColumns(views),
    (columns) => db.select(columns).from(views).where(can(viewer, 'tickets.see') ? or(eq(views.ownerId, viewer.id ?? ''), shared) : sql`false`).as('views'),
  );
};

type Ticket = ReturnType<typeof visibleTickets>;

/** What one value of a row asks for, where its values are words. */
const word: Record<'assignee' | 'group' | 'tag' | 'account' | 'plan' | 'answer', (ticket: Ticket, viewer: Viewer, value: string) => SQL> = {
  assignee: ({ assigneeId }, viewer, value) => (value === 'nobody' ? isNull(assigneeId) : eq(assigneeId, value === 'me' ? (viewer.id ?? '') : sql`coalesce((select id from users where handle = ${value}), ${value})`)),
  group: ({ groupId }, viewer, value) => (value === 'none' ? isNull(groupId) : value === 'mine' ? sql`${groupId} in ${groupsOf(viewer.id)}` : eq(groupId, value)),
  tag: ({ id }, _, value) => sql`exists (select 1 from ticket_tags where tag = ${mainOf(value.toLowerCase())} and ticket_id = ${id})`,
  account: ({ accountId }, _, value) => eq(accountId, sql`coalesce((select id from accounts where id = ${value}), (select id from accounts where name = ${value} collate nocase))`),
  plan: ({ accountId }, _, value) => sql`(select plan from accounts where accounts.id = ${accountId}) = ${value} collate nocase`,
  answer: ({ id }, _, value) => {
    const [key, ...rest] = value.split('=');
    const wanted = rest.length > 0 ? sql` and (v.value = ${rest.join('=').trim()} collate nocase or ${nameBehind(sql`(select f.kind from ticket_fields f where f.id = v.field_id)`, sql`v.value`)} = ${rest.join('=').trim()} collate nocase)` : sql``;
    return sql`exists (select 1 from ticket_values v where v.ticket_id = ${id} and v.field_id = (select q.id from ticket_fields q where q.key = ${key!.trim().toLowerCase()})${wanted})`;
  },
};

const state = {
  open: ({ isOpen, snoozedUntil }: Ticket) => sql`(${isOpen} = 1 and ${snoozedUntil} is null)`,
  asleep: ({ snoozedUntil }: Ticket) => sql`${snoozedUntil} is not null`,
  done: ({ isOpen }: Ticket) => sql`${isOpen} = 0`,
};

const since = { age: 'createdAt', waiting: 'waitingSince', silence: 'lastMessageAt' } as const;

const LEVEL = { low: 1, normal: 2, high: 3, urgent: 4 };
const SPAN = 10_000_000_000_000;

/** A priority is a range of ranks: where the queue's order is walked, it is walked from there and no further. After a cursor a second upper bound would only lead the planner to the wrong index. */
function ranks({ rank }: Ticket, priorities: (keyof typeof LEVEL)[], isOnward: boolean): SQL[] {
  const levels = priorities.map((one) => LEVEL[one]);
  const above = gt(rank, (Math.min(...levels) - 1) * SPAN);
  return isOnward ? [above] : [above, lte(rank, Math.max(...levels) * SPAN)];
}

function positive(ticket: Ticket, viewer: Viewer, row: Row, now: SQLWrapper, isOnward: boolean): SQL {
  switch (row.field) {
    case 'state':
      return or(...row.values.map((value) => state[value](ticket)))!;
    case 'turn':
      return new Set(row.values).size > 1 ? sql`true` : row.values[0] === 'us' ? sql`${ticket.waitingSince} is not null` : sql`${ticket.waitingSince} is null`;
    case 'status':
      return row.values.length === 1 ? eq(ticket.status, row.values[0]!) : inArray(ticket.status, row.values);
    case 'priority':
      return and(inArray(ticket.priority, row.values), ...ranks(ticket, row.values, isOnward))!;
    case 'language':
      return sql`(select locale from users where users.id = ${ticket.requesterId}) in (${sql.join(row.values.map((one) => sql`${one}`), sql`, `)})`;
    case 'age':
    case 'waiting':
    case 'silence': {
      const moment = ticket[since[row.field]];
      return row.is === 'over' ? sql`${moment} <= ${now} - ${row.hours * HOUR}` : sql`${moment} > ${now} - ${row.hours * HOUR}`;
    }
    default:
      return or(...row.values.map((value) => word[row.field](ticket, viewer, value)))!;
  }
}

const one = (ticket: Ticket, viewer: Viewer, row: Row, now: SQLWrapper, isOnward: boolean) => (row.is === 'not' ? sql`(${positive(ticket, viewer, row, now, true)}) is not true` : positive(ticket, viewer, row, now, isOnward));

const joined = (match: 'all' | 'any', parts: SQL[]) => (match === 'all' ? and(...parts) : or(...parts))!;

/** Whether a ticket that the viewer sees is one of a condition's, at a moment in milliseconds. `isOnward`: there is a cursor beside it. */
export const matching = (ticket: Ticket, viewer: Viewer, { match, groups }: Condition, now: SQLWrapper, isOnward = false): SQL =>
  joined(match, groups.map((group) => joined(group.match, group.rows.map((row) => one(ticket, viewer, row, now, isOnward)))));

/** Whether nobody else works on a ticket at this moment, and the viewer did not put it off. */
export const isFree = (viewer: Viewer, ticketId: SQLWrapper, now: SQLWrapper) =>
  not(sql`exists (select 1 from ticket_claims c where c.ticket_id = ${ticketId} and c.until > ${now} and c.is_skipped = (c.user_id = ${viewer.id ?? ''}))`);

/** The column that an order falls by. What was never solved is not in the order of solving. */
export const orderOf = ({ rank, lastMessageAt, number, solvedAt }: Ticket, sort: Sort): { column: SQLWrapper; also?: SQL } =>
  sort === 'message' ? { column: lastMessageAt } : sort === 'created' ? { column: number } : sort === 'solved' ? { column: solvedAt, also: isNotNull(solvedAt) } : { column: rank };
