import { and, asc, desc, eq, gt, ne, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { visibleTopics } from '../forum/access.ts';
import { formToOpenWith, soughtIn } from '../forms/access.ts';
import { visibleGroups } from '../groups/access.ts';
import { isToldOf } from '../notifications/access.ts';
import { authors, colleagues } from '../people/access.ts';
import { markedBy, remembered } from '../platform/kept.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, maybe, minding, one } from '../platform/query.ts';
import { nothing } from '../platform/seldom.ts';
import { written } from '../platform/statement.ts';
import { MINUTE } from '../platform/time.ts';
import { mayHave, type Viewer } from '../platform/viewer.ts';
import { atDesk, holders, isCopied, ledTo, partsOf, peopleOn, REOPEN_DAYS, seenId, ticketMark, undoSeconds, visibleHeld, visibleTickets, visits } from './access.ts';
import { crosser } from './crossed.ts';
import { newestOfOthers } from './schema.ts';

export type { TicketPart } from './parts.ts';

/** An answer or a note that sending or undoing is decided on; without a body when it is held no more. */
export const heldReply = one((db, viewer, number: number, id: string) => {
  const [ticket, held] = [visibleTickets(db, viewer), visibleHeld(db, viewer)];
  return db
    .select({ number: ticket.number, ticketId: ticket.id, requesterId: ticket.requesterId, accountId: ticket.accountId, authorId: held.authorId, body: held.body, visibility: held.visibility, newest: newestOfOthers(ticket.id, held.authorId).as('newest'), changes: held.changes, revision: revisionOf(ticket.id).as('revision'), now: { status: ticket.status, priority: ticket.priority, assigneeId: ticket.assigneeId, groupId: ticket.groupId, tags: ticket.tags } })
    .from(ticket)
    .leftJoin(held, and(eq(held.ticketId, ticket.id), eq(held.id, id)))
    .where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
});

/** Answers and notes in a ticket that can still be taken back, the next to go first; `crossed` names who wrote since an answer was sent, so that it does not go by itself. Staff only. */
export const heldInTicket = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [held, author] = [visibleHeld(db, viewer), authors(db)];
      return db
        .select({ id: held.id, authorId: held.authorId, authorName: author.name, body: held.body, visibility: held.visibility, status: held.status, releaseAt: held.releaseAt, crossed: crosser(held).as('crossed') })
        .from(held)
        .innerJoin(author, eq(author.id, held.authorId))
        .where(eq(held.ticketId, seenId(db, viewer, number)))
        .orderBy(asc(held.releaseAt));
    },
  ),
);

/** Who is copied on a ticket and, for the desk, who watches it. */
export const peopleOfTicket = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [on, person] = [peopleOn(db, viewer), authors(db)];
      return db
        .select({ id: on.userId, role: on.role, address: on.address, name: person.name, handle: person.handle })
        .from(on)
        .innerJoin(person, eq(person.id, on.userId))
        .where(eq(on.ticketId, seenId(db, viewer, number)))
        .orderBy(asc(on.role), asc(on.userId));
    },
  ),
);

/** How long somebody counts as looking, in milliseconds. */
const LOOKING = 2 * MINUTE;

/** Staff who looked at a ticket a moment ago, the viewer too. Staff only. */
export const visitorsOfTicket = many(
  written(
    (number: number, now: number) => ({ number, since: now - LOOKING }),
    (db, viewer, { number, since }) => {
      const [visit, person] = [visits(db, viewer), authors(db)];
      return db
        .select({ id: person.id, name: person.name, at: visit.at })
        .from(visit)
        .innerJoin(person, eq(person.id, visit.userId))
        .where(and(eq(visit.ticketId, seenId(db, viewer, number)), gt(visit.at, since)))
        .orderBy(asc(visit.userId));
    },
  ),
);

/** What a worker may keep of a ticket is kept for as long as this is the same. */
export const markOfTicket = markedBy(ticketMark);

const looking = written(
  (number: number, now: number, told: boolean) => ({ number, since: now - LOOKING, told }),
  (db, viewer, { number, since, told }) => {
    const [ticket, visit] = [visibleTickets(db, viewer), visits(db, viewer)];
    const others = db.select({ id: visit.userId }).from(visit).where(and(eq(visit.ticketId, ticket.id), ne(visit.userId, viewer.id ?? ''), gt(visit.at, since)));
    return db
      .select({ isTold: (told ? isToldOf(viewer, partsOf(viewer, ticket.id)) : nothing(false)).as('is_told'), seenAt: sql<number | null>`${db.select({ at: visit.at }).from(visit).where(and(eq(visit.ticketId, ticket.id), eq(visit.userId, viewer.id ?? '')))}`.as('seen_at'), isVisited: sql<boolean>`exists ${others}`.mapWith(Boolean).as('is_visited') })
      .from(ticket)
      .where(and(sql`${ticket.id} = ${ledTo(viewer, number)}`, atDesk(viewer)));
  },
);

/** How the viewer stands to a ticket: whether they were told of it, or of what is part of it, and have not seen that, when they looked at it last, and whether colleagues look at it `now`. Staff only. */
export const lookAtTicket = minding(maybe((db, viewer, number: number, now: number) => looking(db, viewer, number, now, mayHave(viewer, 'told'))), ['told']);

/** Who asked the ticket of this number, as far as the viewer sees it. */
const requesterOf = (db: Database, viewer: Viewer, number: SQLWrapper) => {
  const ticket = visibleTickets(db, viewer);
  return db.select({ value: ticket.requesterId }).from(ticket).where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
};

/** The other tickets of a ticket's requester, last changed first. Staff only. */
export const otherTicketsOfRequester = remembered(
  many(
    written(
      (number: number) => ({ number }),
      (db, viewer, { number }) => {
        const ticket = visibleTickets(db, viewer);
        return db
          .select({ number: ticket.number, subject: ticket.subject, status: ticket.status, updatedAt: ticket.updatedAt })
          .from(ticket)
          .where(and(sql`${ticket.requesterId} = ${requesterOf(db, viewer, number)}`, sql`${ticket.id} <> ${ledTo(viewer, number)}`, atDesk(viewer)))
          .orderBy(desc(ticket.updatedAt), desc(ticket.id))
          .limit(6);
      },
    ),
  ),
  markOfTicket,
);

/** Topics of a ticket's requester, newest first. Staff only: it tells who asked. */
export const topicsOfRequester = remembered(
  many(
    written(
      (number: number) => ({ number }),
      (db, viewer, { number }) => {
        const topic = visibleTopics(db, viewer);
        return db
          .select({ number: topic.number, slug: topic.slug, title: topic.title, createdAt: topic.createdAt })
          .from(topic)
          .where(and(sql`${topic.authorId} = ${requesterOf(db, viewer, number)}`, atDesk(viewer)))
          .orderBy(desc(topic.createdAt), desc(topic.id))
          .limit(5);
      },
    ),
  ),
  markOfTicket,
);

/** What copying somebody is decided on: the ticket, whether the one that it is part of is closed, and who has that address. */
export const ticketToCopy = one((db, viewer, number: number, email: string) => {
  const ticket = visibleTickets(db, viewer);
  const found = (column: 'id' | 'role') => sql<string | null>`(select ${sql.identifier(column)} from users where email = ${email})`.as(`found_${column}`);
  return db
    .select({ id: ticket.id, number: ticket.number, requesterId: ticket.requesterId, accountId: ticket.accountId, kind: ticket.kind, heldAs: sql<'closed' | 'open'>`held.status`.as('held_as'), foundId: found('id'), foundRole: found('role'), isCopied: isCopied(viewer, ticket.id).as('is_copied') })
    .from(ticket)
    .innerJoin(sql`tickets held`, sql`held.id = coalesce(${ticket.mergedInto}, ${ticket.id})`)
    .where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
});

/** What another requester is decided on: the ticket, who asks it, and who has the address of who is to. */
export const ticketToHandOn = one((db, viewer, number: number, email: string) => {
  const [ticket, before, holder] = [visibleTickets(db, viewer), authors(db, 'before'), holders(db, email)];
  return db
    .select({
      id: ticket.id, number: ticket.number, asked: sql<number>`${number}`.as('asked'), kind: ticket.kind, status: ticket.status, requesterId: ticket.requesterId, revision: revisionOf(ticket.id).as('revision'), roleBefore: before.role,
      personId: holder.personId, role: holder.role, accountId: holder.accountId, suspendedAt: holder.suspendedAt, suspendedUntil: holder.suspendedUntil, anonymisedAt: holder.anonymisedAt,
    })
    .from(ticket)
    .innerJoin(before, eq(before.id, ticket.requesterId))
    .innerJoin(holder, sql`true`)
    .where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
});

/** What staff opening a ticket for somebody is decided on: who has the address, the form that is meant, and whom and which group it may be given to. Always one row. */
export const ticketToOpenFor = one((db, viewer, email: string, { assignee = '', group = '', form, said }: { assignee?: string | undefined; group?: string | undefined; form: string | undefined; said: Record<string, unknown> }) => {
  const [holder, chosen] = [holders(db, email), colleagues(db)];
  const who = assignee === 'me' ? (viewer.id ?? '') : assignee;
  return db
    .select({
      personId: holder.personId, role: holder.role, accountId: holder.accountId, suspendedAt: holder.suspendedAt, suspendedUntil: holder.suspendedUntil, anonymisedAt: holder.anonymisedAt,
      form: formToOpenWith(viewer, form, soughtIn(said)).as('form'), chosenId: chosen.id, groupFound: sql<string | null>`(select id from groups where id = ${group})`.as('group_found'),
      chosenIsMember: sql<boolean>`exists (select 1 from group_members where group_id = ${group} and user_id = ${who})`.mapWith(Boolean).as('chosen_is_member'),
    })
    .from(holder)
    .leftJoin(chosen, eq(chosen.id, who));
});

/** What opening a ticket among staff is decided on: whom and which group it may be given to. Always one row. */
export const internalToOpen = one((db, viewer, { assignee = '', group = '' }: { assignee?: string | undefined; group?: string | undefined }) => {
  const [chosen, found, who] = [colleagues(db), visibleGroups(db, viewer), assignee === 'me' ? (viewer.id ?? '') : assignee];
  return db
    .select({ chosenId: chosen.id, groupFound: found.id, chosenIsMember: sql<boolean>`exists (select 1 from group_members where group_id = ${group} and user_id = ${who})`.mapWith(Boolean).as('chosen_is_member') })
    .from(sql`(select 1)`)
    .leftJoin(chosen, eq(chosen.id, who))
    .leftJoin(found, eq(found.id, group));
});

/** How many seconds an answer and a note can be taken back. Always one row. */
export const undoTimes = one((db) => db.select({ seconds: undoSeconds.as('seconds') }).from(sql`(select 1)`));

/** In how many days a solved ticket can be reopened. Always one row. */
export const reopenTime = one((db) => db.select({ days: sql<number>`${sql.raw(REOPEN_DAYS)}`.mapWith(Number).as('days') }).from(sql`(select 1)`));
