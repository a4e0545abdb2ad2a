import { and, eq, getTableColumns, isNotNull, isNull, or, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { either } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { ledTo, linkHolder, requester } from '../tickets/access.ts';
import { Question } from './input.ts';
import { ratingMonths, type Scale, surveyAnswers } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** Who rates a ticket: whoever asked, also by the link of the mail. */
export const raters = either(requester, linkHolder);

/** Ratings of tickets, for who sees every ticket; everyone else sees those they gave, and what whoever asks now said of the ticket that their link opens. */
export const visibleRatings = (db: Database, viewer: Viewer) => {
  const linked = viewer.guestOf === null ? undefined : sql`${surveyAnswers.ticketId} = ${ledTo(viewer, viewer.guestOf)} and ${surveyAnswers.userId} = (select asker.requester_id from tickets asker where asker.id = ${surveyAnswers.ticketId})`;
  const own = or(eq(surveyAnswers.userId, viewer.id ?? ''), linked);
  return slim(
    {
      id: surveyAnswers.id, ticketId: surveyAnswers.ticketId, userId: surveyAnswers.userId, cycle: surveyAnswers.cycle, score: surveyAnswers.score, scale: surveyAnswers.scale, reason: surveyAnswers.reason,
      comment: surveyAnswers.comment, agentId: surveyAnswers.agentId, createdAt: surveyAnswers.createdAt, changedAt: surveyAnswers.changedAt,
    },
    (columns) => db.select(columns).from(surveyAnswers).where(and(isNotNull(surveyAnswers.ticketId), can(viewer, 'tickets.see') ? undefined : own)).as('ratings'),
  );
};

/** Answers to surveys that are about no ticket, for who sees every ticket. */
export const visibleAnswers = (db: Database, viewer: Viewer) =>
  db.select({ id: surveyAnswers.id, kind: surveyAnswers.kind, userId: surveyAnswers.userId, score: surveyAnswers.score, comment: surveyAnswers.comment, createdAt: surveyAnswers.createdAt }).from(surveyAnswers).where(and(isNull(surveyAnswers.ticketId), can(viewer, 'tickets.see') ? undefined : sql`0`)).as('answers');

/** Ratings counted, for who sees every ticket. */
export const countedRatings = (db: Database, viewer: Viewer) => slim(getTableColumns(ratingMonths), (columns) => db.select(columns).from(ratingMonths).where(can(viewer, 'tickets.see') ? undefined : sql`0`).as('counted'));

/** The question about solved tickets as the workspace asks it, in SQL. */
export const QUESTION = `(select value from settings where key = 'rating_question')`;
export const SCALE = `coalesce(${QUESTION} ->> 'scale', 5)`;

/** How many points the question about a ticket has: those of the letter that asked, or else those of now. */
export const scaleAsked = (ticket: { id: SQLWrapper; solvedAt: SQLWrapper }) =>
  sql<Scale>`coalesce((select scale from rating_requests where ticket_id = ${ticket.id} and cycle = ${ticket.solvedAt} and asked_at is not null), ${sql.raw(SCALE)})`;

/** Whether somebody has said how it went when the ticket was solved last, whoever that was and whether or not the viewer reads what. */
export const isRated = (ticket: { id: SQLWrapper; solvedAt: SQLWrapper }) =>
  sql<boolean>`exists (select 1 from (select ticket_id as rated, cycle as rated_of from survey_answers) where rated = ${ticket.id} and rated_of = ${ticket.solvedAt})`.mapWith(Boolean);

/** The question, for those who may change it; as at first for everyone else. */
export const keptQuestion = (db: Database, viewer: Viewer) =>
  db.select({ question: sql<string>`coalesce(${can(viewer, 'settings.manage') ? sql.raw(QUESTION) : sql`null`}, '{}')`.mapWith((json: string) => Question.parse(JSON.parse(json))).as('question') }).from(sql`(select 1)`);
