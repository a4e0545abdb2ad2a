import { and, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Database } from '../database/open.ts';
import { feedback, remembered } from '../insights/schema.ts';
import { operation, type Setting } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { languageOf } from '../platform/text.ts';
import { DAY } from '../platform/time.ts';
import { raters } from './access.ts';
import { pick, Rating } from './input.ts';
import { ticketToRate } from './queries.ts';
import { monthOf, ratingMonths, type Scale, surveyAnswers } from './schema.ts';

/** Milliseconds after solving that a ticket can be rated, and after rating that the answer can be changed. */
const [RATED_WITHIN, CHANGED_WITHIN] = [30 * DAY, 7 * DAY];

interface Point {
  scale: Scale;
  score: number;
}

/** The statement that counts one answer more, or one less, of a score on its scale. */
export const counted = (db: Database, at: Date, agentId: string | null, { scale, score }: Point, answers: 1 | -1) =>
  db
    .insert(ratingMonths)
    .values({ month: monthOf(at), agentId: agentId ?? '', scale, score, answers })
    .onConflictDoUpdate({ target: [ratingMonths.month, ratingMonths.agentId, ratingMonths.scale, ratingMonths.score], set: { answers: sql`answers + ${answers}` } });

type Input = z.infer<typeof Rating>;
type Ticket = ReturnType<ReturnType<typeof ticketToRate>['read']>;

/** Says how a solved ticket went: once each time it is solved, and for a week as one thinks again. */
export const rateTicket = operation({
  name: 'surveys.rate',
  input: Rating,
  subject: ({ number }) => ticketToRate(number),
  may: raters,
  decide(setting, input, ticket) {
    const { rating, solvedAt } = ticket;
    const since = (moment: Date) => setting.now.getTime() - moment.getTime();
    if (!solvedAt) throw new Refusal('conflict', 'You can rate a ticket once it is solved.');
    if (since(solvedAt) > RATED_WITHIN) throw new Refusal('conflict', 'A ticket can be rated for 30 days after it was solved.');
    if (ticket.isRated && !rating) throw new Refusal('conflict', 'Who asked this before you has rated it. Write in the ticket instead.');
    if (rating && since(rating.createdAt) > CHANGED_WITHIN) throw new Refusal('conflict', 'A rating can be changed for a week.');
    const scale = rating?.scale ?? ticket.asked;
    if (input.score > scale) throw invalid({ score: pick });
    return {
      ...(rating ? { statements: again(setting, input, rating) } : first(setting, input, { ...ticket, solvedAt })),
      events: [{ type: 'ticket.rated', subject: ticket.id, data: { score: input.score, scale, ...(input.reason ? { reason: input.reason } : {}), ...(rating ? { from: rating.score } : {}) } }],
      result: { number: ticket.number },
    };
  },
});

function first({ db, now, newId }: Setting, { score, reason, comment }: Input, ticket: Ticket & { solvedAt: Date }) {
  const scale = ticket.asked;
  const id = newId('sva');
  return {
    guard: { holds: sql`not exists (select 1 from survey_answers where ticket_id = ${ticket.id} and cycle = ${ticket.solvedAt.getTime()})`, otherwise: new Refusal('conflict', 'This ticket is rated already. Look again.') },
    statements: [
      db.insert(surveyAnswers).values({ id, kind: 'csat', userId: ticket.requesterId, score, scale, reason: reason ?? null, comment, ticketId: ticket.id, cycle: ticket.solvedAt, agentId: ticket.assigneeId, createdAt: now }),
      counted(db, now, ticket.assigneeId, { scale, score }, 1),
      ...(ticket.requesterRole === 'customer'
        ? [remembered(db, { id: newId('fbk'), source: 'survey', sourceId: id, number: ticket.number, title: ticket.subject, personId: ticket.requesterId, accountId: ticket.accountId, text: comment, locale: languageOf(comment), score, scale, saidAt: now })]
        : []),
    ],
  };
}

const again = ({ db, now }: Setting, { score, reason, comment }: Input, rating: NonNullable<Ticket['rating']>) => [
  db.update(surveyAnswers).set({ score, reason: reason ?? null, comment, changedAt: now }).where(eq(surveyAnswers.id, rating.id)),
  counted(db, rating.createdAt, rating.agentId, rating, -1),
  counted(db, rating.createdAt, rating.agentId, { scale: rating.scale, score }, 1),
  db.update(feedback).set({ score, text: comment }).where(and(eq(feedback.source, 'survey'), eq(feedback.sourceId, rating.id))),
];
