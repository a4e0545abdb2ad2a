import { and, asc, desc, eq, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { visibleGroups } from '../groups/access.ts';
import { authors } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, maybe, one, onward, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import type { Viewer } from '../platform/viewer.ts';
import { agentWords } from '../statuses/access.ts';
import { atDesk, companies, visibleTickets } from '../tickets/access.ts';
import { isFree, matching, orderOf, visibleViews } from './access.ts';
import type { Condition, Sort } from './input.ts';

/** The views in somebody's list: everybody's, their groups', their own, each in their order. */
export const myViews = many(
  written(
    () => ({}),
    (db, viewer) => {
      const view = visibleViews(db, viewer);
      return db
        .select({ id: view.id, name: view.name, ownerId: view.ownerId, groupId: view.groupId, condition: view.condition, columns: view.columns, sort: view.sort, position: view.position })
        .from(view)
        .orderBy(sql`${view.ownerId} is not null`, asc(view.position), asc(view.id))
        .limit(100);
    },
  ),
);

/** What keeping a view is decided on: the one of this id, if there is one for them, the group it is to be of, and how many they have. Always one row. */
export const viewToKeep = one((db, viewer, id: string, group: string) => {
  const [view, chosen] = [visibleViews(db, viewer), visibleGroups(db, viewer)];
  return db
    .select({
      found: view.id, owner: view.ownerId, revision: revisionOf(sql`${id}`).as('revision'), groupFound: sql<string | null>`${chosen.id}`.as('group_found'),
      own: sql<number>`(select count(*) from views where owner_id = ${viewer.id ?? ''})`.as('own'),
    })
    .from(sql`(select 1)`)
    .leftJoin(view, eq(view.id, id))
    .leftJoin(chosen, eq(chosen.id, group));
});

/** What a list of tickets is asked for. */
export interface Wanted {
  condition: Condition;
  sort: Sort;
}

/** Values of a cursor by the order it goes on in. */
const placeOf = { priority: (row: Placed) => row.rank, message: (row: Placed) => row.lastMessageAt.getTime(), created: (row: Placed) => row.number, solved: (row: Placed) => row.solvedAt?.getTime() ?? 0 };

interface Placed {
  id: string;
  rank: number;
  number: number;
  lastMessageAt: Date;
  solvedAt: Date | null;
}

/** The tickets of a condition in an order, a page of them. Empty for who may not see tickets. */
export const ticketsMatching = (slice: Slice, { condition, sort }: Wanted, now = Date.now()) => pages[sort](slice, condition, now);

const pageIn = (sort: Sort) =>
  page(
    (row: Placed) => [placeOf[sort](row), row.id],
    written(
      (slice: Slice, condition: Condition, now: number) => ({ ...onward(slice), condition, now }),
      (db, viewer, { at, last, most, condition, now }) => {
        const ticket = visibleTickets(db, viewer);
        const [requester, assignee, company, group] = [authors(db, 'requester'), authors(db, 'assignee'), companies(db, viewer), visibleGroups(db, viewer)];
        const { column, also } = orderOf(ticket, sort);
        return db
          .select({
            id: ticket.id, number: ticket.number, subject: ticket.subject, status: ticket.status, ownStatus: agentWords(ticket.statusId).as('own_status'), priority: ticket.priority, rank: ticket.rank, tags: ticket.tags,
            waitingSince: ticket.waitingSince, snoozedUntil: ticket.snoozedUntil, lastMessageAt: ticket.lastMessageAt, solvedAt: ticket.solvedAt, createdAt: ticket.createdAt, requesterName: requester.name, accountName: company.name, plan: company.plan,
            assigneeId: ticket.assigneeId, assigneeName: assignee.name, groupName: group.name,
          })
          .from(ticket)
          .innerJoin(requester, eq(requester.id, ticket.requesterId))
          .leftJoin(company, eq(company.id, ticket.accountId))
          .leftJoin(assignee, eq(assignee.id, ticket.assigneeId))
          .leftJoin(group, eq(group.id, ticket.groupId))
          .where(and(atDesk(viewer), matching(ticket, viewer, condition, now, at !== undefined), also, at && last && (sort === 'created' ? sql`${column} < ${at}` : sql`(${column}, ${ticket.id}) < (${at}, ${last})`)))
          .orderBy(desc(column), ...(sort === 'created' ? [] : [desc(ticket.id)]))
          .limit(most);
      },
    ),
  );

const pages = { priority: pageIn('priority'), message: pageIn('message'), created: pageIn('created'), solved: pageIn('solved') };

/** A count that counts no further is said as “99+”. */
const COUNTED = 100;

const counted = (db: Database, viewer: Viewer, { condition, sort }: Wanted, now: SQLWrapper) => {
  const ticket = visibleTickets(db, viewer);
  return db.select({ one: sql`1` }).from(ticket).where(and(atDesk(viewer), matching(ticket, viewer, condition, now), orderOf(ticket, sort).also)).limit(COUNTED);
};

/** How many tickets each of these conditions has, in their order, 100 at most: no more rows are read to count. */
export const countsOf = maybe(
  written(
    (wanted: Wanted[], now: number) => ({ wanted: wanted.map(({ condition, sort }) => ({ condition, sort })), now }),
    (db, viewer, { wanted, now }) => {
      const each = wanted.map((one) => sql`(select count(*) from ${counted(db, viewer, one as Wanted, now)})`);
      return db.select({ counts: sql<number[]>`json_array(${sql.join(each, sql`, `)})`.mapWith(JSON.parse).as('counts') }).from(sql`(select 1)`);
    },
  ),
);

/** The first ticket in the order of a view that nobody else works on and the viewer did not put off; undefined when there is none. `leaving` is never it. */
export const nextTicket = maybe((db, viewer, { condition, sort }: Wanted, leaving: number, at: number) => {
  const ticket = visibleTickets(db, viewer);
  const { column, also } = orderOf(ticket, sort);
  const now = sql`${at}`;
  return db
    .select({ id: ticket.id, number: ticket.number })
    .from(ticket)
    .where(and(atDesk(viewer), matching(ticket, viewer, condition, now), also, sql`${ticket.number} <> ${leaving}`, isFree(viewer, sql`${ticket.id}`, now)))
    .orderBy(desc(column), ...(sort === 'created' ? [] : [desc(ticket.id)]))
    .limit(1);
});
