import { and, asc, between, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { visibleCategories, visiblePosts, visibleTopics } from '../forum/access.ts';
import { authors } from '../people/access.ts';
import { drawing } from '../platform/markdown.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, one, onlyIf } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { taggingOf } from '../tags/access.ts';
import { can } from '../platform/viewer.ts';
import { companies, inScope, ledTo, partsOf, requesters, survivorOf, visibleTickets } from '../tickets/access.ts';
import { crossed, visibleHandovers } from './access.ts';

/** What of a topic crossed to or from the desk: which post, and the number of the ticket for who may see that one. */
export const handoversOfTopic = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [handover, topic, ticket] = [visibleHandovers(db, viewer), visibleTopics(db, viewer), visibleTickets(db, viewer)];
      return db
        .select({ kind: handover.kind, postId: handover.postId, ticket: ticket.number })
        .from(topic)
        .innerJoin(handover, eq(handover.topicId, topic.id))
        .leftJoin(ticket, sql`${ticket.id} = ${survivorOf(viewer, handover.ticketId)}`)
        .where(eq(topic.number, number));
    },
  ),
);

/** The topics that a ticket came from or became, as far as who may see the ticket sees them. */
export const handoversOfTicket = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [handover, topic, ticket, post] = [crossed(db), visibleTopics(db, viewer), visibleTickets(db, viewer), visiblePosts(db, viewer)];
      return db
        .select({ kind: handover.kind, place: post.number, topic: { id: topic.id, number: topic.number, slug: topic.slug, title: topic.title } })
        .from(ticket)
        .innerJoin(handover, sql`${handover.ticketId} in ${partsOf(viewer, ticket.id)}`)
        .innerJoin(topic, eq(topic.id, handover.topicId))
        .leftJoin(post, eq(post.id, handover.postId))
        .where(sql`${ticket.id} = ${ledTo(viewer, number)}`)
        .orderBy(asc(handover.topicId));
    },
  ),
);

/** Who the authors of page n of a topic are: account, plan, CSM, open tickets and the newest of them. Of customers, for who may see tickets and accounts; no rows for everyone else. */
export const speakersOfTopic = many(
  onlyIf(
    written(
      (number: number, first: number, last: number) => ({ number, first, last }),
      (db, viewer, { number, first, last }) => {
        const [person, company, csm, post, topic] = [requesters(db, viewer), companies(db, viewer), authors(db, 'csm'), visiblePosts(db, viewer), visibleTopics(db, viewer)];
        const speaking = db.select({ id: post.authorId }).from(post).where(and(eq(post.topicId, db.select({ id: topic.id }).from(topic).where(eq(topic.number, number))), between(post.number, first, last)));
        const scope = inScope(viewer, sql`group_id`);
      const open = (what: SQL) => sql`(select ${what} from tickets where requester_id = ${person.id} and +is_open = 1${scope ? sql` and ${scope}` : sql``})`;
        return db
          .select({
            id: person.id, account: { id: company.id, name: company.name, plan: company.plan, health: company.health }, csm: csm.name, csmHandle: csm.handle,
            openTickets: (open(sql`count(*)`) as SQL<number>).as('open_tickets'), newestTicket: (open(sql`max(number)`) as SQL<number | null>).as('newest_ticket'),
          })
          .from(person)
          .leftJoin(company, eq(company.id, person.accountId))
          .leftJoin(csm, eq(csm.id, company.csmId))
          .where(and(inArray(person.id, speaking), sql`+${person.role} = 'customer'`, can(viewer, 'accounts.see') ? undefined : sql`0`));
      },
    ),
    (viewer) => can(viewer, 'tickets.see') && can(viewer, 'accounts.see'),
  ),
);

/** A post as it is taken into a ticket, with its author, whom only the desk knows this well; `ticket` is the number of the one it already is in. */
export const postToTake = one((db, viewer, id: string) => {
  const [post, topic, person, author, handover, ticket] = [visiblePosts(db, viewer), visibleTopics(db, viewer), requesters(db, viewer), authors(db), visibleHandovers(db, viewer), visibleTickets(db, viewer)];
  return db
    .select({
      id: post.id, place: post.number, text: sql<string>`${post.body}`.as('text'), createdAt: post.createdAt, ...drawing(post), topic: { id: topic.id, number: topic.number, slug: topic.slug, title: topic.title },
      author: { id: author.id, name: author.name, handle: author.handle, role: author.role }, accountId: person.accountId, ticket: ticket.number, isTaken: sql<boolean>`${handover.ticketId} is not null`.mapWith(Boolean).as('is_taken'),
    })
    .from(post)
    .innerJoin(topic, eq(topic.id, post.topicId))
    .innerJoin(author, eq(author.id, post.authorId))
    .leftJoin(person, eq(person.id, post.authorId))
    .leftJoin(handover, and(eq(handover.postId, post.id), eq(handover.kind, 'taken')))
    .leftJoin(ticket, sql`${ticket.id} = ${survivorOf(viewer, handover.ticketId)}`)
    .where(eq(post.id, id))
    .limit(1);
});

/** The text of a ticket's first question, or of its last public answer. */
const said = (ticketId: unknown, by: '=' | '<>', order: 'asc' | 'desc') =>
  sql<string | null>`(select m.body from ticket_messages m join tickets t on t.id = m.ticket_id where m.ticket_id = ${ticketId} and m.visibility = 'public' and m.author_id ${sql.raw(by)} t.requester_id order by m.number ${sql.raw(order)} limit 1)`;

/** A ticket as it may become a topic: what was asked and answered, and who must not be told of in it. `chosenId` is the category, if there is one such. */
export const ticketToPublish = one((db, viewer, number: number, category: string, tags: string[] = []) => {
  const [ticket, person, company, chosen, handover] = [visibleTickets(db, viewer), requesters(db, viewer), companies(db, viewer), visibleCategories(db, viewer), visibleHandovers(db, viewer)];
  return db
    .select({
      id: ticket.id, number: ticket.number, subject: ticket.subject, status: ticket.status, question: said(ticket.id, '=', 'asc').as('question'), answer: said(ticket.id, '<>', 'desc').as('answer'),
      person: { name: person.name, handle: person.handle, email: person.email }, company: { name: company.name, domains: company.domains },
      chosenId: chosen.id, chosenSlug: chosen.slug, tagging: taggingOf(viewer, tags, chosen.id), revision: revisionOf(ticket.id).as('revision'), isPublished: sql<boolean>`exists (select 1 from ${handover} where ${handover.ticketId} = ${ticket.id} and ${handover.kind} = 'published')`.mapWith(Boolean).as('is_published'),
    })
    .from(ticket)
    .innerJoin(person, eq(person.id, ticket.requesterId))
    .leftJoin(company, eq(company.id, ticket.accountId))
    .leftJoin(chosen, eq(chosen.slug, category))
    .where(sql`${ticket.id} = ${ledTo(viewer, number)}`)
    .limit(1);
});

