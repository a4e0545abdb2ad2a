import { and, asc, eq, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { unanswered } from '../forms/access.ts';
import { authors } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, one, onlyIf } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { can, type Locale, type Viewer } from '../platform/viewer.ts';
import { inScope, ledTo, partsOf, seenId, survivorOf, undoSeconds, visibleHeld, visibleTickets } from '../tickets/access.ts';
import { ancestorsOf, followUps, type Orderly, parentsOf, visibleLinks, visibleTrackers } from './access.ts';

/** Incidents of one problem that are answered at once, at most. */
const MOST_INCIDENTS = 100;

/** The links of a ticket and of those that are part of it, seen from it: `out` when it is the first of the two. Staff only. */
export const linksOfTicket = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [link, ticket] = [visibleLinks(db, viewer), visibleTickets(db, viewer)];
      const side = (isOut: 0 | 1, mine: SQLWrapper, theirs: SQLWrapper) => sql`select * from (select ${link.kind} as kind, ${sql.raw(String(isOut))} as is_out, ${theirs} as other from ${link} where ${mine} in (select id from parts) limit 200)`;
      const linked = sql`(with parts (id) as materialized ${partsOf(viewer, ledTo(viewer, number))} ${side(1, link.fromId, link.toId)} union all ${side(0, link.toId, link.fromId)}) linked`;
      return db
        .select({ kind: sql<(typeof link.kind)['_']['data']>`linked.kind`.as('link_kind'), isOut: sql<boolean>`linked.is_out`.mapWith(Boolean).as('is_out'), number: ticket.number, subject: ticket.subject, status: ticket.status, isOpen: ticket.isOpen })
        .from(linked)
        .innerJoin(ticket, sql`${ticket.id} = ${survivorOf(viewer, sql`linked.other`)} and ${ticket.id} <> ${ledTo(viewer, number)}`);
    },
  ),
);

/** What a ticket goes on from, and what goes on from it, as far as the viewer sees both. Holders of a link see one ticket alone. */
export const followUpsOf = many(
  onlyIf(
    written(
      (number: number) => ({ number }),
      (db, viewer, { number }) => {
        const [link, ticket] = [followUps(db), visibleTickets(db, viewer)];
        const side = (isEarlier: 0 | 1, mine: SQLWrapper, theirs: SQLWrapper) => sql`select ${theirs} as other, ${sql.raw(String(isEarlier))} as is_earlier from ${link} where ${mine} in (select id from parts)`;
        const followed = sql`(with parts (id) as materialized ${partsOf(viewer, seenId(db, viewer, number))} ${side(1, link.fromId, link.toId)} union all ${side(0, link.toId, link.fromId)}) followed`;
        return db
          .select({ isEarlier: sql<boolean>`followed.is_earlier`.mapWith(Boolean).as('is_earlier'), number: ticket.number, subject: ticket.subject })
          .from(followed)
          .innerJoin(ticket, sql`${ticket.id} = ${survivorOf(viewer, sql`followed.other`)}`)
          .orderBy(asc(ticket.number))
          .limit(20);
      },
    ),
    ({ id }) => id !== null,
  ),
);

/** What engineers keep elsewhere of a ticket, and how many other tickets have the same. Staff only. */
export const trackersOfTicket = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const tracker = visibleTrackers(db, viewer);
      const others = sql`(select count(*) - 1 from ticket_trackers o where o.reference = ${tracker.reference})`;
      return db
        .select({ reference: tracker.reference, url: tracker.url, others: sql<number>`${others}`.as('others') })
        .from(tracker)
        .where(sql`${tracker.ticketId} in ${partsOf(viewer, ledTo(viewer, number))}`)
        .orderBy(asc(tracker.ticketId), asc(tracker.reference))
        .limit(50);
    },
  ),
);

const seenAtDesk = (viewer: Viewer, number: number) => sql<string | null>`(select id from tickets where id = ${ledTo(viewer, number)} and ${can(viewer, 'tickets.see') ? sql`true` : sql`false`})`;

/** A ticket, and the other that it is to be linked with: `otherId` is null when there is none. */
export const ticketToLink = one((db, viewer, number: number, other: number) => {
  const ticket = visibleTickets(db, viewer);
  return db.select({ id: ticket.id, number: ticket.number, otherId: seenAtDesk(viewer, other).as('other_id') }).from(ticket).where(sql`${ticket.id} = ${ledTo(viewer, number)}`).limit(1);
});

/** The tickets above one in links of a kind, the nearest first; `isParent` of those next above. */
const above = (viewer: Viewer, id: SQL, kind: Orderly) => {
  const parents = sql`(select json_group_array(json_object('id', t.id, 'number', t.number, 'isParent', t.id in (${parentsOf(sql`(${id})`, kind)}))) from (${ancestorsOf(sql`(${id})`, kind)}) up join tickets t on t.id = up.id where ${can(viewer, 'tickets.see') ? sql`1` : sql`0`})`;
  return sql<{ id: string; number: number; isParent: 0 | 1 }[]>`${parents}`.mapWith((json: string) => JSON.parse(json) as { id: string; number: number; isParent: 0 | 1 }[]);
};

/** Two tickets that are to be linked as by `ticketToLink`, with what is above each of them in links of this kind. */
export const ticketsToLink = one((db, viewer, number: number, other: number, kind: Orderly = 'parent') => {
  const ticket = visibleTickets(db, viewer);
  const theirs = seenAtDesk(viewer, other);
  return db
    .select({ id: ticket.id, number: ticket.number, otherId: theirs.as('other_id'), above: above(viewer, ledTo(viewer, number), kind).as('above'), aboveOther: above(viewer, theirs, kind).as('above_other') })
    .from(ticket)
    .where(sql`${ticket.id} = ${ledTo(viewer, number)}`)
    .limit(1);
});

/** Whom an answer to a problem goes to. */
export interface Incident {
  id: string;
  number: number;
  subject: string;
  status: string;
  name: string;
  locale: Locale;
  account: string | null;
  /** What it has to be answered before it is solved. */
  unanswered: string[];
  revision: number;
}

/** A problem with its open incidents that the viewer sees, the first hundred. */
export const problemToAnswer = one((db, viewer, number: number) => {
  const [ticket, requester] = [visibleTickets(db, viewer), authors(db, 'requester')];
  const parts = partsOf(viewer, ticket.id);
  const account = can(viewer, 'accounts.see') ? sql`(select a.name from accounts a where a.id = i.account_id)` : sql`null`;
  const seen = can(viewer, 'tickets.see') ? (inScope(viewer, sql`t.group_id`) ?? sql`1`) : sql`0`;
  const incidents = sql`(select json_group_array(json_object('id', i.id, 'number', i.number, 'subject', i.subject, 'status', i.status, 'name', u.name, 'locale', u.locale, 'account', ${account}, 'unanswered', json(${unanswered(viewer, { id: sql`i.id`, formId: sql`i.form_id` })}), 'revision', ${revisionOf(sql`i.id`)})) from
    (select distinct t.id, t.number, t.subject, t.status, t.form_id, t.requester_id, t.account_id from ticket_links l join tickets t on t.id = ${survivorOf(viewer, sql`l.to_id`)} where ${seen} and l.kind = 'problem' and l.from_id in ${parts} and t.is_open = 1 order by t.number limit ${MOST_INCIDENTS}) i join users u on u.id = i.requester_id)`;
  return db
    .select({ id: ticket.id, number: ticket.number, subject: ticket.subject, requesterName: requester.name, undoSeconds: undoSeconds.as('undo_seconds'), incidents: sql<Incident[]>`${incidents}`.mapWith((json: string) => JSON.parse(json) as Incident[]).as('incidents') })
    .from(ticket)
    .innerJoin(requester, eq(requester.id, ticket.requesterId))
    .where(sql`${ticket.id} = ${ledTo(viewer, number)}`)
    .limit(1);
});

/** What was sent to all incidents of a problem and can still be taken back, by who wrote it. Staff only. */
export const answersOnTheirWay = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [held, author] = [visibleHeld(db, viewer), authors(db)];
      return db
        .select({ authorId: held.authorId, authorName: author.name, count: sql<number>`count(*)`.as('count'), releaseAt: sql<Date>`min(${held.releaseAt})`.mapWith((at: number) => new Date(at)).as('release') })
        .from(held)
        .innerJoin(author, eq(author.id, held.authorId))
        .where(sql`${held.problemId} in ${partsOf(viewer, ledTo(viewer, number))}`)
        .groupBy(held.authorId);
    },
  ),
);

interface HeldAnswer {
  id: string;
  /** Number of the ticket that it goes to. */
  ticket: number;
  /** As it was written. */
  body: string;
  status: string;
}

/** A problem, and what the viewer sent to all incidents of it that is held. */
export const answersToTakeBack = one((db, viewer, number: number) => {
  const [ticket, held] = [visibleTickets(db, viewer), visibleHeld(db, viewer)];
  const mine = db
    .select({ all: sql`json_group_array(json_object('id', ${held.id}, 'ticket', (select number from tickets t where t.id = ${held.ticketId}), 'body', ${held.template}, 'status', ${held.status}))` })
    .from(held)
    .where(and(sql`${held.problemId} in ${partsOf(viewer, ticket.id)}`, eq(held.authorId, viewer.id ?? '')));
  return db
    .select({ id: ticket.id, number: ticket.number, held: sql<HeldAnswer[]>`${mine}`.mapWith((json: string) => JSON.parse(json) as HeldAnswer[]).as('held') })
    .from(ticket)
    .where(sql`${ticket.id} = ${ledTo(viewer, number)}`)
    .limit(1);
});
