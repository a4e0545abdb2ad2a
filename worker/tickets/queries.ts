import { and, asc, desc, eq, gt, isNull, lte, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { visibleTopics } from '../forum/access.ts';
import { authors, colleagues as staffOf } from '../people/access.ts';
import { drawing } from '../platform/markdown.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, maybe, one, onward, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { addressees, companies, ledTo, requesters, takesPart, visibleMessages, visibleTickets } from './access.ts';
import type { Filters } from './input.ts';

const lastMessageOf = (id: SQL) => sql<number>`(select coalesce(max(number), 0) from ticket_messages where ticket_id = ${id})`;

/** The id of the ticket that holds the messages of another: itself, or, when staff merged it privately, what it is part of. */
const heldIn = (ticket: ReturnType<typeof visibleTickets>) => sql<string>`coalesce(${ticket.mergedInto}, ${ticket.id})`;

/** What operations on a ticket are decided on. */
export const ticketToChange = one(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const ticket = visibleTickets(db, viewer);
      const requester = authors(db, 'requester');
      return db
        .select({
          id: ticket.id, number: ticket.number, requesterId: ticket.requesterId, accountId: ticket.accountId, subject: ticket.subject, status: ticket.status, isOpen: ticket.isOpen,
          requesterRole: requester.role, lastMessage: lastMessageOf(heldIn(ticket)), tags: ticket.tags, priority: ticket.priority, assigneeId: ticket.assigneeId, kind: ticket.kind,
          heldIn: heldIn(ticket).as('held_in'), heldAs: sql<'closed' | 'open'>`(select held.status from tickets held where held.id = ${heldIn(ticket)})`.as('held_as'),
          asked: sql<number>`${number}`.as('asked'), takesPart: takesPart(viewer, ticket.id).as('takes_part'), revision: revisionOf(ticket.id),
        })
        .from(ticket)
        .innerJoin(requester, eq(requester.id, ticket.requesterId))
        .where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
    },
  ),
);

/** The same, with the colleague it may be given to: `chosenId` is null when nobody here has that id. */
export const ticketToAssign = one((db, viewer, number: number, assignee: string) => {
  const ticket = visibleTickets(db, viewer);
  const chosen = staffOf(db);
  return db
    .select({
      id: ticket.id, number: ticket.number, status: ticket.status, priority: ticket.priority, assigneeId: ticket.assigneeId, tags: ticket.tags,
      chosenId: chosen.id, revision: revisionOf(ticket.id),
    })
    .from(ticket)
    .leftJoin(chosen, eq(chosen.id, assignee))
    .where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
});

/** Who has an address, for deciding whose a guest's ticket is, and how often guests wrote lately by each of these keys. Always one row. */
export const guestWriting = one((db, _viewer, email: string | undefined, keys: string[], since: Date) => addressees(db, email, keys, since));

/** A ticket as those who asked see it; undefined when it is not for this viewer. */
export const ticketByNumber = maybe(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const ticket = visibleTickets(db, viewer);
      const [requester, assignee] = [authors(db, 'requester'), authors(db, 'assignee')];
      return db
        .select({
          id: ticket.id, number: ticket.number, requesterId: ticket.requesterId, requesterName: requester.name, accountId: ticket.accountId, subject: ticket.subject, status: ticket.status,
          priority: ticket.priority, assigneeName: assignee.name, createdAt: ticket.createdAt, updatedAt: ticket.updatedAt, solvedAt: ticket.solvedAt,
        })
        .from(ticket)
        .innerJoin(requester, eq(requester.id, ticket.requesterId))
        .leftJoin(assignee, eq(assignee.id, ticket.assigneeId))
        .where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
    },
  ),
);

/** The number of the ticket that a message was written in, if that is another than the one that it is in. */
const originOf = ({ ticketId, originTicketId }: ReturnType<typeof visibleMessages>) => sql<number | null>`(select origin.number from tickets origin where origin.id = ${originTicketId} and origin.id <> ${ticketId})`;

/** Its messages, oldest first, as far as the viewer sees them. */
export const messagesOfTicket = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const message = visibleMessages(db, viewer, number);
      const author = authors(db);
      return db
        .select({ id: message.id, number: message.number, visibility: message.visibility, createdAt: message.createdAt, origin: originOf(message).as('origin'), isPrivate: sql<boolean>`${message.audienceId} is not null`.mapWith(Boolean).as('is_private'), author: { id: author.id, name: author.name, handle: author.handle, role: author.role }, ...drawing(message) })
        .from(message)
        .innerJoin(author, eq(author.id, message.authorId))
        .orderBy(asc(message.createdAt), asc(message.number));
    },
  ),
);

/** A customer's tickets or those of their whole account, last changed first. */
export const ticketsAsked = page(
  (row: { updatedAt: Date; id: string }) => [row.updatedAt.getTime(), row.id],
  written(
    (slice: Slice, state: 'open' | 'solved', whose: 'mine' | 'account') => ({ ...onward(slice), isOpen: state === 'open', whole: whose === 'account' }),
    (db, viewer, { at, last, most, isOpen, whole }) => {
      const ticket = visibleTickets(db, viewer);
      const [requester, assignee] = [authors(db, 'requester'), authors(db, 'assignee')];
      const whom = whole && viewer.accountId ? eq(ticket.accountId, viewer.accountId) : eq(ticket.requesterId, viewer.id ?? '');
      return db
        .select({
          id: ticket.id, number: ticket.number, subject: ticket.subject, status: ticket.status, updatedAt: ticket.updatedAt,
          requesterId: ticket.requesterId, requesterName: requester.name, assigneeName: assignee.name,
        })
        .from(ticket)
        .innerJoin(requester, eq(requester.id, ticket.requesterId))
        .leftJoin(assignee, eq(assignee.id, ticket.assigneeId))
        .where(and(whom, eq(ticket.isOpen, isOpen), before(ticket.updatedAt, ticket.id, at, last)))
        .orderBy(desc(ticket.updatedAt), desc(ticket.id))
        .limit(most);
    },
  ),
);

/** True for who may see every ticket; a list of the desk is empty for everyone else. */
const atDesk = (viewer: Viewer) => (can(viewer, 'tickets.see') ? undefined : sql`false`);

/** What comes after the cursor in a list that falls by (column, id). */
const before = (column: SQLWrapper, id: SQLWrapper, at: SQLWrapper | undefined, last: SQLWrapper | undefined) => at && last && sql`(${column}, ${id}) < (${at}, ${last})`;

const LEVEL = { low: 1, normal: 2, high: 3, urgent: 4 };
const SPAN = 10_000_000_000_000;

/** The queue's filters as values: a priority is a range of ranks (see the generated column). */
function wanted(slice: Slice, { status, assignee, priority }: Filters) {
  const level = priority && LEVEL[priority];
  return {
    ...onward(slice), status, mine: assignee === 'me', nobody: assignee === 'none', handle: assignee === 'me' || assignee === 'none' ? undefined : assignee || undefined,
    above: level && (level - 1) * SPAN,
    // After a cursor a second upper bound would only lead the planner to the wrong index.
    upTo: slice.after ? undefined : level && level * SPAN,
  };
}

/** The queue: what is most urgent and waits longest, first. Empty for who may not see every ticket. */
export const queue = page(
  (row: { rank: number; id: string }) => [row.rank, row.id],
  written(wanted, (db, viewer, { at, last, most, status, mine, nobody, handle, above, upTo }) => {
    const ticket = visibleTickets(db, viewer);
    const [requester, assignee, company] = [authors(db, 'requester'), authors(db, 'assignee'), companies(db, viewer)];
    const whose = mine ? eq(ticket.assigneeId, viewer.id ?? '') : nobody ? isNull(ticket.assigneeId) : handle && sql`${ticket.assigneeId} = (select id from users where handle = ${handle})`;
    return db
      .select({
        id: ticket.id, number: ticket.number, subject: ticket.subject, status: ticket.status, priority: ticket.priority, rank: ticket.rank, isOpen: ticket.isOpen,
        waitingSince: ticket.waitingSince, updatedAt: ticket.updatedAt, requesterName: requester.name, accountName: company.name, assigneeId: ticket.assigneeId,
        assigneeName: assignee.name,
      })
      .from(ticket)
      .innerJoin(requester, eq(requester.id, ticket.requesterId))
      .leftJoin(company, eq(company.id, ticket.accountId))
      .leftJoin(assignee, eq(assignee.id, ticket.assigneeId))
      .where(and(atDesk(viewer), status ? eq(ticket.status, status) : eq(ticket.isOpen, true), whose, above && gt(ticket.rank, above), upTo && lte(ticket.rank, upTo), before(ticket.rank, ticket.id, at, last)))
      .orderBy(desc(ticket.rank), desc(ticket.id))
      .limit(most);
  }),
);

/** Whom a ticket can be given to, by name. Staff only. */
export const colleagues = many(
  written(
    () => ({}),
    (db, viewer) => {
      const colleague = staffOf(db);
      return db.select({ id: colleague.id, name: colleague.name, handle: colleague.handle }).from(colleague).where(atDesk(viewer)).orderBy(asc(colleague.name));
    },
  ),
);

/** Everything an agent has to know of a ticket: who asks, for which company, and who has it. Undefined when this is not for the viewer. */
export const ticketAtDesk = maybe(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const ticket = visibleTickets(db, viewer);
      const [requester, company] = [requesters(db, viewer), companies(db, viewer)];
      const [assignee, csm] = [authors(db, 'assignee'), authors(db, 'csm')];
      return db
        .select({
          id: ticket.id, number: ticket.number, subject: ticket.subject, status: ticket.status, priority: ticket.priority, kind: ticket.kind, isOpen: ticket.isOpen, tags: ticket.tags,
          assigneeId: ticket.assigneeId, assigneeName: assignee.name, waitingSince: ticket.waitingSince, createdAt: ticket.createdAt, updatedAt: ticket.updatedAt,
          revision: revisionOf(ticket.id).as('revision'), requester: {
            id: requester.id, name: requester.name, handle: requester.handle, role: requester.role, email: requester.email, locale: requester.locale,
            timeZone: requester.timeZone, isStaged: requester.staged,
          },
          account: { id: company.id, name: company.name, plan: company.plan, arr: company.arr, currency: company.currency, renewsOn: company.renewsOn }, csmName: csm.name,
        })
        .from(ticket)
        .innerJoin(requester, eq(requester.id, ticket.requesterId))
        .leftJoin(company, eq(company.id, ticket.accountId))
        .leftJoin(assignee, eq(assignee.id, ticket.assigneeId))
        .leftJoin(csm, eq(csm.id, company.csmId))
        .where(and(sql`${ticket.id} = ${ledTo(viewer, number)}`, atDesk(viewer)));
    },
  ),
);

const requesterOf = (viewer: Viewer, number: SQLWrapper) => sql`(select requester_id from tickets where id = ${ledTo(viewer, number)})`;

/** The other tickets of a ticket's requester, last changed first. Staff only. */
export const otherTicketsOfRequester = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const ticket = visibleTickets(db, viewer);
      return db
        .select({ number: ticket.number, subject: ticket.subject, status: ticket.status, updatedAt: ticket.updatedAt })
        .from(ticket)
        .where(and(sql`${ticket.requesterId} = ${requesterOf(viewer, number)}`, sql`${ticket.id} <> ${ledTo(viewer, number)}`, atDesk(viewer)))
        .orderBy(desc(ticket.updatedAt), desc(ticket.id))
        .limit(6);
    },
  ),
);

/** Topics of a ticket's requester, newest first. Staff only: it tells who asked. */
export const topicsOfRequester = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const topic = visibleTopics(db, viewer);
      return db
        .select({ number: topic.number, slug: topic.slug, title: topic.title, createdAt: topic.createdAt })
        .from(topic)
        .where(and(sql`${topic.authorId} = ${requesterOf(viewer, number)}`, atDesk(viewer)))
        .orderBy(desc(topic.createdAt), desc(topic.id))
        .limit(5);
    },
  ),
);
