import { and, desc, eq, isNotNull, or, sql } from 'drizzle-orm';
import { visibleTopics } from '../forum/access.ts';
import { authors } from '../people/access.ts';
import { maybe, onward, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { ledTo, partsOf, survivorOf, visibleTickets } from '../tickets/access.ts';
import { ownMailLevel, ownNotifications } from './access.ts';

/** What was said in public of the incident that somebody waited for. */
const incidentOf = ({ kind, about }: ReturnType<typeof ownNotifications>) => sql<{ en: string; el: string } | null>`case when ${kind} = 'fixed' then (select json_object('en', i.words_en, 'el', coalesce(nullif(i.words_el, ''), i.words_en)) from incidents i where i.id = ${about}) end`.mapWith((json: string | null) => (json === null ? null : (JSON.parse(json) as { en: string; el: string })));

/** What the viewer was told, newest first, as far as they may still see what it is about. */
export const notificationsPage = page(
  ({ createdAt, id }: { createdAt: Date; id: string }) => [createdAt.getTime(), id],
  written(onward as (slice: Slice) => ReturnType<typeof onward>, (db, viewer, { at, last, most }) => {
    const [note, topic, ticket, actor] = [ownNotifications(db, viewer), visibleTopics(db, viewer), visibleTickets(db, viewer), authors(db)];
    return db
      .select({
        id: note.id, kind: note.kind, about: note.about, place: note.place, createdAt: note.createdAt, seenAt: note.seenAt, actor: actor.name, statement: note.statementId, incident: incidentOf(note).as('incident'),
        topic: { number: topic.number, slug: topic.slug, title: topic.title },
        ticket: { number: ticket.number, subject: ticket.subject },
      })
      .from(note)
      .leftJoin(topic, eq(topic.id, note.topicId))
      .leftJoin(ticket, sql`${ticket.id} = ${survivorOf(viewer, note.ticketId)}`)
      .leftJoin(actor, eq(actor.id, note.actorId))
      .where(and(or(isNotNull(topic.id), isNotNull(ticket.id), eq(note.kind, 'rejected'), isNotNull(note.statementId), sql`${incidentOf(note)} is not null`), at && last && sql`(${note.createdAt}, ${note.id}) < (${at}, ${last})`))
      .orderBy(desc(note.createdAt), desc(note.id))
      .limit(most);
  }),
);

/** How often the viewer wants mail. */
export const myMailLevel = maybe(ownMailLevel);

/** The ticket that somebody looks at, for deciding, with the ids of those that are part of it. */
export const ticketSeen = maybe((db, viewer, number: number | undefined) => {
  const ticket = visibleTickets(db, viewer);
  const parts = sql<string[]>`(select json_group_array(id) from ${partsOf(viewer, ticket.id)})`.mapWith((json: string) => JSON.parse(json) as string[]);
  return db.select({ ids: parts.as('ids') }).from(ticket).where(sql`${ticket.id} = ${ledTo(viewer, number ?? 0)}`).limit(1);
});
