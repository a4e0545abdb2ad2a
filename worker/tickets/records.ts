import { and, asc, desc, eq, lt, type SQLWrapper, sql } from 'drizzle-orm';
import { fieldsOf } from '../forms/access.ts';
import { toldStatus } from '../statuses/access.ts';
import { authors } from '../people/access.ts';
import { decodeCursor, maybe, onwardByNumber, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { countedMessages, holds, ledTo, visibleMessages, visibleTickets } from './access.ts';
import { statuses } from './input.ts';
import { asMatch } from './words.ts';

/** A ticket as a record, for the API: the same columns in a list and alone. Tags and its group are the desk's own, so customers get none. */
const record = (viewer: Viewer, ticket: ReturnType<typeof visibleTickets>, requester: ReturnType<typeof authors>) => ({
  id: ticket.id, number: ticket.number, subject: ticket.subject, status: ticket.status, ownStatus: toldStatus(viewer, ticket.statusId).as('own_status'), priority: ticket.priority, tags: can(viewer, 'tickets.see') ? ticket.tags : sql<string[]>`'[]'`.mapWith(ticket.tags).as('no_tags'), assigneeId: ticket.assigneeId, groupId: can(viewer, 'tickets.see') ? ticket.groupId : sql<string | null>`null`.as('no_group'), accountId: ticket.accountId,
  form: ticket.formId, fields: fieldsOf(viewer, ticket).as('fields'), requester: { id: requester.id, name: requester.name, handle: requester.handle }, createdAt: ticket.createdAt, updatedAt: ticket.updatedAt, solvedAt: ticket.solvedAt, importId: ticket.importId,
});

/** Who sees every ticket walks the index of a status; whoever sees only some tickets has to come by those, which is what the `+` tells the planner. */
const inStatus = ({ status }: ReturnType<typeof visibleTickets>, viewer: Viewer, wanted: SQLWrapper) => (can(viewer, 'tickets.see') ? sql`${status} = ${wanted}` : sql`+${status} = ${wanted}`);

/** Newest tickets with what is looked for that staff get at most. */
const NEWEST = 1_000;

/** Whoever sees only some tickets looks through those; who sees every ticket gets the newest that hold it. */
const holding = ({ number }: ReturnType<typeof visibleTickets>, viewer: Viewer, match: SQLWrapper) =>
  can(viewer, 'tickets.see') ? sql`${number} in (select rowid from ticket_texts where ticket_texts match ${match} order by rowid desc limit ${NEWEST})` : holds(number, match);

export const ticketsPage = page(
  ({ number }: { number: number }) => [number],
  written(
    (slice: Slice, asked?: string, question?: string) => ({ match: asMatch(question?.slice(0, 200)), status: statuses.find((one) => one === asked), ...onwardByNumber(slice) }),
    (db, viewer, { match, status, from, most }) => {
      const [ticket, requester] = [visibleTickets(db, viewer), authors(db, 'requester')];
      return db
        .select(record(viewer, ticket, requester))
        .from(ticket)
        .innerJoin(requester, eq(requester.id, ticket.requesterId))
        .where(and(status && inStatus(ticket, viewer, status), match && holding(ticket, viewer, match), from && lt(ticket.number, from)))
        .orderBy(desc(ticket.number))
        .limit(most);
    },
  ),
);

export const wholeTicket = maybe(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [ticket, requester] = [visibleTickets(db, viewer), authors(db, 'requester')];
      return db.select(record(viewer, ticket, requester)).from(ticket).innerJoin(requester, eq(requester.id, ticket.requesterId)).where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
    },
  ),
);

/** Where a list that rises by (moment, number) goes on. */
function onwardInTime({ after, limit }: Slice) {
  const [at, last] = (decodeCursor(after, ['number', 'number']) ?? []) as [number?, number?];
  return { at, last, most: limit + 1 };
}

type Message = ReturnType<typeof visibleMessages>;

/** A message as a record; `number` is where the viewer counts it. */
const messageAs = (message: Message, author: ReturnType<typeof authors>, number: SQLWrapper) => ({
  id: message.id, number: sql<number>`${number}`.as('place'), visibility: message.visibility, body: message.body, createdAt: message.createdAt, attachments: message.attachments, importId: message.importId,
  author: { id: author.id, name: author.name, handle: author.handle, role: author.role },
});

/** The messages of a ticket, oldest first. Staff walk an index by their numbers; for everybody else those that they see are counted first. */
export const messagesPage = page(
  ({ createdAt, number }: { createdAt: Date; number: number }) => [createdAt.getTime(), number],
  written(
    (slice: Slice, number: number) => ({ number, ...onwardInTime(slice) }),
    (db, viewer, { number, at, last, most }) => {
      const [message, counted, author] = [visibleMessages(db, viewer, number), countedMessages(db, viewer, number), authors(db)];
      const after = (place: SQLWrapper) => at && last && sql`(${message.createdAt}, ${place}) > (${at}, ${last})`;
      if (can(viewer, 'tickets.see')) {
        return db.select(messageAs(message, author, message.number)).from(message).innerJoin(author, eq(author.id, message.authorId)).where(after(message.number)).orderBy(asc(message.createdAt), asc(message.number)).limit(most);
      }
      return db
        .select(messageAs(message, author, counted.place))
        .from(message)
        .innerJoin(counted, eq(counted.id, message.id))
        .innerJoin(author, eq(author.id, message.authorId))
        .where(after(counted.place))
        .orderBy(asc(message.createdAt), asc(counted.place))
        .limit(most);
    },
  ),
);
