import { asc, eq, sql } from 'drizzle-orm';
import { visibleTopics } from '../forum/access.ts';
import { authors } from '../people/access.ts';
import { many, maybe, one } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { draftsAtDesk, ownDrafts } from './access.ts';
import { ledTo, seenId, visibleTickets } from '../tickets/access.ts';
import { NEW_TOPIC } from './place.ts';

/** What the viewer began to write: of a reply to topic `number`, or of a new topic. */
export const draftOf = maybe(
  written(
    (number: number | undefined) => ({ number }),
    (db, viewer, { number }) => {
      const [draft, topic] = [ownDrafts(db, viewer), visibleTopics(db, viewer)];
      return db
        .select({ title: draft.title, category: draft.category, kind: draft.kind, tags: draft.tags, body: draft.body, attachments: draft.attachments, revision: draft.revision, savedAt: draft.savedAt })
        .from(draft)
        .where(eq(draft.place, number === undefined ? NEW_TOPIC : db.select({ id: topic.id }).from(topic).where(eq(topic.number, number))))
        .limit(1);
    },
  ),
);

/** Where a draft is kept: the id of a topic that the viewer can see, or the place of new ones. */
export const placeOf = one((db, viewer, number: number | undefined) => {
  const topic = visibleTopics(db, viewer);
  if (number === undefined) return db.select({ place: sql<string>`${NEW_TOPIC}`.as('place') }).from(sql`(select 1)`);
  return db.select({ place: topic.id }).from(topic).where(eq(topic.number, number)).limit(1);
});

/** Of an answer that was not sent: the message that came meanwhile, and who wrote it. */
const crossedBy = ({ crossed, place }: ReturnType<typeof draftsAtDesk>) =>
  sql<{ id: string; name: string } | null>`(select json_object('id', m.id, 'name', u.name) from ticket_messages m join users u on u.id = m.author_id where m.id = ${crossed} and m.ticket_id = ${place})`.mapWith((json: string | null) => (json === null ? null : (JSON.parse(json) as { id: string; name: string })));

/** What staff began to write in a ticket, the viewer's own among it. Staff only. */
export const draftsOfTicket = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [draft, author] = [draftsAtDesk(db, viewer), authors(db)];
      return db
        .select({ userId: draft.userId, name: author.name, body: draft.body, visibility: draft.kind, status: draft.category, attachments: draft.attachments, revision: draft.revision, savedAt: draft.savedAt, crossed: crossedBy(draft).as('crossed_by') })
        .from(draft)
        .innerJoin(author, eq(author.id, draft.userId))
        .where(eq(draft.place, seenId(db, viewer, number)))
        .orderBy(asc(draft.userId));
    },
  ),
);

/** Where a draft of an answer is kept: the id of a ticket that the viewer sees. */
export const placeOfAnswer = one((db, viewer, number: number) => {
  const ticket = visibleTickets(db, viewer);
  return db.select({ place: ticket.id }).from(ticket).where(sql`${ticket.id} = ${ledTo(viewer, number)}`).limit(1);
});
