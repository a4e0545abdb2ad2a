import { eq, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import type { Viewer } from '../platform/viewer.ts';
import { notifications } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** Everyone sees what they were told themselves. What it is about is joined with what they still may see. */
export const ownNotifications = (db: Database, viewer: Viewer) =>
  slim(
    { id: notifications.id, kind: notifications.kind, about: notifications.about, topicId: notifications.topicId, ticketId: notifications.ticketId, statementId: notifications.statementId, place: notifications.place, actorId: notifications.actorId, createdAt: notifications.createdAt, seenAt: notifications.seenAt },
    (columns) => db.select(columns).from(notifications).where(eq(notifications.userId, viewer.id ?? '')).as('notifications'),
  );

/** Whether the viewer was told something of these tickets, a list for `in`, that they have not seen yet. Found by the tickets, since one may have much unseen: that is what the `+` tells the planner. */
export const isToldOf = (viewer: Viewer, tickets: SQLWrapper) =>
  sql<boolean>`exists (select 1 from notifications told where +told.user_id = ${viewer.id ?? ''} and told.seen_at is null and told.ticket_id in ${tickets})`.mapWith(Boolean);

/** Whether the viewer was told something of a topic that they have not seen yet, by the SQL of its id. */
export const isToldOfTopic = (viewer: Viewer, topicId: SQLWrapper) =>
  sql<boolean>`exists (select 1 from notifications where user_id = ${viewer.id ?? ''} and topic_id = ${topicId} and seen_at is null)`.mapWith(Boolean).as('is_told');

/** Everyone sees how often they get mail themselves. */
export const ownMailLevel = (db: Database, viewer: Viewer) => db.select({ level: users.mailLevel }).from(users).where(eq(users.id, viewer.id ?? ''));
