import { and, desc, eq, gt, sql } from 'drizzle-orm';
import { one } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { matching, orderOf } from '../views/access.ts';
import type { Condition, Sort } from '../views/schema.ts';
import { arrivedAfter, atDesk, countedMessages, lastArrival, ledTo, visibleTickets } from './access.ts';

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

/** A view as somebody has it before them: the numbers that its page shows, and whether there are more behind them. */
export interface Shown {
  condition: Condition;
  sort: Sort;
  numbers: number[];
  isMore: boolean;
}

/** The numbers of the first hundred tickets of a view, in its order. Not found for who is not of the desk. */
export const firstOfView = one((db, viewer, { condition, sort }: Pick<Shown, 'condition' | 'sort'>, now: number) => {
  const ticket = visibleTickets(db, viewer);
  const { column, also } = orderOf(ticket, sort);
  const first = db.select({ number: ticket.number }).from(ticket).where(and(matching(ticket, viewer, condition, sql`${now}`), also)).orderBy(desc(column), ...(sort === 'created' ? [] : [desc(ticket.id)])).limit(100);
  return db
    .select({ numbers: sql<number[]>`(select json_group_array(number) from ${first})`.mapWith((json: string) => JSON.parse(json) as number[]).as('numbers') })
    .from(sql`(select 1)`)
    .where(atDesk(viewer));
});

/** What came into a view since its page was drawn, and how many of those that it shows left it. What only moved up from behind the last of them did not come in. */
export function movedIn({ numbers, isMore }: Pick<Shown, 'numbers' | 'isMore'>, now: number[]) {
  const last = isMore ? now.findLastIndex((number) => numbers.includes(number)) : now.length;
  const came = now.slice(0, Math.max(0, last)).filter((number) => !numbers.includes(number));
  const left = numbers.filter((number) => !now.includes(number)).length;
  return { count: came.length, first: came[0] ?? null, ...(left > 0 ? { changed: { left: String(left) } } : {}) };
}
