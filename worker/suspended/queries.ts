import { asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { authors, standings } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, maybe, one, onlyIf, onward, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import type { Viewer } from '../platform/viewer.ts';
import { isTrustedAddress, KEPT, recoverers, trustedCount, visibleSuspended, visibleTrusted } from './access.ts';

export { KEPT };

const decides = (viewer: Viewer) => recoverers.allows(viewer, undefined);

const waiting = onlyIf(
  written(
    (slice: Slice) => onward(slice),
    (db, viewer, { at, last, most }) => {
      const [ticket, person] = [visibleSuspended(db, viewer), authors(db)];
      return db
        .select({
          id: ticket.id, number: ticket.number, subject: ticket.subject, body: sql<string>`substr(${ticket.body}, 1, 2000)`.as('excerpt'), isCut: sql<boolean>`length(${ticket.body}) > 2000`.mapWith(Boolean).as('is_cut'), email: ticket.email, priority: ticket.priority, causes: ticket.causes, attachments: ticket.attachments, createdAt: ticket.createdAt,
          name: person.name, handle: person.handle, version: revisionOf(ticket.id).as('version'),
        })
        .from(ticket)
        .leftJoin(person, eq(person.id, ticket.userId))
        .where(at && last ? sql`(${ticket.createdAt}, ${ticket.id}) > (${at}, ${last})` : undefined)
        .orderBy(asc(ticket.createdAt), asc(ticket.id))
        .limit(most);
    },
  ),
  (viewer) => decides(viewer),
);

/** Tickets that wait, the oldest first, for those who decide about them. */
export const suspendedToDo = page((row: { createdAt: Date; id: string }) => [row.createdAt.getTime(), row.id], waiting);

/** More than so many are not counted. */
export const MOST_COUNTED = 100;

/** How many wait, a hundred at most; nothing for those who do not decide. */
export const suspendedCount = maybe(
  onlyIf(
    written(
      () => ({ most: MOST_COUNTED }),
      (db, viewer, { most }) => {
        const ticket = visibleSuspended(db, viewer);
        return db.select({ count: sql<number>`(select count(*) from (select 1 from ${ticket} limit ${most}))`.as('count') }).from(sql`(select 1)`);
      },
    ),
    decides,
  ),
);

/** The ticket of this number while it waits, for who sent it and holders of its link. */
export const suspendedByNumber = maybe(
  onlyIf(
    written(
      (number: number) => ({ number }),
      (db, viewer, { number }) => {
        const ticket = visibleSuspended(db, viewer);
        return db.select({ number: ticket.number, subject: ticket.subject, body: ticket.body, priority: ticket.priority, userId: ticket.userId, attachments: ticket.attachments, createdAt: ticket.createdAt }).from(ticket).where(eq(ticket.number, number));
      },
    ),
    (viewer) => viewer.guestOf !== null || (viewer.id !== null && !decides(viewer)),
  ),
);

/** What somebody who is signed in sent and what waits, the newest first: twenty-five at most. */
export const suspendedOfMine = many(
  onlyIf(
    written(
      () => ({}),
      (db, viewer) => {
        const ticket = visibleSuspended(db, viewer);
        return db.select({ number: ticket.number, subject: ticket.subject, updatedAt: ticket.createdAt }).from(ticket).where(eq(ticket.userId, viewer.id ?? '')).orderBy(desc(ticket.createdAt), desc(ticket.id)).limit(25);
      },
    ),
    (viewer) => viewer.id !== null && viewer.role === 'customer',
  ),
);

/** Tickets that wait, as they are decided about: with whose they will be, and which questions and form are still there. */
export const suspendedToDecide = many((db, viewer, ids: string[]) => {
  const [ticket, person] = [visibleSuspended(db, viewer), standings(db)];
  return db
    .select({
      id: ticket.id, number: ticket.number, email: ticket.email, userId: ticket.userId, locale: ticket.locale, subject: ticket.subject, body: ticket.body, priority: ticket.priority, answers: ticket.answers, createdAt: ticket.createdAt,
      formId: sql<string | null>`(select f.id from ticket_forms f where f.id = ${ticket.formId})`.as('form_there'), questions: sql<string[]>`(select json_group_array(f.id) from ticket_fields f where f.id in (select key from json_each(${ticket.answers})))`.mapWith(JSON.parse as (json: string) => string[]).as('questions'),
      person: { id: person.id, role: person.role, accountId: person.accountId }, isTrusted: isTrustedAddress(ticket.email).as('is_trusted'), trustedCount, version: revisionOf(ticket.id).as('version'),
    })
    .from(ticket)
    .leftJoin(person, sql`${person.id} = coalesce(${ticket.userId}, (select u.id from users u where u.email = ${ticket.email}))`)
    .where(inArray(ticket.id, ids));
});

/** Trusted senders, in the order of the alphabet, with who added them. */
export const trustedSenders = many((db, viewer) => {
  const [trusted, adder] = [visibleTrusted(db, viewer), authors(db)];
  return db
    .select({ id: trusted.id, pattern: trusted.pattern, note: trusted.note, createdAt: trusted.createdAt, addedBy: adder.name })
    .from(trusted)
    .leftJoin(adder, eq(adder.id, trusted.addedBy))
    .orderBy(asc(trusted.pattern))
    .limit(1_000);
});

/** What a trusted sender is added to: how many there are, and whether this one is there. Always one row. */
export const listToTrust = one((db, viewer, pattern: string) => {
  const trusted = visibleTrusted(db, viewer);
  return db.select({ count: sql<number>`(select count(*) from ${trusted})`.as('trusted_count'), isThere: sql<boolean>`exists (select 1 from ${trusted} where ${trusted.pattern} = ${pattern})`.mapWith(Boolean).as('is_there') }).from(sql`(select 1)`);
});

/** A trusted sender, by id. */
export const trustedById = one((db, viewer, id: string) => {
  const trusted = visibleTrusted(db, viewer);
  return db.select({ id: trusted.id, pattern: trusted.pattern }).from(trusted).where(eq(trusted.id, id));
});
