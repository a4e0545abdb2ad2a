import { and, desc, eq, gt, ne, sql, type SQLWrapper } from 'drizzle-orm';
import { one } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { matching, orderOf } from '../views/access.ts';
import type { Condition, Sort } from '../views/schema.ts';
import { arrivedAfter, atDesk, countedMessages, lastArrival, ledTo, visibleTickets } from './access.ts';

/** What became of something that a page shows as held: it was sent, taken back, or would cross what this person wrote. */
type Fate = [became: 'sent' | 'back' | 'crossed', name: string | null];

interface Traced {
  id: string;
  isSent: 0 | 1;
  isHeld: 0 | 1;
  name: string | null;
}

const fatesIn = (json: string): Record<string, Fate> =>
  Object.fromEntries((JSON.parse(json) as Traced[]).flatMap(({ id, isSent, isHeld, name }): [string, Fate][] => (isSent ? [[id, ['sent', null]]] : !isHeld ? [[id, ['back', name]]] : name ? [[id, ['crossed', name]]] : [])));

/** Of what a page of the desk shows as held, by its ids, what is so no more; nothing for others. */
const fatesOf = (viewer: Viewer, ticket: SQLWrapper, held: SQLWrapper) =>
  (can(viewer, 'tickets.see')
    ? sql<Record<string, Fate>>`(select json_group_array(json_object('id', value, 'isSent', exists (select 1 from ticket_messages m where m.id = value and m.ticket_id = ${ticket}), 'isHeld', exists (select 1 from held_replies h where h.id = value),
        'name', coalesce((select u.name from held_replies h join ticket_messages c on h.visibility = 'public' and c.ticket_id = h.ticket_id and c.number > h.seen and c.author_id <> h.author_id join users u on u.id = c.author_id where h.id = value order by c.number limit 1),
          (select u.name from drafts d join ticket_messages c on c.id = d.crossed join users u on u.id = c.author_id where d.user_id = ${viewer.id ?? ''} and d.place = ${ticket})))) from json_each(${held}))`
    : sql<Record<string, Fate>>`'[]'`
  ).mapWith(fatesIn);

/** How many messages of a ticket after the one that they count as `seen` the viewer sees, of those at the desk without their own, the id of the first of them, what became of what the page shows as `held`, what else a page shows of it, and the id of the ticket that they are in. Not found when the ticket is not for them. */
export const newsOfTicket = one(
  written(
    (number: number, seen: number, held: string[] = []) => ({ number, seen, held: JSON.stringify(held) }),
    (db, viewer, { number, seen, held }) => {
      const [ticket, message] = [visibleTickets(db, viewer), countedMessages(db, viewer, number)];
      return db
        .select({ room: sql<string>`coalesce(${ticket.mergedInto}, ${ticket.id})`.as('room'), count: sql<number>`count(${message.id})`.as('count'), at: sql<number | null>`min(${message.place})`.as('at'), first: sql<string | null>`${message.id}`.as('first'), held: fatesOf(viewer, ticket.id, held).as('held'), subject: ticket.subject, status: ticket.status, statusId: ticket.statusId, priority: ticket.priority, groupId: ticket.groupId, assigneeId: ticket.assigneeId, tags: ticket.tags })
        .from(ticket)
        .leftJoin(message, and(gt(message.place, seen), can(viewer, 'tickets.see') ? ne(message.authorId, viewer.id ?? '') : undefined))
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
