import { and, eq, getTableColumns, isNotNull, or, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { either } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { ledTo, linkHolder, requester } from '../tickets/access.ts';
import { ratingMonths, surveyAnswers } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** Who rates a ticket: whoever asked, also by the link of the mail. */
export const raters = either(requester, linkHolder);

/** Ratings of tickets, for who sees every ticket; everyone else sees those they gave, and the one of the ticket that their link opens. */
export const visibleRatings = (db: Database, viewer: Viewer) => {
  const linked = viewer.guestOf === null ? undefined : sql`${surveyAnswers.ticketId} = ${ledTo(viewer, viewer.guestOf)}`;
  const own = or(eq(surveyAnswers.userId, viewer.id ?? ''), linked);
  return slim(
    {
      id: surveyAnswers.id, ticketId: surveyAnswers.ticketId, userId: surveyAnswers.userId, cycle: surveyAnswers.cycle, score: surveyAnswers.score, reason: surveyAnswers.reason,
      comment: surveyAnswers.comment, agentId: surveyAnswers.agentId, createdAt: surveyAnswers.createdAt, changedAt: surveyAnswers.changedAt,
    },
    (columns) => db.select(columns).from(surveyAnswers).where(and(isNotNull(surveyAnswers.ticketId), can(viewer, 'tickets.see') ? undefined : own)).as('ratings'),
  );
};

/** Ratings counted, for who sees every ticket. */
export const countedRatings = (db: Database, viewer: Viewer) => slim(getTableColumns(ratingMonths), (columns) => db.select(columns).from(ratingMonths).where(can(viewer, 'tickets.see') ? undefined : sql`0`).as('counted'));
