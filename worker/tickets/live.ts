import { eq, gt, sql } from 'drizzle-orm';
import { one } from '../platform/query.ts';
import { hashOf } from '../platform/signature.ts';
import { written } from '../platform/statement.ts';
import { arrivedAfter, atDesk, countedMessages, lastArrival, ledTo, visibleTickets } from './access.ts';

/** What a page shows of a ticket beside its messages, and tells of when it becomes something else: customers the first alone. */
const shown = ['subject', 'status', 'priority', 'group', 'assignee', 'tags'] as const;
type Shown = (typeof shown)[number];

interface Face {
  subject: string;
  status?: string;
  statusId?: string | null;
  priority?: string;
  groupId?: string | null;
  assigneeId?: string | null;
  tags?: string[];
}

const partsIn = (ticket: Face): Record<Shown, unknown> => ({ subject: ticket.subject, status: [ticket.status, ticket.statusId], priority: ticket.priority, group: ticket.groupId, assignee: ticket.assigneeId, tags: ticket.tags });

/** Characters of each part of a face. */
const PART = 6;

/** What a page shows of a ticket, as its line says it: a short hash of each part, in one word. `of` are the parts that the page shows. */
export const faceOf = (ticket: Face, of: readonly Shown[] = shown): string => of.map((name) => hashOf(JSON.stringify(partsIn(ticket)[name] ?? null)).slice(0, PART)).join('');

/** The parts that are not as a page shows them: of the subject with what it is now. Undefined where all are. */
export function changedSince(known: string, ticket: Face, isStaff: boolean): Record<string, string | null> | undefined {
  const now = faceOf(ticket);
  const differ = (isStaff ? shown : shown.slice(0, 1)).filter((_, i) => known.length >= (i + 1) * PART && known.slice(i * PART, (i + 1) * PART) !== now.slice(i * PART, (i + 1) * PART));
  return differ.length > 0 ? Object.fromEntries(differ.map((name) => [name, name === 'subject' ? ticket.subject : null])) : undefined;
}

/** How many messages of a ticket after the one that they count as `seen` the viewer sees, the id of the first of them, what else a page shows of it, and the id of the ticket that they are in. Not found when the ticket is not for them. */
export const newsOfTicket = one(
  written(
    (number: number, seen: number) => ({ number, seen }),
    (db, viewer, { number, seen }) => {
      const [ticket, message] = [visibleTickets(db, viewer), countedMessages(db, viewer, number)];
      return db
        .select({ room: sql<string>`coalesce(${ticket.mergedInto}, ${ticket.id})`.as('room'), count: sql<number>`count(${message.id})`.as('count'), at: sql<number | null>`min(${message.place})`.as('at'), first: sql<string | null>`${message.id}`.as('first'), subject: ticket.subject, status: ticket.status, statusId: ticket.statusId, priority: ticket.priority, groupId: ticket.groupId, assigneeId: ticket.assigneeId, tags: ticket.tags })
        .from(ticket)
        .leftJoin(message, gt(message.place, seen))
        .where(eq(ticket.id, ledTo(viewer, number)))
        .groupBy(ticket.id);
    },
  ),
);

/** How far the queue has come: 0 where it is empty. Not found for who is not of the desk. */
export const newestTicket = one(
  written(
    () => ({}),
    (db, viewer) => db.select({ seen: lastArrival.as('seen') }).from(sql`(select 1)`).where(atDesk(viewer)),
  ),
);

/** More than so many are not counted. */
const MOST = sql.raw('100');

/** How many tickets came into the queue since it had come as far as `seen`, a hundred at most, and the lowest number of these. Not found for who is not of the desk. */
export const newTickets = one(
  written(
    (seen: number) => ({ seen }),
    (db, viewer, { seen }) => {
      const ticket = visibleTickets(db, viewer);
      const newer = sql`(select ${ticket.number} as number from ${arrivedAfter(seen)} arrived cross join ${ticket} where ${ticket.id} = arrived.id limit ${MOST})`;
      return db
        .select({ count: sql<number>`(select count(*) from ${newer})`.as('count'), first: sql<number | null>`(select min(number) from ${newer})`.as('first') })
        .from(sql`(select 1)`)
        .where(atDesk(viewer));
    },
  ),
);
