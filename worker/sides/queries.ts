import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import { visibleGroups } from '../groups/access.ts';
import { colleagues as staffOf } from '../people/access.ts';
import { drawing } from '../platform/markdown.ts';
import { many, one } from '../platform/query.ts';
import { hashOf } from '../platform/signature.ts';
import { written } from '../platform/statement.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { ledTo, partsOf, visibleTickets } from '../tickets/access.ts';
import { memberBy, messagesOfMember, names, sidesOfMember, visibleMembers, visibleSideMessages, visibleSides } from './access.ts';

/** The side conversations of a ticket and of those that are part of it, the oldest first. Staff only. */
export const sidesOfTicket = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const side = visibleSides(db, viewer);
      return db.select({ id: side.id, subject: side.subject, createdAt: side.createdAt }).from(side).where(sql`${side.ticketId} in ${partsOf(viewer, ledTo(viewer, number))}`).orderBy(asc(side.createdAt), asc(side.id)).limit(50);
    },
  ),
);

/** What was said in the side conversations of a ticket, the oldest first, with these words of each message. */
function saidBeside<Words extends Record<string, SQL.Aliased | SQLiteColumn>>(db: Database, viewer: Viewer, number: unknown, wordsOf: (message: ReturnType<typeof visibleSideMessages>) => Words) {
  const [side, message, author] = [visibleSides(db, viewer), visibleSideMessages(db, viewer), visibleMembers(db, viewer)];
  return db
    .select({ id: message.id, sideId: message.sideId, createdAt: message.createdAt, author: author.name, isOutside: sql<boolean>`${author.userId} is null`.mapWith(Boolean).as('is_outside'), ...wordsOf(message) })
    .from(side)
    .innerJoin(message, eq(message.sideId, side.id))
    .innerJoin(author, eq(author.id, message.authorId))
    .where(sql`${side.ticketId} in ${partsOf(viewer, ledTo(viewer, number))}`)
    .orderBy(asc(message.createdAt), asc(message.id))
    .limit(500);
}

/** What was said in them, as it is shown. Staff only. */
export const sideMessagesOfTicket = many(written((number: number) => ({ number }), (db, viewer, { number }) => saidBeside(db, viewer, number, drawing)));

/** The same as it was typed, for programs. Staff only. */
export const saidInSides = many(written((number: number) => ({ number }), (db, viewer, { number }) => saidBeside(db, viewer, number, ({ body }) => ({ body }))));

/** Who takes part in them. Staff only. */
export const sideMembersOfTicket = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [side, member] = [visibleSides(db, viewer), visibleMembers(db, viewer)];
      return db.select({ sideId: member.sideId, name: member.name, email: member.email }).from(side).innerJoin(member, eq(member.sideId, side.id)).where(sql`${side.ticketId} in ${partsOf(viewer, ledTo(viewer, number))}`).orderBy(asc(member.createdAt), asc(member.id)).limit(500);
    },
  ),
);

interface Asked {
  id: string;
  name: string;
  /** Whether they were chosen themselves; else they are in the group. */
  isChosen: boolean;
}

/** A ticket beside which a conversation begins, with the colleagues among these ids and in this group, and the group if there is one. */
export const ticketToAskAbout = one((db, viewer, number: number, ids: string[], group?: string) => {
  const [ticket, colleague, found] = [visibleTickets(db, viewer), staffOf(db), visibleGroups(db, viewer)];
  const chosen = sql`${colleague.id} in (select value from json_each(${JSON.stringify(ids)}))`;
  const asked = sql`(select json_group_array(json_object('id', ${colleague.id}, 'name', ${colleague.name}, 'isChosen', ${chosen})) from ${colleague}
    where ${colleague.id} in (select value from json_each(${JSON.stringify(ids)}) union select user_id from group_members where group_id = ${group ?? ''}) and ${can(viewer, 'tickets.see') ? sql`1` : sql`0`})`;
  return db
    .select({
      id: ticket.id, number: ticket.number, groupFound: found.id,
      colleagues: sql<Asked[]>`${asked}`.mapWith((json: string) => (JSON.parse(json) as Asked[]).map((one) => ({ ...one, isChosen: Boolean(one.isChosen) }))).as('colleagues'),
    })
    .from(ticket)
    .leftJoin(found, eq(found.id, group ?? ''))
    .where(sql`${ticket.id} = ${ledTo(viewer, number)}`)
    .limit(1);
});

interface Outside {
  id: string;
  email: string;
  name: string;
  locale: 'en' | 'el';
}

/** A side conversation as somebody of the desk writes in it: who is outside, and which member they are themselves. */
export const sideToWrite = one((db, viewer, id: string) => {
  const side = visibleSides(db, viewer);
  const self = sql`(select m.id from side_members m where m.side_id = ${side.id} and m.user_id = ${viewer.id ?? ''} limit 1)`;
  const outside = sql`(select json_group_array(json_object('id', m.id, 'email', m.email, 'name', m.name, 'locale', m.locale)) from side_members m where m.side_id = ${side.id} and m.email is not null)`;
  return db
    .select({
      id: side.id, ticketId: side.ticketId, subject: side.subject, outside: sql<Outside[]>`${outside}`.mapWith((json: string) => JSON.parse(json) as Outside[]).as('outside'),
      self: sql<string | null>`${self}`.as('self'),
    })
    .from(side)
    .where(eq(side.id, id))
    .limit(1);
});

/** The conversation that a key opens, and who holds it. Of the ticket beside it nothing is told. */
export const sideByKey = one((db, _viewer, key: string) => {
  const [member, side] = [memberBy(db, hashOf(key)), sidesOfMember(db)];
  return db.select({ id: side.id, ticketId: side.ticketId, subject: side.subject, member: { id: member.id, name: member.name, locale: member.locale } }).from(member).innerJoin(side, eq(side.id, member.sideId)).limit(1);
});

/** What was said in it. */
export const sideMessagesByKey = many((db, _viewer, key: string) => {
  const [member, message, author] = [memberBy(db, hashOf(key)), messagesOfMember(db), names(db)];
  return db
    .select({ id: message.id, createdAt: message.createdAt, authorId: author.id, author: author.name, ...drawing(message) })
    .from(member)
    .innerJoin(message, and(eq(message.sideId, member.sideId)))
    .innerJoin(author, eq(author.id, message.authorId))
    .orderBy(asc(message.createdAt), asc(message.id))
    .limit(500);
});
