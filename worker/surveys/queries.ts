import { and, desc, eq, gte, sql } from 'drizzle-orm';
import { authors } from '../people/access.ts';
import { many, maybe, one, onward, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { ledTo, ofNumber, visibleTickets } from '../tickets/access.ts';
import { countedRatings, isRated, keptQuestion, scaleAsked, visibleRatings } from './access.ts';

const rated = written(
  (number: number) => ({ number }),
  (db, viewer, { number }) => {
    const [ticket, rating, requester] = [visibleTickets(db, viewer), visibleRatings(db, viewer), authors(db, 'requester')];
    return db
      .select({
        id: ticket.id, number: ticket.number, subject: ticket.subject, linkRound: ticket.linkRound, requesterId: ticket.requesterId, askerId: ofNumber<string>(number, 'requester_id').as('asker_id'), requesterRole: requester.role, accountId: ticket.accountId, assigneeId: ticket.assigneeId, solvedAt: ticket.solvedAt, asked: scaleAsked(ticket).as('asked'), isRated: isRated(ticket).as('is_rated'),
        rating: { id: rating.id, score: rating.score, scale: rating.scale, reason: rating.reason, comment: rating.comment, agentId: rating.agentId, createdAt: rating.createdAt },
      })
      .from(ticket)
      .innerJoin(requester, eq(requester.id, ticket.requesterId))
      .leftJoin(rating, and(eq(rating.ticketId, ticket.id), eq(rating.cycle, ticket.solvedAt)))
      .where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
  },
);

/** A ticket as it is rated, with the rating of this solving, if there is one. */
export const ticketToRate = one(rated);

/** The same for a page; undefined when it is not for this viewer. */
export const ratedTicket = maybe(rated);

/** The newest rating of a ticket, for those who see it. */
export const ratingOfTicket = maybe(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [ticket, rating] = [visibleTickets(db, viewer), visibleRatings(db, viewer)];
      return db
        .select({ score: rating.score, scale: rating.scale, reason: rating.reason, comment: rating.comment, createdAt: rating.createdAt, isOfNow: sql<boolean>`${rating.cycle} is ${ticket.solvedAt}`.mapWith(Boolean).as('is_of_now') })
        .from(rating)
        .innerJoin(ticket, eq(ticket.id, rating.ticketId))
        .where(sql`${ticket.id} = ${ledTo(viewer, number)}`)
        .orderBy(desc(rating.cycle))
        .limit(1);
    },
  ),
);

/** The question about a ticket that this viewer sees: how many points it has, and whether somebody has answered it since the ticket was solved last. */
export const questionOfTicket = maybe(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const ticket = visibleTickets(db, viewer);
      return db.select({ scale: scaleAsked(ticket).as('scale'), isRated: isRated(ticket).as('is_rated') }).from(ticket).where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
    },
  ),
);

/** The question about solved tickets. */
export const ratingQuestion = one((db, viewer) => keptQuestion(db, viewer));

/** Ratings by month, agent, scale and score, from a month on. */
export const ratingsCounted = many(
  written(
    (from: string) => ({ from }),
    (db, viewer, { from }) => {
      const [counted, agent] = [countedRatings(db, viewer), authors(db, 'agent')];
      return db
        .select({ month: counted.month, scale: counted.scale, score: counted.score, answers: counted.answers, agent: agent.name, handle: agent.handle })
        .from(counted)
        .leftJoin(agent, eq(agent.id, counted.agentId))
        .where(gte(counted.month, from));
    },
  ),
);

/** What was rated, the newest first. */
export const ratingsPage = page(
  (row: { createdAt: Date; id: string }) => [row.createdAt.getTime(), row.id],
  written(
    (slice: Slice) => onward(slice),
    (db, viewer, { at, last, most }) => {
      const [rating, ticket, person, agent] = [visibleRatings(db, viewer), visibleTickets(db, viewer), authors(db), authors(db, 'agent')];
      return db
        .select({ id: rating.id, score: rating.score, scale: rating.scale, reason: rating.reason, comment: rating.comment, createdAt: rating.createdAt, number: ticket.number, subject: ticket.subject, personName: sql<string>`${person.name}`.as('person_name'), agent: agent.name })
        .from(rating)
        .innerJoin(ticket, eq(ticket.id, rating.ticketId))
        .innerJoin(person, eq(person.id, rating.userId))
        .leftJoin(agent, eq(agent.id, rating.agentId))
        .where(at && last && sql`(${rating.createdAt}, ${rating.id}) < (${at}, ${last})`)
        .orderBy(desc(rating.createdAt), desc(rating.id))
        .limit(most);
    },
  ),
);
